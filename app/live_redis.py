"""Live across machines: wake-ups by Redis pub/sub."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.background import stopped
from app.live import LocalLive, Message, Subscription

log = structlog.get_logger()
CHANNEL = "baton:live"
RECONNECT_SECONDS = 1.0


class RedisLive:
    """Across machines, by Redis pub/sub. While Redis is away, readers fall back to polling the log."""

    def __init__(self, url: str) -> None:
        self._redis: Redis = Redis.from_url(url, socket_connect_timeout=1.0, socket_timeout=None)
        self._local = LocalLive()
        self._listener = asyncio.create_task(self._listen())

    async def publish(self, topic: str, message: Message | None = None) -> None:
        """Wake subscribers everywhere."""
        try:
            async with asyncio.timeout(1.0):
                await self._redis.publish(CHANNEL, json.dumps([topic, message or {}]))
        except (RedisError, OSError, TimeoutError) as error:
            log.warning("live.redis_lost", error=type(error).__name__)
            self._local.deliver(topic, message or {})

    @asynccontextmanager
    async def subscribe(self, topic: str) -> AsyncIterator[Subscription]:
        """Receive the topic's messages until the block ends."""
        async with self._local.subscribe(topic) as reader:
            yield reader

    async def close(self) -> None:
        """Stop listening."""
        await stopped(self._listener)
        await self._redis.aclose()

    async def _listen(self) -> None:
        while True:
            try:
                async with self._redis.pubsub() as pubsub:
                    await pubsub.subscribe(CHANNEL)
                    async for item in pubsub.listen():
                        if item["type"] == "message":
                            topic, message = json.loads(item["data"])
                            self._local.deliver(topic, message)
            except (RedisError, OSError, ValueError) as error:
                log.warning("live.redis_lost", error=type(error).__name__)
                await asyncio.sleep(RECONNECT_SECONDS)
