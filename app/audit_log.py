"""The audit log: who saw and did what. Rows are only ever added; the database refuses anything else."""

import asyncio
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Insert, Row, Select, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from app.auth import Staff
from app.db import Database
from app.event_log import now
from app.models import audit, conversation

READ = "conversation.read"
READ_AGAIN_SECONDS = 900.0
"""Reading on within this time is the same look: a desk asks for the same conversation every few seconds."""
MAX_READS = 20_000


async def record(
    connection: AsyncConnection, who: Staff, action: str, conversation_id: str | None = None, **detail: Any
) -> None:
    """Add a row, in the transaction that does what it tells of."""
    await connection.execute(entry(who, action, conversation_id, **detail))


def entry(who: Staff, action: str, conversation_id: str | None = None, **detail: Any) -> Insert:
    """The statement that adds a row."""
    return insert(audit).values(
        at=now(),
        staff_id=who.id,
        name=who.name,
        email=who.email,
        action=action,
        conversation_id=conversation_id,
        detail=detail,
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What narrows the log: ``action`` with a dot at its end is all that begin so; ``since`` counts, ``until`` not."""

    staff_id: int | None = None
    action: str | None = None
    conversation_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None


async def entries(connection: AsyncConnection, wanted: Wanted, before: int | None, limit: int) -> list[Row[Any]]:
    """Rows that fit, newest first, older than the row ``before``."""
    query: Select[Any] = select(audit).order_by(audit.c.id.desc()).limit(limit)
    conditions: list[ColumnElement[bool]] = []
    if before is not None:
        conditions.append(audit.c.id < before)
    if wanted.staff_id is not None:
        conditions.append(audit.c.staff_id == wanted.staff_id)
    if wanted.action is not None and wanted.action.endswith("."):
        conditions.append(audit.c.action.startswith(wanted.action, autoescape=True))
    elif wanted.action is not None:
        conditions.append(audit.c.action == wanted.action)
    if wanted.conversation_id is not None:
        conditions.append(audit.c.conversation_id == wanted.conversation_id)
    if wanted.since is not None:
        conditions.append(audit.c.at >= wanted.since)
    if wanted.until is not None:
        conditions.append(audit.c.at < wanted.until)
    return list((await connection.execute(query.where(*conditions))).all())


class Reads:
    """Notes who looks at a conversation, before they see it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._seen: dict[tuple[int, str], float] = {}
        self._writing = asyncio.Lock()

    async def note(self, who: Staff, conversation_id: str) -> None:
        """Add a row unless this person looked a moment ago. A conversation that does not exist leaves none."""
        key = (who.id, conversation_id)
        if self._looked(key):
            return
        # A page that opens asks for events, brief and visitor at once: the first writes, the others wait for its row.
        async with self._writing:
            if not self._looked(key):
                await self._add(who, key)

    def _looked(self, key: tuple[int, str]) -> bool:
        return time.monotonic() - self._seen.get(key, -READ_AGAIN_SECONDS) < READ_AGAIN_SECONDS

    async def _add(self, who: Staff, key: tuple[int, str]) -> None:
        values = select(
            literal(now(), audit.c.at.type),
            literal(who.id),
            literal(who.name),
            literal(who.email),
            literal(READ),
            conversation.c.id,
            literal({}, audit.c.detail.type),
        ).where(conversation.c.id == key[1])
        columns = ["at", "staff_id", "name", "email", "action", "conversation_id", "detail"]
        async with self._db.write() as connection:
            added = await connection.execute(insert(audit).from_select(columns, values))
        if added.rowcount:
            if len(self._seen) >= MAX_READS:
                self._seen.clear()
            self._seen[key] = time.monotonic()
