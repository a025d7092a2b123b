"""SQL of gaps: what is read of the log, the missed questions, their groups. Inside the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, delete, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.event_log import now
from app.models import conversation, draft, event, gap, gap_cursor, gap_question
from ingest.tables import is_live, live_revision, revision

READ = ("message.visitor", "message.bot", "message.agent", "feedback", "handoff.opened")
PER_VISITOR = 20
"""Conversations of one visitor that are compared, the latest."""


async def cursor(connection: AsyncConnection, lock: bool = False) -> Row[Any] | None:
    """How far the log was read."""
    query = select(gap_cursor)
    row: Row[Any] | None = (await connection.execute(query.with_for_update() if lock else query)).first()
    return row


async def move(connection: AsyncConnection, before: int | None, read_to: datetime) -> bool:
    """Note how far the log is read now; False when somebody else did since ``before``."""
    found = await cursor(connection, lock=True)
    if (found.version if found else None) != before:
        return False
    values = {"read_to": read_to, "version": (before or 0) + 1}
    if found is None:
        await connection.execute(insert(gap_cursor).values(id=1, stale=False, **values))
    else:
        await connection.execute(update(gap_cursor).values(**values))
    return True


async def changed(connection: AsyncConnection, since: datetime, limit: int) -> list[Row[Any]]:
    """Conversations changed since then, those that changed first before others."""
    query = select(conversation).where(conversation.c.updated_at >= since)
    return list((await connection.execute(query.order_by(conversation.c.updated_at).limit(limit))).all())


async def of_visitors(connection: AsyncConnection, visitors: Iterable[str], since: datetime) -> list[Row[Any]]:
    """Conversations of visitors, changed since then."""
    found: list[Row[Any]] = []
    for visitor in visitors:
        mine = select(conversation).where(conversation.c.visitor_id == visitor, conversation.c.updated_at >= since)
        latest = mine.order_by(conversation.c.updated_at.desc()).limit(PER_VISITOR)
        found.extend((await connection.execute(latest)).all())
    return found


async def logs(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, list[Row[Any]]]:
    """The events that tell what became of questions, by conversation, in order."""
    query: Select[Any] = (
        select(event.c.conversation_id, event.c.seq, event.c.type, event.c.episode, event.c.data, event.c.at)
        .where(event.c.conversation_id.in_(ids), event.c.type.in_(READ))
        .order_by(event.c.conversation_id, event.c.seq)
    )
    found: dict[str, list[Row[Any]]] = {}
    for row in (await connection.execute(query)).all():
        found.setdefault(row.conversation_id, []).append(row)
    return found


async def mark(connection: AsyncConnection, stale: bool) -> None:
    """Note whether questions must be grouped again."""
    await connection.execute(update(gap_cursor).values(stale=stale))


async def replace(connection: AsyncConnection, ids: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Make ``rows`` the missed questions of these conversations; one that stays keeps its group, and while its answers
    stay the same what covers them: an article that is published later is no reason to move it. Whether that changed
    anything."""
    query = select(gap_question).where(gap_question.c.conversation_id.in_(ids))
    known = {(row.conversation_id, row.seq): row for row in (await connection.execute(query)).all()}
    given = {(row["conversation_id"], row["seq"]): row for row in rows}
    for key, row in given.items():
        if key in known and (known[key].text, known[key].answers) == (row["text"], row["answers"]):
            given[key] = {**row, "covered_by": known[key].covered_by}
    same = {key for key, row in given.items() if key in known and _is_same(known[key], row)}
    if len(same) == len(known) == len(given):
        return False
    await connection.execute(delete(gap_question).where(gap_question.c.conversation_id.in_(ids)))
    values = [{**row, "gap_id": known[key].gap_id if key in known else None} for key, row in given.items()]
    if values:
        await connection.execute(insert(gap_question), values)
    return True


def _is_same(row: Row[Any], given: Mapping[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in given.items() if name != "at")


async def questions(connection: AsyncConnection, since: datetime, limit: int) -> list[Row[Any]]:
    """The latest missed questions, oldest first."""
    query = select(gap_question).where(gap_question.c.at >= since)
    ordered = query.order_by(gap_question.c.at.desc(), gap_question.c.conversation_id, gap_question.c.seq).limit(limit)
    return list((await connection.execute(ordered)).all())[::-1]


async def of_gap(connection: AsyncConnection, gap_id: int) -> list[Row[Any]]:
    """The questions of a group, oldest first."""
    query = select(gap_question).where(gap_question.c.gap_id == gap_id)
    return list((await connection.execute(query.order_by(gap_question.c.at, gap_question.c.conversation_id))).all())


async def gaps(connection: AsyncConnection) -> list[Row[Any]]:
    """Every group, oldest first."""
    return list((await connection.execute(select(gap).order_by(gap.c.id))).all())


async def one(connection: AsyncConnection, gap_id: int, lock: bool = False) -> Row[Any] | None:
    """A group."""
    query = select(gap).where(gap.c.id == gap_id)
    row: Row[Any] | None = (await connection.execute(query.with_for_update() if lock else query)).first()
    return row


async def add(connection: AsyncConnection, name: str) -> int:
    """A new group; its number."""
    values = {"name": name, "named_by": "words", "state": "open", "created_at": now()}
    return int((await connection.execute(insert(gap).values(**values).returning(gap.c.id))).scalar_one())


async def change(connection: AsyncConnection, gap_id: int, **values: Any) -> None:
    """Change a group."""
    await connection.execute(update(gap).where(gap.c.id == gap_id).values(**values))


async def assign(connection: AsyncConnection, gap_id: int, keys: Sequence[tuple[str, int]]) -> None:
    """Put questions into a group."""
    for conversation_id, seq in keys:
        mine = and_(gap_question.c.conversation_id == conversation_id, gap_question.c.seq == seq)
        await connection.execute(update(gap_question).where(mine).values(gap_id=gap_id))


async def drop_empty(connection: AsyncConnection) -> None:
    """Delete groups without questions that nobody began to write about."""
    inside = exists().where(gap_question.c.gap_id == gap.c.id)
    await connection.execute(delete(gap).where(gap.c.drafted_at.is_(None), ~inside))


async def is_taken(connection: AsyncConnection, article_id: str) -> bool:
    """Whether an article of this id was ever published, or is being written."""
    published = exists().where(revision.c.article_id == article_id)
    begun = exists().where(draft.c.article_id == article_id)
    return bool((await connection.execute(select(or_(published, begun)))).scalar_one())


async def live(connection: AsyncConnection, article_ids: Iterable[str]) -> set[str]:
    """Those of the articles that are live in any language."""
    query = (
        select(revision.c.article_id)
        .join(live_revision, live_revision.c.revision_id == revision.c.id)
        .where(
            revision.c.article_id.in_(sorted(article_ids)),
            is_live(),
        )
    )
    return set((await connection.execute(query)).scalars())


async def titles(connection: AsyncConnection, article_ids: Sequence[str]) -> dict[str, str]:
    """The latest titles of articles, in English where there is that."""
    query = select(revision.c.article_id, revision.c.title).where(revision.c.article_id.in_(article_ids))
    ordered = query.order_by(revision.c.locale == "en", revision.c.number)
    return {row.article_id: row.title for row in (await connection.execute(ordered)).all()}
