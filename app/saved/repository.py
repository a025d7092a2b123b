"""SQL of saved replies. Works inside the caller's transaction."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, Select, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.event_log import now
from app.models import conversation, handoff, saved_reply, staff


def _visible(staff_id: int) -> Select[Any]:
    return (
        select(saved_reply, staff.c.name.label("owner_name"))
        .outerjoin(staff, staff.c.id == saved_reply.c.owner_id)
        .where(or_(saved_reply.c.owner_id.is_(None), saved_reply.c.owner_id == staff_id))
    )


async def visible_to(connection: AsyncConnection, staff_id: int) -> list[Row[Any]]:
    """Everybody's and one's own, by title."""
    query = _visible(staff_id).order_by(saved_reply.c.title, saved_reply.c.id)
    return list((await connection.execute(query)).all())


async def one(connection: AsyncConnection, staff_id: int, reply_id: int) -> Row[Any] | None:
    """One of those; a colleague's own is not there."""
    row: Row[Any] | None = (await connection.execute(_visible(staff_id).where(saved_reply.c.id == reply_id))).first()
    return row


async def add(connection: AsyncConnection, values: Mapping[str, Any]) -> int:
    """Store a new one; its number."""
    added = await connection.execute(insert(saved_reply).values(**values, updated_at=now()).returning(saved_reply.c.id))
    return int(added.scalar_one())


async def change(connection: AsyncConnection, reply_id: int, values: Mapping[str, Any]) -> None:
    """Replace what it holds."""
    query = update(saved_reply).where(saved_reply.c.id == reply_id).values(**values, updated_at=now())
    await connection.execute(query)


async def remove(connection: AsyncConnection, reply_id: int) -> None:
    """Delete it."""
    await connection.execute(delete(saved_reply).where(saved_reply.c.id == reply_id))


async def conversation_of(connection: AsyncConnection, conversation_id: str) -> Row[Any] | None:
    """What a conversation knows for variables: its context, and the queue of its latest hand-off."""
    query: Select[Any] = (
        select(conversation.c.id, conversation.c.context, conversation.c.locale, handoff.c.queue)
        .outerjoin(handoff, handoff.c.conversation_id == conversation.c.id)
        .where(conversation.c.id == conversation_id)
        .order_by(handoff.c.id.desc())
        .limit(1)
    )
    row: Row[Any] | None = (await connection.execute(query)).first()
    return row
