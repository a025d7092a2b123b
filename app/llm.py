"""The model: the one place that builds a chat model, and how calls to it are kept in bounds."""

import asyncio
import time
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from pydantic import SecretStr

from app.settings import Settings

if TYPE_CHECKING:
    from app.chat_model import ChatModel

FIRST_TOKEN_SECONDS = 5.0
BETWEEN_TOKENS_SECONDS = 4.0
CALL_SECONDS = 11.0
BREAK_AFTER = 3
BREAK_SECONDS = 20.0
MAX_OUTPUT_TOKENS = 600


class LaterModel:
    """The configured chat model, if any. Its client takes 0.4 s to load: that happens beside the start, and who needs
    it before then waits for it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._coming: asyncio.Task[ChatModel] | None = None

    @property
    def configured(self) -> bool:
        """Whether there is, or will be, a model."""
        return self._settings.has_model

    def load(self) -> None:
        """Begin to load it, on a thread."""
        if self.configured and self._coming is None:
            self._coming = asyncio.create_task(asyncio.to_thread(_build, self._settings))

    async def get(self) -> "ChatModel | None":
        """The model; None when no provider is configured."""
        self.load()
        return None if self._coming is None else await asyncio.shield(self._coming)


def _build(settings: Settings) -> "ChatModel":
    """A chat model without retries of its own."""
    from openai import DefaultAioHttpClient  # noqa: PLC0415  see LaterModel

    from app.chat_model import ChatModel  # noqa: PLC0415

    key = settings.openai_api_key or SecretStr("none")
    fixed_temperature = settings.openai_model.startswith(("o1", "o3", "o4", "gpt-5"))
    return ChatModel(
        model=settings.openai_model,
        base_url=settings.openai_base_url,
        api_key=key,
        timeout=CALL_SECONDS,
        max_retries=0,
        max_tokens=MAX_OUTPUT_TOKENS,
        temperature=None if fixed_temperature else 0.0,
        http_async_client=DefaultAioHttpClient(),
        http_socket_options=(),
    )


class Trouble(Enum):
    """What to do after a call failed."""

    AGAIN = "again"
    PLAINER = "plainer"
    """The server refused the request itself, perhaps for asking for structured output."""
    GIVE_UP = "give up"


def trouble_of(error: Exception) -> Trouble | None:
    """How to take an error of a call; None for errors that are not the provider's but ours."""
    import openai  # noqa: PLC0415  loaded already when there is a model to fail

    if isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError):
        return Trouble.PLAINER
    if isinstance(error, TimeoutError | openai.APITimeoutError):
        return Trouble.GIVE_UP
    if isinstance(error, openai.APIStatusError):
        return Trouble.AGAIN if error.status_code in (408, 409, 429) or error.status_code >= 500 else Trouble.GIVE_UP
    if isinstance(error, openai.OpenAIError | OSError):
        return Trouble.AGAIN
    # What a client makes of a reply that is no reply: garbage where JSON or a chunk should be.
    return Trouble.AGAIN if isinstance(error, ValueError | KeyError | TypeError | AttributeError | IndexError) else None


@dataclass
class Breaker:
    """After a few failures in a row the provider is left alone for a while, and visitors need not wait for it."""

    failures: int = 0
    open_until: float = 0.0

    def allows(self) -> bool:
        """Whether a call may be tried now."""
        return time.monotonic() >= self.open_until

    def record(self, ok: bool) -> None:
        """Count an outcome."""
        self.failures = 0 if ok else self.failures + 1
        if self.failures >= BREAK_AFTER:
            self.open_until = time.monotonic() + BREAK_SECONDS
            self.failures = 0


@dataclass
class Budget:
    """Model calls a minute, over all visitors."""

    per_minute: int
    window: float = 0.0
    used: int = 0

    def take(self) -> bool:
        """Use one call; False when this minute's are used up."""
        now = time.monotonic()
        if now - self.window >= 60:
            self.window, self.used = now, 0
        self.used += 1
        return self.used <= self.per_minute
