"""SQL of a visitor's conversations and of turns. Every function works inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Float, Row, and_, cast, delete, extract, func, insert, literal_column, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from app.event_log import now
from app.models import conversation, event, site_token, turn

SUBJECT_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class LeasedTurn:
    """A turn that is ours until its lease ends."""

    id: int
    conversation_id: str
    message_seq: int
    lease: str
    attempts: int


def _clock(connection: AsyncConnection) -> ColumnElement[float]:
    """The database's own clock, in seconds: machines disagree about theirs."""
    if connection.dialect.name == "sqlite":
        return (func.julianday("now") - literal_column("2440587.5")) * 86400.0
    return cast(extract("epoch", func.clock_timestamp()), Float)


async def create_conversation(connection: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Store a new conversation."""
    moment = now()
    await connection.execute(
        insert(conversation).values(
            state="bot", episode=1, last_seq=0, fence=0, created_at=moment, updated_at=moment, **values
        )
    )


async def list_conversations(connection: AsyncConnection, visitor_id: str, limit: int) -> list[Row[Any]]:
    """A visitor's conversations, newest first."""
    query = (
        select(conversation)
        .where(conversation.c.visitor_id == visitor_id)
        .order_by(conversation.c.updated_at.desc())
        .limit(limit)
    )
    return list((await connection.execute(query)).all())


async def first_messages(connection: AsyncConnection, conversation_ids: Sequence[str]) -> dict[str, str]:
    """What each conversation began with, by its id, shortened; one without a message is missing."""
    if not conversation_ids:
        return {}
    written = (event.c.conversation_id.in_(conversation_ids), event.c.type == "message.visitor")
    first = (
        select(event.c.conversation_id, func.min(event.c.seq).label("seq"))
        .where(*written)
        .group_by(event.c.conversation_id)
        .subquery()
    )
    query = select(event.c.conversation_id, event.c.data).join(
        first, and_(first.c.conversation_id == event.c.conversation_id, first.c.seq == event.c.seq)
    )
    rows = (await connection.execute(query)).all()
    return {row.conversation_id: " ".join(row.data["text"].split())[:SUBJECT_CHARACTERS] for row in rows}


async def spend_site_token(connection: AsyncConnection, jti_hash: str, expires: datetime) -> bool:
    """Note that a site token is used, and forget those that expired; False when it was used before."""
    await connection.execute(delete(site_token).where(site_token.c.expires_at < now()))
    try:
        await connection.execute(insert(site_token).values(jti_hash=jti_hash, expires_at=expires))
    except IntegrityError:
        return False
    return True


async def add_turn(
    connection: AsyncConnection, conversation_id: str, seq: int, lease: str | None, seconds: float
) -> int:
    """Promise an outcome for a message; with ``lease`` it begins as that worker's."""
    values: dict[str, Any] = {"conversation_id": conversation_id, "message_seq": seq, "state": "pending"}
    if lease is not None:
        values |= {"lease": lease, "lease_until": _clock(connection) + seconds, "attempts": 1}
    result = await connection.execute(insert(turn).values(**values).returning(turn.c.id))
    return int(result.scalar_one())


async def earlier_pending(connection: AsyncConnection, conversation_id: str, seq: int) -> bool:
    """Whether an earlier message of the conversation still waits for its outcome."""
    query = select(turn.c.id).where(
        turn.c.conversation_id == conversation_id, turn.c.state == "pending", turn.c.message_seq < seq
    )
    return (await connection.execute(query.limit(1))).first() is not None


async def lease_turns(connection: AsyncConnection, lease: str, seconds: float, limit: int) -> list[LeasedTurn]:
    """Take pending turns that nobody holds, each the oldest of its conversation."""
    clock = _clock(connection)
    other = turn.alias()
    first = select(func.min(other.c.message_seq)).where(
        other.c.conversation_id == turn.c.conversation_id, other.c.state == "pending"
    )
    free = and_(turn.c.state == "pending", or_(turn.c.lease_until.is_(None), turn.c.lease_until < clock))
    query = select(turn.c.id).where(free, turn.c.message_seq == first.scalar_subquery()).order_by(turn.c.id)
    ids = (await connection.execute(query.limit(limit).with_for_update(skip_locked=True))).scalars().all()
    if not ids:
        return []
    taken = await connection.execute(
        update(turn)
        .where(turn.c.id.in_(ids), free)
        .values(lease=lease, lease_until=clock + seconds, attempts=turn.c.attempts + 1)
        .returning(turn.c.id, turn.c.conversation_id, turn.c.message_seq, turn.c.attempts)
    )
    return [LeasedTurn(row.id, row.conversation_id, row.message_seq, lease, row.attempts) for row in taken]


async def end_turn(connection: AsyncConnection, leased: LeasedTurn, state: str) -> bool:
    """End a turn under its lease; False when another worker has it by now."""
    result = await connection.execute(
        update(turn)
        .where(turn.c.id == leased.id, turn.c.lease == leased.lease, turn.c.state == "pending")
        .values(state=state, lease=None, lease_until=None)
    )
    return bool(result.rowcount)


async def drop_turns(connection: AsyncConnection, conversation_id: str) -> None:
    """A person takes over: pending turns of the conversation need no answer of the bot."""
    await connection.execute(
        update(turn)
        .where(turn.c.conversation_id == conversation_id, turn.c.state == "pending")
        .values(state="dropped", lease=None, lease_until=None)
    )


async def free_leases(connection: AsyncConnection) -> None:
    """At the start of the only process there is: whatever was leased, its worker is gone."""
    await connection.execute(update(turn).where(turn.c.state == "pending").values(lease=None, lease_until=None))
