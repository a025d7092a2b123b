"""Live: wake-ups between the parts of a service. They carry no truth: whoever is woken reads the log."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol

QUEUE_TOPIC = "queue"
MAX_WAITING = 256
POLL_SECONDS = 2.0
"""How often readers look at the log when nothing wakes them: the price of a lost wake-up."""

Message = dict[str, Any]
"""Empty for a bare wake-up; else an event that is not in the log (``bot.delta``, ``bot.status``)."""


class Live(Protocol):
    """Topics are conversation ids, and QUEUE_TOPIC for the desk."""

    async def publish(self, topic: str, message: Message | None = None) -> None:
        """Wake the topic's subscribers. Never raises: a lost wake-up costs time, not data."""
        ...

    def subscribe(self, topic: str) -> "Any":
        """Context manager giving a :class:`Subscription`."""
        ...

    async def close(self) -> None:
        """Stop."""
        ...


class Subscription:
    """A reader's inbox. When it overflows, the oldest are dropped: the log has what counts."""

    def __init__(self) -> None:
        self._inbox: asyncio.Queue[Message] = asyncio.Queue(MAX_WAITING)

    def put(self, message: Message) -> None:
        """Deliver without waiting."""
        if self._inbox.full():
            self._inbox.get_nowait()
        self._inbox.put_nowait(message)

    async def next(self, patience: float) -> Message | None:
        """The next message, or None after ``patience`` seconds."""
        try:
            async with asyncio.timeout(patience):
                return await self._inbox.get()
        except TimeoutError:
            return None


class LocalLive:
    """Within one process."""

    def __init__(self) -> None:
        self._readers: dict[str, set[Subscription]] = defaultdict(set)

    async def publish(self, topic: str, message: Message | None = None) -> None:
        """Wake the topic's subscribers."""
        self.deliver(topic, message or {})

    def deliver(self, topic: str, message: Message) -> None:
        """Hand a message to this process's subscribers."""
        for reader in tuple(self._readers.get(topic, ())):
            reader.put(message)

    @asynccontextmanager
    async def subscribe(self, topic: str) -> AsyncIterator[Subscription]:
        """Receive the topic's messages until the block ends."""
        reader = Subscription()
        self._readers[topic].add(reader)
        try:
            yield reader
        finally:
            self._readers[topic].discard(reader)
            if not self._readers[topic]:
                del self._readers[topic]

    async def close(self) -> None:
        """Nothing to stop."""


def build_live(redis_url: str) -> Live:
    """The in-process one, or Redis when a URL is given."""
    if not redis_url:
        return LocalLive()
    from app.live_redis import RedisLive  # noqa: PLC0415  a quarter of a second that one process need not pay

    return RedisLive(redis_url)
