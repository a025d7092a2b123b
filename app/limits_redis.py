"""Limits over all processes, counted in Redis."""

import time

from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.limits import WINDOW_SECONDS, LocalLimiter, refuse


class RedisLimiter:
    """Over all processes; while Redis is away, each counts for itself."""

    def __init__(self, url: str) -> None:
        self._redis: Redis = Redis.from_url(url, socket_connect_timeout=0.5, socket_timeout=0.5)
        self._local = LocalLimiter()

    async def take(self, key: str, per_minute: int) -> None:
        """Count one use."""
        name = f"baton:limit:{key}:{int(time.time()) // WINDOW_SECONDS}"
        try:
            async with self._redis.pipeline() as pipeline:
                pipeline.incr(name)
                pipeline.expire(name, 2 * WINDOW_SECONDS)
                used, _ = await pipeline.execute()
        except (RedisError, OSError):
            await self._local.take(key, per_minute)
            return
        if used > per_minute:
            raise refuse(per_minute)
