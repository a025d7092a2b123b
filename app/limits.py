"""Limits: how often one caller may do a thing, in this process or over all by Redis."""

import time
from typing import Protocol

from app.errors import TooManyRequests

WINDOW_SECONDS = 60
MAX_KEYS = 100_000


class Limiter(Protocol):
    """Counts uses of a key in windows of a minute."""

    async def take(self, key: str, per_minute: int) -> None:
        """Count one use. Raises TooManyRequests, saying when to come back."""
        ...


def refuse(per_minute: int) -> TooManyRequests:
    """The error that says when to come back."""
    wait = WINDOW_SECONDS - int(time.time()) % WINDOW_SECONDS
    return TooManyRequests(
        f"that was more than {per_minute} in a minute; wait {wait} seconds and send it again", retry_after=wait
    )


class LocalLimiter:
    """Within one process."""

    def __init__(self) -> None:
        self._window = 0
        self._used: dict[str, int] = {}

    async def take(self, key: str, per_minute: int) -> None:
        """Count one use."""
        window = int(time.time()) // WINDOW_SECONDS
        if window != self._window or len(self._used) > MAX_KEYS:
            self._window, self._used = window, {}
        used = self._used[key] = self._used.get(key, 0) + 1
        if used > per_minute:
            raise refuse(per_minute)


def build_limiter(redis_url: str) -> Limiter:
    """The in-process one, or Redis when a URL is given."""
    if not redis_url:
        return LocalLimiter()
    from app.limits_redis import RedisLimiter  # noqa: PLC0415  as for live

    return RedisLimiter(redis_url)
