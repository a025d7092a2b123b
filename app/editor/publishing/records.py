"""Records: what is written together with a publication, in the transaction that makes it live."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from app.audit_log import entry
from app.auth import Staff
from app.editor.keys import Key
from app.event_log import now
from app.models import draft, draft_save, publication_record
from ingest.store import Also
from ingest.tables import live_revision, revision


def recording(who: Staff, kind: str, note: str, then: Callable[[Connection], None] = lambda _: None) -> Also:
    """For a publication that no job makes: who made it, and ``then``."""

    def also(connection: Connection, publication_id: int) -> None:
        record(connection, who, publication_id, kind, note)
        then(connection)

    return also


def record(
    connection: Connection,
    who: Staff,
    publication_id: int,
    kind: str,
    note: str,
    job_id: int | None = None,
    gate: dict[str, Any] | None = None,
    override_reason: str | None = None,
) -> None:
    """Who published, why, and past which report of the gate."""
    values = {"job_id": job_id, "gate": gate, "override_reason": override_reason, "by_id": who.id, "by_name": who.name}
    connection.execute(insert(publication_record).values(publication_id=publication_id, kind=kind, note=note, **values))
    said = entry(who, f"knowledge.{kind}", publication=publication_id, note=note, override_reason=override_reason)
    connection.execute(said)


def spend_drafts(connection: Connection, who: Staff, drafts: Sequence[dict[str, Any]]) -> None:
    """Take away the drafts that went live as they were; those that were changed since now begin from what is live."""
    for spent in drafts:
        key: Key = spent["article_id"], spent["locale"]
        mine = (draft.c.article_id == key[0], draft.c.locale == key[1])
        gone = connection.execute(delete(draft).where(*mine, draft.c.version == spent["version"]))
        if gone.rowcount:
            connection.execute(
                insert(draft_save).values(
                    article_id=key[0],
                    locale=key[1],
                    version=spent["version"],
                    kind="published",
                    text=spent["text"],
                    undone=False,
                    at=now(),
                    by_id=who.id,
                    by_name=who.name,
                )
            )
            continue
        live = (
            select(revision.c.number)
            .join(live_revision, live_revision.c.revision_id == revision.c.id)
            .where(revision.c.article_id == key[0], revision.c.locale == key[1], live_revision.c.until.is_(None))
            .limit(1)
        )
        connection.execute(update(draft).where(*mine).values(base_revision=live.scalar_subquery()))
