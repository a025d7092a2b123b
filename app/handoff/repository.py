"""SQL of hand-offs. Every function works inside the caller's transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.event_log import now
from app.models import conversation, handoff, staff


async def create(connection: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Store a new hand-off, waiting."""
    await connection.execute(insert(handoff).values(state="waiting", opened_at=now(), **values))


async def open_of(connection: AsyncConnection, conversation_id: str) -> Row[Any] | None:
    """The hand-off of a conversation that is not resolved, with the name of who claimed it."""
    query = (
        select(handoff, staff.c.name.label("agent_name"))
        .outerjoin(staff, staff.c.id == handoff.c.claimed_by)
        .where(handoff.c.conversation_id == conversation_id, handoff.c.state != "resolved")
    )
    return (await connection.execute(query)).first()


async def latest_of(connection: AsyncConnection, conversation_id: str) -> Row[Any] | None:
    """The last hand-off of a conversation, open or not."""
    query = select(handoff).where(handoff.c.conversation_id == conversation_id).order_by(handoff.c.id.desc()).limit(1)
    return (await connection.execute(query)).first()


async def change(connection: AsyncConnection, handoff_id: int, **values: Any) -> None:
    """Set fields of a hand-off."""
    await connection.execute(update(handoff).where(handoff.c.id == handoff_id).values(**values))


async def position(connection: AsyncConnection, row: Row[Any]) -> int:
    """Place in its queue, from 1: the more urgent first, then the older."""
    ahead = and_(
        handoff.c.state == "waiting",
        handoff.c.queue == row.queue,
        or_(
            handoff.c.priority < row.priority,
            and_(handoff.c.priority == row.priority, handoff.c.id < row.id),
        ),
    )
    count = (await connection.execute(select(func.count()).select_from(handoff).where(ahead))).scalar_one()
    return int(count) + 1


async def list_items(
    connection: AsyncConnection, states: tuple[str, ...], queue: str | None, claimed_by: int | None, limit: int
) -> list[Row[Any]]:
    """Hand-offs with their conversations, in the order in which they should be taken."""
    query: Select[Any] = (
        select(
            handoff,
            conversation.c.audience,
            conversation.c.locale,
            staff.c.name.label("agent_name"),
        )
        .join(conversation, conversation.c.id == handoff.c.conversation_id)
        .outerjoin(staff, staff.c.id == handoff.c.claimed_by)
        .where(handoff.c.state.in_(states))
        .order_by(handoff.c.priority, handoff.c.opened_at, handoff.c.id)
        .limit(limit)
    )
    if queue is not None:
        query = query.where(handoff.c.queue == queue)
    if claimed_by is not None:
        query = query.where(handoff.c.claimed_by == claimed_by)
    return list((await connection.execute(query)).all())


async def measured_waits(connection: AsyncConnection, queue: str, since: datetime, limit: int) -> list[Row[Any]]:
    """``opened_at`` and ``claimed_at`` of the last hand-offs that somebody claimed in a queue, newest first."""
    query: Select[Any] = (
        select(handoff.c.opened_at, handoff.c.claimed_at)
        .where(handoff.c.queue == queue, handoff.c.claimed_at.is_not(None), handoff.c.opened_at >= since)
        .order_by(handoff.c.id.desc())
        .limit(limit)
    )
    return list((await connection.execute(query)).all())
