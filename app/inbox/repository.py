"""SQL of the inbox: lists, counts, search. Works inside the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, false, func, literal, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from app.event_log import now
from app.models import conversation, event, handoff, staff
from app.text_search import says

SAID = ("message.visitor", "message.bot", "message.agent")
TRANSCRIPT = ("message.visitor", "message.bot", "message.agent", "note.agent")
_NEVER = datetime(9999, 12, 31, tzinfo=UTC)
_claimer, _assignee = staff.alias("claimer"), staff.alias("assignee")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which hand-offs a list shows. ``snoozed`` None is either; the lists of values are alternatives, empty for any.
    ``words`` must all occur in the transcript."""

    states: tuple[str, ...]
    claimed_by: int | None = None
    or_assigned: bool = False
    snoozed: bool | None = None
    queues: Sequence[str] = ()
    fields: dict[str, Sequence[Any]] = field(default_factory=dict)
    words: Sequence[str] = ()
    latest_only: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """A sort: expressions that together name one row, all in one direction."""

    columns: tuple[ColumnElement[Any], ...]
    descending: bool


def order_named(sort: str) -> Order:
    """The order of a name of the API."""
    return {
        "take": Order((handoff.c.priority, handoff.c.opened_at, handoff.c.id), False),
        "oldest": Order((handoff.c.opened_at, handoff.c.id), False),
        "newest": Order((handoff.c.opened_at, handoff.c.id), True),
        "due": Order((_due(), handoff.c.id), False),
        "updated": Order((conversation.c.updated_at, handoff.c.id), True),
    }[sort]


async def items(
    connection: AsyncConnection, wanted: Wanted, order: Order, after: Sequence[Any] | None, limit: int
) -> list[Row[Any]]:
    """Hand-offs with their conversations, behind the row whose sort values are ``after``. ``key_0``, ``key_1`` ... are
    a row's own."""
    keys = [column.label(f"key_{place}") for place, column in enumerate(order.columns)]
    query: Select[Any] = (
        select(
            handoff,
            conversation.c.audience,
            conversation.c.locale,
            conversation.c.visitor_id,
            conversation.c.last_seq,
            conversation.c.updated_at,
            _claimer.c.name.label("agent_name"),
            _assignee.c.name.label("assignee_name"),
            *keys,
        )
        .join(conversation, conversation.c.id == handoff.c.conversation_id)
        .outerjoin(_claimer, _claimer.c.id == handoff.c.claimed_by)
        .outerjoin(_assignee, _assignee.c.id == handoff.c.assigned_to)
        .where(_matches(wanted))
        .order_by(*(column.desc() if order.descending else column.asc() for column in order.columns))
        .limit(limit)
    )
    if after is not None:
        place = tuple_(*(literal(value, column.type) for value, column in zip(after, order.columns, strict=True)))
        columns = tuple_(*order.columns)
        query = query.where(columns < place if order.descending else columns > place)
    return list((await connection.execute(query)).all())


async def count(connection: AsyncConnection, wanted: Wanted, overdue: bool = False) -> int:
    """How many there are in all."""
    query = (
        select(func.count())
        .select_from(handoff)
        .join(conversation, conversation.c.id == handoff.c.conversation_id)
        .where(_matches(wanted))
    )
    if overdue:
        query = query.where(handoff.c.due_at <= now())
    return int((await connection.execute(query)).scalar_one())


async def waiting_by_queue(connection: AsyncConnection) -> dict[str, int]:
    """How many wait in each queue; queues where nobody does are left out."""
    query = (
        select(handoff.c.queue, func.count().label("many"))
        .where(handoff.c.state == "waiting")
        .group_by(handoff.c.queue)
    )
    return {row.queue: row.many for row in await connection.execute(query)}


async def excerpts(connection: AsyncConnection, conversation_ids: Sequence[str], word: str) -> dict[str, Row[Any]]:
    """The first message of each transcript that holds ``word``."""
    if not conversation_ids:
        return {}
    query: Select[Any] = (
        select(event.c.conversation_id, event.c.seq, event.c.data["text"].as_string().label("text"))
        .where(
            event.c.conversation_id.in_(conversation_ids),
            event.c.type.in_(TRANSCRIPT),
            says(event.c.data["text"].as_string(), word),
        )
        .order_by(event.c.conversation_id, event.c.seq.desc())
    )
    return {row.conversation_id: row for row in (await connection.execute(query)).all()}


async def last_lines(connection: AsyncConnection, conversation_ids: Sequence[str]) -> dict[str, Row[Any]]:
    """What was said last to or by the visitor, in each conversation."""
    if not conversation_ids:
        return {}
    newest = (
        select(event.c.conversation_id, func.max(event.c.seq).label("seq"))
        .where(event.c.conversation_id.in_(conversation_ids), event.c.type.in_(SAID))
        .group_by(event.c.conversation_id)
        .subquery()
    )
    query: Select[Any] = select(event.c.conversation_id, event.c.type, event.c.data, event.c.at).join(
        newest, and_(event.c.conversation_id == newest.c.conversation_id, event.c.seq == newest.c.seq)
    )
    return {row.conversation_id: row for row in (await connection.execute(query)).all()}


async def others_of(connection: AsyncConnection, row: Row[Any], limit: int) -> list[Row[Any]]:
    """The visitor's other conversations, newest first, each with its latest hand-off."""
    newest = (
        select(func.max(handoff.c.id))
        .where(handoff.c.conversation_id == conversation.c.id)
        .correlate(conversation)
        .scalar_subquery()
    )
    query: Select[Any] = (
        select(conversation, handoff.c.topic, handoff.c.reason, handoff.c.question, handoff.c.resolved_at)
        .outerjoin(handoff, handoff.c.id == newest)
        .where(conversation.c.visitor_id == row.visitor_id, conversation.c.id != row.id)
        .order_by(conversation.c.updated_at.desc(), conversation.c.id)
        .limit(limit)
    )
    return list((await connection.execute(query)).all())


def _due() -> ColumnElement[Any]:
    return func.coalesce(handoff.c.due_at, literal(_NEVER, handoff.c.due_at.type))


def _matches(wanted: Wanted) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [handoff.c.state.in_(wanted.states)]
    asleep = func.coalesce(handoff.c.snoozed_until > now(), false())
    if wanted.claimed_by is not None:
        own = handoff.c.claimed_by == wanted.claimed_by
        conditions.append(or_(own, handoff.c.assigned_to == wanted.claimed_by) if wanted.or_assigned else own)
    if wanted.snoozed is not None:
        conditions.append(asleep if wanted.snoozed else ~asleep)
    if wanted.queues:
        conditions.append(handoff.c.queue.in_(wanted.queues))
    for name, values in wanted.fields.items():
        column = conversation.c[name] if name in ("audience", "locale") else handoff.c[name]
        conditions.append(column.in_(values))
    if wanted.latest_only:
        later = handoff.alias("later")
        newer = select(later.c.id).where(
            later.c.conversation_id == handoff.c.conversation_id, later.c.id > handoff.c.id
        )
        conditions.append(~newer.exists())
    for word in wanted.words:
        said = select(event.c.seq).where(
            event.c.conversation_id == handoff.c.conversation_id,
            event.c.type.in_(TRANSCRIPT),
            says(event.c.data["text"].as_string(), word),
        )
        conditions.append(or_(said.exists(), handoff.c.conversation_id == word))
    return and_(*conditions)
