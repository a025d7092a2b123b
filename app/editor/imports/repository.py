"""SQL of imports. Works inside the caller's transaction."""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.event_log import now
from app.models import draft, import_item, import_job, import_source
from ingest.article import Article, parse
from ingest.errors import InvalidArticles
from ingest.tables import is_live, live_revision, revision

Key = tuple[str, str]
BATCH = 500


async def add(connection: AsyncConnection, values: Mapping[str, Any]) -> int:
    """A new job; its number."""
    made = {"state": "queued", "stage": "waiting", "done": 0, "total": 0, "saved": 0}
    at = {"created_at": now(), "changed_at": now()}
    added = await connection.execute(insert(import_job).values(**made, **at, **values).returning(import_job.c.id))
    return int(added.scalar_one())


async def change(connection: AsyncConnection, job_id: int, **values: Any) -> None:
    """Change a job."""
    query = update(import_job).where(import_job.c.id == job_id)
    await connection.execute(query.values(changed_at=now(), **values))


async def find(connection: AsyncConnection, job_id: int) -> Row[Any] | None:
    """A job."""
    row: Row[Any] | None = (await connection.execute(select(import_job).where(import_job.c.id == job_id))).first()
    return row


async def latest(connection: AsyncConnection, limit: int) -> list[Row[Any]]:
    """Jobs, newest first."""
    return list((await connection.execute(select(import_job).order_by(import_job.c.id.desc()).limit(limit))).all())


async def under_way(connection: AsyncConnection, home: str) -> list[Row[Any]]:
    """Jobs of this data folder that have not ended, oldest first."""
    query = select(import_job).where(import_job.c.home == home, import_job.c.state.in_(("queued", "running")))
    return list((await connection.execute(query.order_by(import_job.c.id))).all())


async def remove_before(connection: AsyncConnection, moment: Any) -> None:
    """Forget jobs that ended before a moment; where articles came from stays known."""
    old = select(import_job.c.id).where(
        import_job.c.changed_at < moment, import_job.c.state.not_in(("queued", "running"))
    )
    await connection.execute(delete(import_item).where(import_item.c.job_id.in_(old)))
    await connection.execute(delete(import_job).where(import_job.c.id.in_(old)))


async def remove(connection: AsyncConnection, job_id: int) -> None:
    """Forget a job and what it found."""
    await remove_items(connection, job_id)
    await connection.execute(delete(import_job).where(import_job.c.id == job_id))


async def add_items(connection: AsyncConnection, items: Sequence[Mapping[str, Any]]) -> None:
    """What a job found."""
    if items:
        await connection.execute(insert(import_item), list(items))


async def remove_items(connection: AsyncConnection, job_id: int) -> None:
    """Forget what a job found."""
    await connection.execute(delete(import_item).where(import_item.c.job_id == job_id))


async def counts(connection: AsyncConnection, job_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """How many items of each action jobs have."""
    query = (
        select(import_item.c.job_id, import_item.c.action, func.count().label("many"))
        .where(import_item.c.job_id.in_(job_ids))
        .group_by(import_item.c.job_id, import_item.c.action)
    )
    found: dict[int, dict[str, int]] = {job_id: {} for job_id in job_ids}
    for row in await connection.execute(query):
        found[row.job_id][row.action] = row.many
    return found


async def items(
    connection: AsyncConnection, job_id: int, limit: int, after: int = -1, action: str | None = None
) -> list[Row[Any]]:
    """What a job found, behind the position ``after``."""
    query = select(import_item).where(import_item.c.job_id == job_id, import_item.c.position > after)
    if action is not None:
        query = query.where(import_item.c.action == action)
    return list((await connection.execute(query.order_by(import_item.c.position).limit(limit))).all())


async def to_save(connection: AsyncConnection, job_id: int) -> list[tuple[int, str]]:
    """Positions and names of items that would add or update and are not saved yet."""
    query = select(import_item.c.position, import_item.c.name).where(
        import_item.c.job_id == job_id,
        import_item.c.action.in_(("add", "update")),
        import_item.c.saved_at.is_(None),
    )
    return [(row.position, row.name) for row in await connection.execute(query.order_by(import_item.c.position))]


async def one_item(connection: AsyncConnection, job_id: int, position: int) -> Row[Any]:
    """One of them."""
    query: Select[Any] = select(import_item).where(import_item.c.job_id == job_id, import_item.c.position == position)
    row: Row[Any] = (await connection.execute(query)).one()
    return row


async def mark_saved(connection: AsyncConnection, job_id: int, rows: Sequence[Row[Any]]) -> None:
    """Note that items became drafts, and where these articles came from."""
    positions = [row.position for row in rows]
    saved = update(import_item).where(import_item.c.job_id == job_id, import_item.c.position.in_(positions))
    await connection.execute(saved.values(saved_at=now()))
    await connection.execute(
        update(import_job)
        .where(import_job.c.id == job_id)
        .values(saved=import_job.c.saved + len(rows), changed_at=now())
    )
    sources = {hash_of(row.name): row for row in rows}
    await connection.execute(delete(import_source).where(import_source.c.name_hash.in_(list(sources))))
    values = [
        {
            "name_hash": digest,
            "name": row.name,
            "article_id": row.article_id,
            "locale": row.locale,
            "source_hash": row.source_hash,
            "at": now(),
        }
        for digest, row in sources.items()
    ]
    if values:
        await connection.execute(insert(import_source), values)


async def sources(connection: AsyncConnection) -> dict[str, tuple[Key, str]]:
    """Every name that was imported: its article, and that one's hash as it was accepted."""
    rows = await connection.execute(select(import_source))
    return {row.name: ((row.article_id, row.locale), row.source_hash) for row in rows}


async def draft_keys(connection: AsyncConnection) -> set[Key]:
    """Keys of articles that have a draft."""
    return {
        (row.article_id, row.locale) for row in await connection.execute(select(draft.c.article_id, draft.c.locale))
    }


async def current(connection: AsyncConnection, keys: Sequence[Key]) -> dict[Key, Article]:
    """Articles as they stand: as their drafts have them, where those are articles, else as they are live."""
    query = (
        select(revision.c.article_id, revision.c.locale, revision.c.article)
        .join(live_revision, live_revision.c.revision_id == revision.c.id)
        .where(
            tuple_(revision.c.article_id, revision.c.locale).in_(keys),
            is_live(),
        )
    )
    found = {(row.article_id, row.locale): Article(**row.article) for row in await connection.execute(query)}
    for key, text in (await draft_texts(connection, keys)).items():
        with suppress(InvalidArticles):
            found[key] = parse(text, "draft")
    return found


async def draft_texts(connection: AsyncConnection, keys: Sequence[Key]) -> dict[Key, str]:
    """Texts of drafts."""
    query = select(draft.c.article_id, draft.c.locale, draft.c.text)
    query = query.where(tuple_(draft.c.article_id, draft.c.locale).in_(keys))
    return {(row.article_id, row.locale): row.text for row in await connection.execute(query)}


def hash_of(name: str) -> str:
    """Names are long; their keys are not."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
