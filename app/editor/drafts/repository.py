"""SQL of drafts, their saves and comments. Works inside the caller's transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, delete, func, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.auth import Staff
from app.editor.keys import Key
from app.event_log import now
from app.models import draft, draft_comment, draft_save
from ingest.tables import is_live, live_revision, revision


async def find(connection: AsyncConnection, key: Key, lock: bool = False) -> Row[Any] | None:
    """A draft; with ``lock`` nobody else changes it until the transaction ends."""
    query = select(draft).where(draft.c.article_id == key[0], draft.c.locale == key[1])
    if lock:
        query = query.with_for_update()
    row: Row[Any] | None = (await connection.execute(query)).first()
    return row


async def every(connection: AsyncConnection, keys: Sequence[Key] | None = None) -> list[Row[Any]]:
    """All drafts, or those of ``keys``."""
    query = select(draft)
    if keys is not None:
        query = query.where(tuple_(draft.c.article_id, draft.c.locale).in_(keys))
    return list((await connection.execute(query)).all())


async def live(connection: AsyncConnection, key: Key) -> Row[Any] | None:
    """The revision of an article that is live: number, source, article."""
    query: Select[Any] = (
        select(revision.c.id, revision.c.number, revision.c.source, revision.c.article)
        .join(live_revision, live_revision.c.revision_id == revision.c.id)
        .where(
            revision.c.article_id == key[0],
            revision.c.locale == key[1],
            is_live(),
        )
    )
    row: Row[Any] | None = (await connection.execute(query)).first()
    return row


async def create(connection: AsyncConnection, key: Key, by: Staff | str, **values: Any) -> None:
    """Begin a draft. Raises IntegrityError when there is one."""
    made = {"article_id": key[0], "locale": key[1], "version": 1, "status": "draft", **_saved(by)}
    await connection.execute(insert(draft).values(**made, **values))


async def change(connection: AsyncConnection, key: Key, by: Staff | str | None = None, **values: Any) -> None:
    """Change a draft; ``by`` is who saved it, if it was saved."""
    query = update(draft).where(draft.c.article_id == key[0], draft.c.locale == key[1])
    await connection.execute(query.values(**values, **(_saved(by) if by is not None else {})))


async def remove(connection: AsyncConnection, key: Key) -> None:
    """Delete a draft; its saves stay."""
    await connection.execute(delete(draft).where(draft.c.article_id == key[0], draft.c.locale == key[1]))


async def add_save(
    connection: AsyncConnection, key: Key, by: Staff | str, version: int, text: str, kind: str = "saved"
) -> int:
    """Keep what was typed; its number."""
    values = {
        "article_id": key[0],
        "locale": key[1],
        "version": version,
        "kind": kind,
        "text": text,
        "undone": False,
        "at": now(),
        "by_id": by.id if isinstance(by, Staff) else None,
        "by_name": _name(by),
    }
    added = await connection.execute(insert(draft_save).values(**values).returning(draft_save.c.id))
    return int(added.scalar_one())


async def saves(connection: AsyncConnection, key: Key, limit: int, before: int | None = None) -> list[Row[Any]]:
    """What was saved of an article, newest first."""
    query = _saves(key).order_by(draft_save.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(draft_save.c.id < before)
    return list((await connection.execute(query)).all())


async def undoable(connection: AsyncConnection, key: Key, first: int) -> list[Row[Any]]:
    """The save that a draft shows, and the one before it."""
    standing = and_(draft_save.c.id >= first, draft_save.c.undone.is_(False), draft_save.c.kind.in_(("base", "saved")))
    query = _saves(key).where(standing).order_by(draft_save.c.id.desc()).limit(2)
    return list((await connection.execute(query)).all())


async def undo(connection: AsyncConnection, save_id: int) -> None:
    """Note that an undo went back behind a save."""
    await connection.execute(update(draft_save).where(draft_save.c.id == save_id).values(undone=True))


async def last_save_by(connection: AsyncConnection, key: Key, staff_id: int) -> Any:
    """When somebody last saved an article, or None."""
    query = select(func.max(draft_save.c.at)).where(
        draft_save.c.article_id == key[0], draft_save.c.locale == key[1], draft_save.c.by_id == staff_id
    )
    return (await connection.execute(query)).scalar()


async def authors(connection: AsyncConnection, key: Key, first: int) -> set[tuple[int | None, str]]:
    """Who wrote a draft, by number (none for imports) and name."""
    query = select(draft_save.c.by_id, draft_save.c.by_name).where(
        draft_save.c.article_id == key[0],
        draft_save.c.locale == key[1],
        draft_save.c.id >= first,
        draft_save.c.kind == "saved",
    )
    return {(row.by_id, row.by_name) for row in await connection.execute(query)}


async def add_comment(connection: AsyncConnection, key: Key, by: Staff, **values: Any) -> int:
    """Add a comment; its number."""
    made = {"article_id": key[0], "locale": key[1], "at": now(), "by_id": by.id, "by_name": by.name, **values}
    added = await connection.execute(insert(draft_comment).values(**made).returning(draft_comment.c.id))
    return int(added.scalar_one())


async def comments(connection: AsyncConnection, key: Key) -> list[Row[Any]]:
    """What was said about an article's drafts, oldest first."""
    query = select(draft_comment).where(draft_comment.c.article_id == key[0], draft_comment.c.locale == key[1])
    return list((await connection.execute(query.order_by(draft_comment.c.id))).all())


def _saves(key: Key) -> Select[Any]:
    return select(draft_save).where(draft_save.c.article_id == key[0], draft_save.c.locale == key[1])


def _saved(by: Staff | str) -> dict[str, Any]:
    return {
        "saved_at": now(),
        "saved_by_id": by.id if isinstance(by, Staff) else None,
        "saved_by": _name(by),
    }


def _name(by: Staff | str) -> str:
    return (by.name if isinstance(by, Staff) else by)[:120]
