"""SQL of the line: whose turn it is among those who wait. Works inside the caller's transaction.

The more urgent come first, then the older. So that nobody gets ahead by beginning many conversations: of one visitor,
or of one network of anonymous visitors, only the first competes; and who was taken often within the last hour stands
behind everybody who was not.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, case, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from app.event_log import now
from app.models import availability, conversation, handoff, staff

TAKEN_WITHIN = timedelta(hours=1)
FREE_TURNS = 2
"""Conversations of one visitor that are taken within that time before others go first: most come back once."""


def _for(agent_id: int, mine: Sequence[str], closed: Sequence[str]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Which waiting hand-offs ``agent_id`` may take, and which of them were passed on to that person.

    ``mine``: the queues to take from, none for all; ``closed``: those that are not to be taken from now. What was
    passed on to somebody else waits for that person, unless they are away.
    """
    passed_on = func.coalesce(handoff.c.assigned_to == agent_id, false())
    away = select(availability.c.staff_id).where(availability.c.state == "away")
    left = select(staff.c.id).where(staff.c.disabled.is_(True))
    free = or_(handoff.c.assigned_to.is_(None), handoff.c.assigned_to.in_(away), handoff.c.assigned_to.in_(left))
    common = and_(free, handoff.c.queue.not_in(closed))
    if mine:
        common = and_(common, handoff.c.queue.in_(mine))
    return and_(handoff.c.state == "waiting", or_(passed_on, common)), passed_on


async def next_in_line(
    connection: AsyncConnection, agent_id: int, mine: Sequence[str], closed: Sequence[str], limit: int
) -> list[Row[Any]]:
    """The hand-offs to take now, in order: what was passed on to the agent, then by turn, urgency and age."""
    may, passed_on = _for(agent_id, mine, closed)
    who = func.coalesce(conversation.c.origin, conversation.c.visitor_id)
    taken = (
        select(who.label("who"), func.count().label("many"))
        .select_from(handoff)
        .join(conversation, conversation.c.id == handoff.c.conversation_id)
        .where(handoff.c.taken_at > now() - TAKEN_WITHIN)
        .group_by(who)
        .subquery()
    )
    order = (handoff.c.priority, handoff.c.opened_at, handoff.c.id)
    waiting = (
        select(
            *order,
            handoff.c.conversation_id,
            who.label("who"),
            passed_on.label("passed_on"),
            func.row_number().over(partition_by=who, order_by=order).label("nth"),
        )
        .join(conversation, conversation.c.id == handoff.c.conversation_id)
        .where(may)
        .subquery()
    )
    many = func.coalesce(taken.c.many, 0)
    query: Select[Any] = (
        select(waiting.c.conversation_id, waiting.c.id)
        .outerjoin(taken, taken.c.who == waiting.c.who)
        .where(or_(waiting.c.nth == 1, waiting.c.passed_on))
        .order_by(
            case((waiting.c.passed_on, 0), else_=1),
            case((many < FREE_TURNS, 0), else_=many),
            waiting.c.priority,
            waiting.c.opened_at,
            waiting.c.id,
        )
        .limit(limit)
    )
    return list((await connection.execute(query)).all())


async def how_many(connection: AsyncConnection, agent_id: int, mine: Sequence[str], closed: Sequence[str]) -> int:
    """How many wait whom the agent may take."""
    may, _ = _for(agent_id, mine, closed)
    return int((await connection.execute(select(func.count()).select_from(handoff).where(may))).scalar_one())


async def load_of(connection: AsyncConnection, agent_id: int) -> Row[Any]:
    """How an agent set themselves, with the conversations that they have now; the account stays locked, but not for
    rows elsewhere that refer to it: who claims holds a conversation and then refers to the account."""
    await connection.execute(select(staff.c.id).where(staff.c.id == agent_id).with_for_update(key_share=True))
    awake = or_(handoff.c.snoozed_until.is_(None), handoff.c.snoozed_until <= now())
    busy = (
        select(func.count())
        .select_from(handoff)
        .where(handoff.c.state == "claimed", handoff.c.claimed_by == agent_id, awake)
        .scalar_subquery()
    )
    query: Select[Any] = (
        select(availability.c.state, availability.c.max_open, availability.c.queues, busy.label("open"))
        .select_from(staff)
        .outerjoin(availability, availability.c.staff_id == staff.c.id)
        .where(staff.c.id == agent_id)
    )
    row: Row[Any] = (await connection.execute(query)).one()
    return row
