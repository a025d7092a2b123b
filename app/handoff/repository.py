"""SQL of hand-offs. Every function works inside the caller's transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.auth import ROLES, Staff
from app.event_log import now
from app.models import availability, event, handoff, label, mention, staff, step_tick


async def create(connection: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Store a new hand-off, waiting."""
    await connection.execute(insert(handoff).values({"state": "waiting", "opened_at": now(), **values}))


async def open_of(connection: AsyncConnection, conversation_id: str) -> Row[Any] | None:
    """The hand-off of a conversation that is not resolved, with name and picture of who claimed it."""
    query = (
        select(handoff, staff.c.name.label("agent_name"), staff.c.picture.label("agent_picture"))
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


async def snoozes_over(connection: AsyncConnection, limit: int) -> list[str]:
    """Conversations whose snooze has ended."""
    query = select(handoff.c.conversation_id).where(handoff.c.snoozed_until <= now()).limit(limit)
    return list((await connection.execute(query)).scalars())


async def last_reply_of_others(
    connection: AsyncConnection, conversation_id: str, after: int, own_prefix: str
) -> Row[Any] | None:
    """The newest reply behind ``after`` whose id does not begin as one's own do."""
    query: Select[Any] = (
        select(event.c.seq, event.c.data, event.c.at)
        .where(
            event.c.conversation_id == conversation_id,
            event.c.seq > after,
            event.c.type == "message.agent",
            or_(event.c.client_id.is_(None), ~event.c.client_id.startswith(own_prefix, autoescape=True)),
        )
        .order_by(event.c.seq.desc())
        .limit(1)
    )
    row: Row[Any] | None = (await connection.execute(query)).first()
    return row


async def add_label(
    connection: AsyncConnection, stored: Row[Any], staff_id: int, bot_right: str | None, needed_person: str | None
) -> None:
    """What an agent said at resolve, beside the answer that it is about."""
    answer = select(func.max(event.c.seq)).where(
        event.c.conversation_id == stored.conversation_id,
        event.c.episode == stored.episode,
        event.c.type == "message.bot",
        event.c.data["outcome"].as_string() == "answer",
    )
    await connection.execute(
        insert(label).values(
            handoff_id=stored.id,
            conversation_id=stored.conversation_id,
            answer_seq=(await connection.execute(answer)).scalar_one(),
            bot_right=bot_right,
            needed_person=needed_person,
            staff_id=staff_id,
            at=now(),
        )
    )


async def colleague(connection: AsyncConnection, staff_id: int) -> Row[Any] | None:
    """Somebody who may come in."""
    query: Select[Any] = select(staff.c.id, staff.c.name, staff.c.role).where(
        staff.c.id == staff_id, staff.c.disabled.is_(False)
    )
    row: Row[Any] | None = (await connection.execute(query)).first()
    return row


async def colleagues_by_email(connection: AsyncConnection, emails: set[str]) -> list[Row[Any]]:
    """Those of these addresses who may come in."""
    query: Select[Any] = (
        select(staff.c.id, staff.c.name, staff.c.role, staff.c.email)
        .where(staff.c.email.in_(emails), staff.c.disabled.is_(False))
        .order_by(staff.c.id)
    )
    return list((await connection.execute(query)).all())


async def is_staffed(connection: AsyncConnection, queue: str, since: datetime) -> bool:
    """Whether somebody who serves a queue is at the desk: seen there after ``since``, and not away."""
    query: Select[Any] = (
        select(availability.c.queues)
        .select_from(staff)
        .outerjoin(availability, availability.c.staff_id == staff.c.id)
        .where(
            staff.c.disabled.is_(False),
            staff.c.seen_at > since,
            staff.c.role.in_([role for role in ROLES if Staff(0, "", "", role).can("agent")]),
            or_(availability.c.state.is_(None), availability.c.state != "away"),
        )
    )
    return any(not queues or queue in queues for queues in (await connection.execute(query)).scalars())


async def measured_waits(connection: AsyncConnection, queue: str, since: datetime, limit: int) -> list[Row[Any]]:
    """``opened_at`` and ``claimed_at`` of the last hand-offs that somebody claimed in a queue, newest first."""
    query: Select[Any] = (
        select(handoff.c.opened_at, handoff.c.claimed_at)
        .where(handoff.c.queue == queue, handoff.c.claimed_at.is_not(None), handoff.c.opened_at >= since)
        .order_by(handoff.c.id.desc())
        .limit(limit)
    )
    return list((await connection.execute(query)).all())


async def add_mention(
    connection: AsyncConnection, kind: str, conversation_id: str, seq: int, staff_id: int, by_id: int
) -> None:
    """Tell somebody of a note, or that a conversation was passed on to them."""
    await connection.execute(
        insert(mention).values(
            kind=kind, conversation_id=conversation_id, seq=seq, staff_id=staff_id, by_id=by_id, at=now()
        )
    )


async def ticks(connection: AsyncConnection, conversation_id: str, article_id: str, revision: int) -> list[Row[Any]]:
    """The steps of a procedure that were ticked in a conversation."""
    query: Select[Any] = (
        select(step_tick.c.step, step_tick.c.at, staff.c.id, staff.c.name)
        .join(staff, staff.c.id == step_tick.c.staff_id)
        .where(
            step_tick.c.conversation_id == conversation_id,
            step_tick.c.article_id == article_id,
            step_tick.c.revision == revision,
        )
        .order_by(step_tick.c.step)
    )
    return list((await connection.execute(query)).all())


async def set_tick(
    connection: AsyncConnection, conversation_id: str, article_id: str, revision: int, step: int, staff_id: int | None
) -> None:
    """Tick a step, or untick it with None. Who ticked first stays. The caller holds the conversation's lock."""
    key = {"conversation_id": conversation_id, "article_id": article_id, "revision": revision, "step": step}
    matches = and_(*(step_tick.c[name] == value for name, value in key.items()))
    if staff_id is None:
        await connection.execute(step_tick.delete().where(matches))
    elif (await connection.execute(select(step_tick.c.step).where(matches))).first() is None:
        await connection.execute(insert(step_tick).values(**key, staff_id=staff_id, at=now()))
