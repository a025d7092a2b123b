"""SQL of publishing as its API needs it: jobs asked for, and publications. Works inside the caller's transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.auth import Staff
from app.event_log import now
from app.models import publication_record, publish_job
from ingest.tables import live_publication, publication

OPEN = ("queued", "scheduled", "running")


async def add_job(connection: AsyncConnection, who: Staff, **values: Any) -> int:
    """Store what is to be done; its number. Raises IntegrityError when the idempotency key was used."""
    made = {
        "stage": "",
        "done": 0,
        "total": 0,
        "attempts": 0,
        "created_at": now(),
        "by_id": who.id,
        "by_name": who.name,
        "by_email": who.email,
        **values,
    }
    added = await connection.execute(insert(publish_job).values(**made).returning(publish_job.c.id))
    return int(added.scalar_one())


async def job(connection: AsyncConnection, job_id: int) -> Row[Any] | None:
    """One job."""
    row: Row[Any] | None = (await connection.execute(select(publish_job).where(publish_job.c.id == job_id))).first()
    return row


async def job_by_key(connection: AsyncConnection, staff_id: int, key: str) -> Row[Any] | None:
    """The job that somebody asked for under an idempotency key."""
    query = select(publish_job).where(publish_job.c.by_id == staff_id, publish_job.c.idempotency_key == key)
    row: Row[Any] | None = (await connection.execute(query)).first()
    return row


async def jobs(connection: AsyncConnection, states: Sequence[str], limit: int) -> list[Row[Any]]:
    """Jobs in these states, or in any; newest first."""
    query = select(publish_job).order_by(publish_job.c.id.desc()).limit(limit)
    if states:
        query = query.where(publish_job.c.state.in_(states))
    return list((await connection.execute(query)).all())


async def cancel(connection: AsyncConnection, job_id: int) -> bool:
    """End a job that has not begun; whether it had not."""
    query = update(publish_job).where(publish_job.c.id == job_id, publish_job.c.state.in_(("scheduled", "queued")))
    return bool((await connection.execute(query.values(state="cancelled", ended_at=now()))).rowcount)


async def publications(connection: AsyncConnection, limit: int, before: int | None) -> list[Row[Any]]:
    """Publications with who made them, newest first, older than ``before``."""
    query = _publications().order_by(publication.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(publication.c.id < before)
    return list((await connection.execute(query)).all())


async def one_publication(connection: AsyncConnection, publication_id: int) -> Row[Any] | None:
    """One publication with who made it."""
    row: Row[Any] | None = (await connection.execute(_publications().where(publication.c.id == publication_id))).first()
    return row


async def live_id(connection: AsyncConnection) -> int:
    """The live publication's number; 0 before the first."""
    return (await connection.execute(select(live_publication.c.publication_id))).scalar() or 0


async def unannounced(connection: AsyncConnection, limit: int) -> list[Row[Any]]:
    """Publications that nobody was told of yet, oldest first."""
    query = _publications().where(publication_record.c.announced_at.is_(None), publication_record.c.by_id.is_not(None))
    return list((await connection.execute(query.order_by(publication.c.id).limit(limit))).all())


async def announce(connection: AsyncConnection, publication_id: int) -> bool:
    """Note that everybody is told of a publication; False when another process did so."""
    query = update(publication_record).where(
        publication_record.c.publication_id == publication_id, publication_record.c.announced_at.is_(None)
    )
    return bool((await connection.execute(query.values(announced_at=now()))).rowcount)


def _publications() -> Select[Any]:
    return select(
        publication.c.id,
        publication.c.kb_version,
        publication.c.created_at,
        publication.c.summary,
        publication_record.c.kind,
        publication_record.c.job_id,
        publication_record.c.by_name,
        publication_record.c.note,
        publication_record.c.gate,
        publication_record.c.override_reason,
    ).outerjoin(publication_record, publication_record.c.publication_id == publication.c.id)
