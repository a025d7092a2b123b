"""The event log: what happened in conversations. Every function works inside the caller's transaction.

The log is the truth. ``seq`` is allocated under the conversation's row lock, so it has no gaps and commits in order.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.models import conversation, event

NOT_FOR_VISITORS = ("note.agent", "handoff.snoozed", "handoff.woken")
NewEvent = tuple[str, dict[str, Any], str | None]
"""Type, data, and the writer's own id of it when it has one."""


def now() -> datetime:
    """The moment, with its zone."""
    return datetime.now(UTC)


async def find(connection: AsyncConnection, conversation_id: str, visitor_id: str | None) -> Row[Any] | None:
    """A conversation; with ``visitor_id`` only if it is that visitor's."""
    query = select(conversation).where(conversation.c.id == conversation_id)
    if visitor_id is not None:
        query = query.where(conversation.c.visitor_id == visitor_id)
    row: Row[Any] | None = (await connection.execute(query)).first()
    return row


async def lock(connection: AsyncConnection, conversation_id: str, visitor_id: str | None) -> Row[Any] | None:
    """The same, its row locked until the transaction ends. (SQLite's writers are alone anyway.)"""
    query = select(conversation).where(conversation.c.id == conversation_id).with_for_update()
    if visitor_id is not None:
        query = query.where(conversation.c.visitor_id == visitor_id)
    row: Row[Any] | None = (await connection.execute(query)).first()
    return row


async def append(
    connection: AsyncConnection,
    row: Row[Any],
    events: Sequence[NewEvent],
    **changes: Any,
) -> int:
    """Write ``(type, data, client_id)`` events behind the last of a locked conversation, and change its fields.

    Returns the number of the last. Callers append once a transaction.
    """
    moment = now()
    episode = changes.get("episode", row.episode)
    rows = [
        {
            "conversation_id": row.id,
            "seq": row.last_seq + offset,
            "type": kind,
            "episode": episode,
            "client_id": client_id,
            "data": data,
            "at": moment,
        }
        for offset, (kind, data, client_id) in enumerate(events, 1)
    ]
    if rows:
        await connection.execute(insert(event), rows)
    last = int(row.last_seq) + len(rows)
    await connection.execute(
        update(conversation).where(conversation.c.id == row.id).values(last_seq=last, updated_at=moment, **changes)
    )
    return last


async def message_by_client_id(connection: AsyncConnection, conversation_id: str, client_id: str) -> Row[Any] | None:
    """The event that a client's own id names already."""
    query: Select[Any] = select(event.c.seq, event.c.type, event.c.data).where(
        event.c.conversation_id == conversation_id, event.c.client_id == client_id
    )
    row: Row[Any] | None = (await connection.execute(query)).first()
    return row


async def events_after(
    connection: AsyncConnection, conversation_id: str, after: int, for_visitor: bool, limit: int
) -> list[Row[Any]]:
    """The log behind ``after``, in order."""
    query: Select[Any] = (
        select(event.c.seq, event.c.type, event.c.data, event.c.at)
        .where(event.c.conversation_id == conversation_id, event.c.seq > after)
        .order_by(event.c.seq)
        .limit(limit)
    )
    if for_visitor:
        query = query.where(event.c.type.not_in(NOT_FOR_VISITORS))
    return list((await connection.execute(query)).all())


async def episode_events(connection: AsyncConnection, conversation_id: str, episode: int) -> list[Row[Any]]:
    """The log of one episode, in order."""
    query: Select[Any] = (
        select(event.c.seq, event.c.type, event.c.data, event.c.at)
        .where(event.c.conversation_id == conversation_id, event.c.episode == episode)
        .order_by(event.c.seq)
    )
    return list((await connection.execute(query)).all())


async def one_event(connection: AsyncConnection, conversation_id: str, seq: int) -> Row[Any] | None:
    """One entry of the log."""
    query: Select[Any] = select(event.c.seq, event.c.type, event.c.data, event.c.episode).where(
        event.c.conversation_id == conversation_id, event.c.seq == seq
    )
    row: Row[Any] | None = (await connection.execute(query)).first()
    return row
