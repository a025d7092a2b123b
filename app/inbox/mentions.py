"""SQL of mentions: what is meant for one person. Works inside the caller's transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.event_log import now
from app.models import event, mention, staff


async def of_person(connection: AsyncConnection, staff_id: int, unread_only: bool, limit: int) -> list[Row[Any]]:
    """Newest first, with the words of the note."""
    query: Select[Any] = (
        select(mention, staff.c.name.label("by_name"), event.c.data["text"].as_string().label("text"))
        .join(staff, staff.c.id == mention.c.by_id)
        .join(event, and_(event.c.conversation_id == mention.c.conversation_id, event.c.seq == mention.c.seq))
        .where(mention.c.staff_id == staff_id)
        .order_by(mention.c.id.desc())
        .limit(limit)
    )
    if unread_only:
        query = query.where(mention.c.read_at.is_(None))
    return list((await connection.execute(query)).all())


async def unread(connection: AsyncConnection, staff_id: int) -> int:
    """How many one has not read."""
    query = select(func.count()).select_from(mention).where(mention.c.staff_id == staff_id, mention.c.read_at.is_(None))
    return int((await connection.execute(query)).scalar_one())


async def read(connection: AsyncConnection, staff_id: int, ids: Sequence[int] | None) -> None:
    """Mark one's own as read, all of them with None."""
    change = update(mention).where(mention.c.staff_id == staff_id, mention.c.read_at.is_(None)).values(read_at=now())
    await connection.execute(change if ids is None else change.where(mention.c.id.in_(ids)))
