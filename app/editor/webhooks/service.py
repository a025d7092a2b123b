"""Webhooks, as leads manage them, and the announcement that fills their outbox."""

import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from app import audit_log
from app.auth import Staff
from app.db import Database
from app.editor.webhooks import repository
from app.editor.webhooks.schemas import Delivery, MadeWebhook, Webhook
from app.editor.webhooks.signing import key_of, shown
from app.editor.webhooks.target import Refused, Targets
from app.errors import Conflict, InvalidInput, NotFound
from app.event_log import now

MAX_WEBHOOKS = 20
SHOWN = 100
KEPT = timedelta(days=30)
"""How long ended deliveries can be looked at."""
_TYPES = {"rollback": "knowledge.rolled_back"}
PUBLISHED = "knowledge.published"


class WebhookService:
    """What leads do, and what publishing tells."""

    def __init__(self, db: Database, targets: Targets, server_key: str) -> None:
        self._db, self._targets, self._server_key = db, targets, server_key

    async def add(self, who: Staff, url: str) -> MadeWebhook:
        """A new webhook, its secret shown this once. Raises InvalidInput when its address may not be called."""
        url = url.strip().split("#", 1)[0]
        try:
            parts = self._targets.check(url)
            await self._targets.resolve(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
        except Refused as error:
            raise InvalidInput(f"url: {error}") from None
        salt = secrets.token_urlsafe(32)
        async with self._db.write() as connection:
            if len(await repository.every(connection)) >= MAX_WEBHOOKS:
                raise Conflict(f"there are {MAX_WEBHOOKS} webhooks already; delete one first")
            row = await repository.add(connection, url, salt, who.name)
            await audit_log.record(connection, who, "webhook.added", webhook=row.id, url=url)
        return MadeWebhook(**view(row).model_dump(), secret=shown(key_of(self._server_key, salt)))

    async def every(self) -> list[Webhook]:
        """All, oldest first."""
        async with self._db.read() as connection:
            return [view(row) for row in await repository.every(connection)]

    async def remove(self, who: Staff, webhook_id: int) -> None:
        """Delete one and what still waits for it. Raises NotFound."""
        async with self._db.write() as connection:
            row = await _known(connection, webhook_id)
            await repository.remove(connection, webhook_id)
            await audit_log.record(connection, who, "webhook.removed", webhook=webhook_id, url=row.url)

    async def enable(self, who: Staff, webhook_id: int) -> Webhook:
        """Tell one again that was disabled; what it missed stays missed. Raises NotFound."""
        async with self._db.write() as connection:
            row = await _known(connection, webhook_id)
            if row.state != "active":
                await repository.change(connection, webhook_id, state="active", reason=None, failing_since=None)
                await audit_log.record(connection, who, "webhook.enabled", webhook=webhook_id, url=row.url)
            return view(await _known(connection, webhook_id))

    async def deliveries(self, webhook_id: int) -> list[Delivery]:
        """The latest, newest first. Raises NotFound."""
        async with self._db.read() as connection:
            if await repository.one(connection, webhook_id) is None:
                raise NotFound("there is no such webhook; look at the list again")
            return [_delivery(row) for row in await repository.deliveries(connection, webhook_id, SHOWN)]

    async def announce(self, connection: AsyncConnection, publication: Row[Any]) -> None:
        """Put a publication into the outbox, within the transaction that notes that it was announced.

        ``publication`` has id, kb_version, created_at, summary, kind, by_name and note.
        """
        kind = _TYPES.get(publication.kind or "", PUBLISHED)
        body = {
            "type": kind,
            "timestamp": publication.created_at.astimezone(UTC).isoformat(),
            "data": {
                "publication": publication.id,
                "kb_version": publication.kb_version,
                "kind": publication.kind or "ingest",
                "counts": publication.summary,
                "by": publication.by_name or "",
                "note": publication.note or "",
            },
        }
        message_id = f"msg_publication_{publication.id}"
        await repository.post(connection, message_id, kind, json.dumps(body, ensure_ascii=False, separators=(",", ":")))
        await repository.forget(connection, now() - KEPT)


async def _known(connection: AsyncConnection, webhook_id: int) -> Row[Any]:
    row = await repository.one(connection, webhook_id, lock=True)
    if row is None:
        raise NotFound("there is no such webhook; look at the list again")
    return row


def view(row: Row[Any]) -> Webhook:
    """A webhook as the API shows it; its secret is not."""
    return Webhook(
        id=row.id,
        url=row.url,
        state=row.state,
        reason=row.reason,
        failing_since=row.failing_since,
        created_by=row.created_by,
        created_at=row.created_at,
    )


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        id=row.id,
        message_id=row.message_id,
        type=row.type,
        body=row.body,
        state=row.state,
        attempts=row.attempts,
        status=row.status,
        error=row.error,
        created_at=row.created_at,
        next_at=datetime.fromtimestamp(row.next_at, UTC) if row.state == "pending" and row.next_at else None,
        ended_at=row.ended_at,
    )
