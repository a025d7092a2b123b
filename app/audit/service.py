"""The audit log as leads read it."""

from app import audit_log
from app.audit.schemas import Actor, Entries, Entry
from app.audit_log import Wanted
from app.db import Database


async def page(db: Database, wanted: Wanted, before: int | None, limit: int) -> Entries:
    """Entries that fit, newest first."""
    async with db.read() as connection:
        rows = await audit_log.entries(connection, wanted, before, limit + 1)
    entries = [
        Entry(
            id=row.id,
            at=row.at,
            staff=Actor(id=row.staff_id, name=row.name, email=row.email),
            action=row.action,
            conversation_id=row.conversation_id,
            detail=row.detail,
        )
        for row in rows[:limit]
    ]
    return Entries(entries=entries, next_before=entries[-1].id if len(rows) > limit else None)
