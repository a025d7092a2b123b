"""Sender: takes messages out of the outbox and brings them to their receivers, again and again over three days."""

import asyncio
import random
import time
import uuid
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import Row
from sqlalchemy.exc import SQLAlchemyError

from app.background import stopped
from app.db import Database
from app.editor.webhooks import repository
from app.editor.webhooks.signing import headers, key_of
from app.editor.webhooks.target import Targets
from app.event_log import now

if TYPE_CHECKING:
    from app.editor.webhooks.post import Post

log = structlog.get_logger()
LOOK_SECONDS = 1.0
AT_ONCE = 10
LEASE_SECONDS = 60.0
BACKOFF = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds after each failed attempt but the last, as Standard Webhooks recommends: 3.2 days in all."""
JITTER = 0.2
PATIENCE = timedelta(days=3)
"""A webhook whose message failed to the last, and that accepted nothing for so long, is disabled."""
GONE = 410


class Sender:
    """Of one process. Many may run: each attempt is one sender's, unless it dies in it."""

    def __init__(self, db: Database, targets: Targets, server_key: str) -> None:
        self._db, self._targets, self._server_key = db, targets, server_key
        self._task: asyncio.Task[None] | None = None
        self._post: Post | None = None

    async def start(self, alone: bool) -> None:
        """Send until stopped; ``alone`` says that no other sender can be alive, so old leases are void."""
        if alone:
            async with self._db.write() as connection:
                await repository.free_leases(connection)
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop; what is under way is sent again later, under the same id."""
        await stopped(self._task)

    async def _run(self) -> None:
        async with AsyncExitStack() as held:
            while True:
                sent = 0
                try:
                    sent = await self._send_due(held)
                except (SQLAlchemyError, OSError, TimeoutError) as error:
                    log.warning("webhooks.failed", error=type(error).__name__)
                if not sent:
                    await asyncio.sleep(LOOK_SECONDS)

    async def _send_due(self, held: AsyncExitStack) -> int:
        token = uuid.uuid4().hex
        async with self._db.read() as connection:
            if not await repository.is_due(connection):
                return 0
        if self._post is None:
            make = await asyncio.to_thread(_load)
            self._post = await held.enter_async_context(make(self._targets))
            held.callback(self._forget)
        async with self._db.write() as connection:
            due = await repository.lease(connection, token, LEASE_SECONDS, AT_ONCE)
        await asyncio.gather(*(self._send(self._post, row, token) for row in due))
        return len(due)

    def _forget(self) -> None:
        self._post = None

    async def _send(self, post: "Post", row: Row[Any], token: str) -> None:
        body = row.body.encode()
        signed = headers(key_of(self._server_key, row.salt), row.message_id, int(time.time()), body)
        status, error = await post.send(row.url, body, signed)
        async with self._db.write() as connection:
            if error is None:
                if await repository.ended(connection, row.id, token, "delivered", status, None):
                    await repository.change(connection, row.webhook_id, failing_since=None)
                return
            log.warning("webhooks.refused", webhook=row.webhook_id, attempt=row.attempts, error=error)
            last = row.attempts > len(BACKOFF)
            if last:
                noted = await repository.ended(connection, row.id, token, "failed", status, error)
            else:
                wait = BACKOFF[row.attempts - 1] * random.uniform(1 - JITTER, 1 + JITTER)
                noted = await repository.again(connection, row.id, token, wait, status, error)
            stored = await repository.one(connection, row.webhook_id, lock=True)
            if not noted or stored is None or stored.state != "active":
                return
            since = stored.failing_since or now()
            await repository.change(connection, row.webhook_id, failing_since=since)
            if status == GONE:
                reason = "the receiver answered 410 Gone: it wants no more messages"
            elif last and now() - since >= PATIENCE:
                reason = f"nothing was accepted since {since:%Y-%m-%d %H:%M} UTC; the last attempt: {error}"
            else:
                return
            await repository.change(connection, row.webhook_id, state="disabled", reason=reason)
            await repository.give_up(connection, row.webhook_id, "the webhook was disabled")


def _load() -> "type[Post]":
    """A tenth of a second and some megabytes that most servers never need."""
    from app.editor.webhooks.post import Post  # noqa: PLC0415

    return Post
