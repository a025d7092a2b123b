"""SQL of what folders hold: what was imported, what is in conflict, what an export writes. Synchronous."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, delete, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.editor.folder.plan import ConflictKind, Seen
from app.editor.keys import Key
from app.event_log import now
from app.models import folder_conflict, folder_import
from ingest.tables import is_live, live_revision, revision

BATCH = 400


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file of a folder: where it lies within, what it says, and the hash of that."""

    path: str
    text: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Clash:
    """An article that was changed on both sides. ``text`` is the file; none when it was removed."""

    key: Key
    path: str
    kind: ConflictKind
    text: str | None


class FolderRepository:
    """Through the knowledge store's engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.writer = engine.execution_options(writes=True)

    def rows(self) -> dict[Key, Row[Any]]:
        """What is remembered of every file."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(folder_import)).all()
        return {(row.article_id, row.locale): row for row in rows}

    def memory(self, folder: str) -> dict[Key, Seen]:
        """The same, as an import of ``folder`` needs it."""
        return {
            key: Seen(row.content_hash, row.exported_hash, row.exported_to == folder)
            for key, row in self.rows().items()
        }

    def live_files(self) -> list[Row[Any]]:
        """Every live article: article_id, locale, kind, content_hash, source, article."""
        query: Select[Any] = (
            select(
                revision.c.article_id,
                revision.c.locale,
                revision.c.kind,
                revision.c.content_hash,
                revision.c.source,
                revision.c.article,
            )
            .join(live_revision, live_revision.c.revision_id == revision.c.id)
            .where(is_live())
            .order_by(revision.c.article_id, revision.c.locale)
        )
        with self._engine.connect() as connection:
            return list(connection.execute(query).all())

    def exported(self, folder: str, written: Mapping[Key, tuple[str, str]]) -> None:
        """Remember what was written to ``folder``: path and content hash of each article that a folder brought."""
        with self.writer.begin() as connection:
            for key, (_, content_hash) in written.items():
                connection.execute(
                    update(folder_import)
                    .where(folder_import.c.article_id == key[0], folder_import.c.locale == key[1])
                    .values(exported_hash=content_hash, exported_to=folder)
                )


async def conflicts(connection: AsyncConnection) -> list[Row[Any]]:
    """What the last import left open."""
    query = select(folder_conflict).order_by(folder_conflict.c.article_id, folder_conflict.c.locale)
    return list((await connection.execute(query)).all())


async def conflict(connection: AsyncConnection, key: Key) -> Row[Any] | None:
    """One of those, its row locked until the transaction ends."""
    query = select(folder_conflict).where(folder_conflict.c.article_id == key[0], folder_conflict.c.locale == key[1])
    row: Row[Any] | None = (await connection.execute(query.with_for_update())).first()
    return row


async def settle(connection: AsyncConnection, row: Row[Any], content_hash: str | None) -> None:
    """The conflict is over: its file, with this hash (None: it is gone), says nothing new from now on."""
    mine = (folder_import.c.article_id == row.article_id, folder_import.c.locale == row.locale)
    await connection.execute(delete(folder_import).where(*mine))
    if content_hash is not None:
        values = {"path": row.path, "content_hash": content_hash, "at": now()}
        await connection.execute(insert(folder_import).values(article_id=row.article_id, locale=row.locale, **values))
    gone = (folder_conflict.c.article_id == row.article_id, folder_conflict.c.locale == row.locale)
    await connection.execute(delete(folder_conflict).where(*gone))


def remember(connection: Connection, files: Mapping[Key, FileSeen], keys: Iterable[Key]) -> None:
    """These files are imported as they are now."""
    wanted = sorted(keys)
    known = {
        (row.article_id, row.locale): (row.path, row.content_hash, row.exported_hash)
        for row in connection.execute(select(folder_import))
    }
    fresh = [key for key in wanted if known.get(key) != (files[key].path, files[key].content_hash, None)]
    forget(connection, fresh)
    moment = now()
    for start in range(0, len(fresh), BATCH):
        rows = [
            {
                "article_id": key[0],
                "locale": key[1],
                "path": files[key].path,
                "content_hash": files[key].content_hash,
                "at": moment,
            }
            for key in fresh[start : start + BATCH]
        ]
        connection.execute(insert(folder_import), rows)


def forget(connection: Connection, keys: Iterable[Key]) -> None:
    """These files are gone."""
    gone = sorted(keys)
    for start in range(0, len(gone), BATCH):
        named = tuple_(folder_import.c.article_id, folder_import.c.locale).in_(gone[start : start + BATCH])
        connection.execute(delete(folder_import).where(named))


def replace_conflicts(connection: Connection, found: Iterable[Clash]) -> None:
    """These are the conflicts of the last import."""
    connection.execute(delete(folder_conflict))
    rows = [
        {
            "article_id": one.key[0],
            "locale": one.key[1],
            "path": one.path,
            "kind": one.kind,
            "text": one.text,
            "at": now(),
        }
        for one in found
    ]
    if rows:
        connection.execute(insert(folder_conflict), rows)
