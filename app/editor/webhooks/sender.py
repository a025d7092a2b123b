"""Sender: takes messages out of the outbox and brings them to their receivers, again and again over three days."""

import asyncio
import random
import time
import uuid
from datetime import timedelta
from typing import Any

import aiohttp
import structlog
from sqlalchemy import Row
from sqlalchemy.exc import SQLAlchemyError

from app.background import stopped
from app.db import Database
from app.editor.webhooks import repository
from app.editor.webhooks.signing import headers, key_of
from app.editor.webhooks.target import CheckedResolver, Refused, Targets
from app.event_log import now

log = structlog.get_logger()
LOOK_SECONDS = 1.0
AT_ONCE = 10
ATTEMPT_SECONDS = 20.0
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
        connector = aiohttp.TCPConnector(resolver=CheckedResolver(self._targets), use_dns_cache=False, force_close=True)
        timeout = aiohttp.ClientTimeout(total=ATTEMPT_SECONDS)
        async with aiohttp.ClientSession(
            connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
        ) as session:
            while True:
                sent = 0
                try:
                    sent = await self._send_due(session)
                except (SQLAlchemyError, OSError, TimeoutError) as error:
                    log.warning("webhooks.failed", error=type(error).__name__)
                if not sent:
                    await asyncio.sleep(LOOK_SECONDS)

    async def _send_due(self, session: aiohttp.ClientSession) -> int:
        token = uuid.uuid4().hex
        async with self._db.read() as connection:
            if not await repository.is_due(connection):
                return 0
        async with self._db.write() as connection:
            due = await repository.lease(connection, token, LEASE_SECONDS, AT_ONCE)
        await asyncio.gather(*(self._send(session, row, token) for row in due))
        return len(due)

    async def _send(self, session: aiohttp.ClientSession, row: Row[Any], token: str) -> None:
        status, error = await self._attempt(session, row)
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

    async def _attempt(self, session: aiohttp.ClientSession, row: Row[Any]) -> tuple[int | None, str | None]:
        """The receiver's status, and why that is no success."""
        body = row.body.encode()
        signed = headers(key_of(self._server_key, row.salt), row.message_id, int(time.time()), body)
        try:
            self._targets.check(row.url)
            async with session.post(
                row.url,
                data=body,
                headers={**signed, "content-type": "application/json", "user-agent": "Baton-Webhooks/1"},
                allow_redirects=False,
            ) as answer:
                status = answer.status
        except Refused as error:
            return None, str(error)[:300]
        except aiohttp.ClientConnectorDNSError as error:
            return None, str(error.os_error)[:300]
        except TimeoutError:
            return None, f"no answer within {ATTEMPT_SECONDS:.0f} seconds"
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return None, f"the receiver cannot be reached ({type(error).__name__})"
        if 200 <= status < 300:
            return status, None
        moved = "; redirects are not followed, give the new address" if 300 <= status < 400 else ""
        return status, f"the receiver answered {status}{moved}"
