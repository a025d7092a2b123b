"""Reading: one import from its file to the items that an editor is shown."""

import time
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from app.background import in_thread
from app.db import Database
from app.editor.imports import repository, runner
from app.editor.imports.compose import Found, Options, merged
from app.editor.imports.repository import Key
from app.editor.imports.runner import FileRead
from app.editor.imports.work import Work
from ingest.article import Article
from ingest.pipeline import Publisher

FLUSH_ITEMS = 200
FLUSH_SECONDS = 1.0


@dataclass
class Standing:
    """What there is before an import: live articles with their hashes, drafts, and where imported ones came from."""

    live: dict[Key, str]
    drafts: set[Key]
    sources: dict[str, tuple[Key, str]]
    seen: dict[Key, str] = field(default_factory=dict)

    def known(self) -> dict[str, str]:
        """Ids by source."""
        return {name: key[0] for name, (key, _) in self.sources.items()}

    def taken(self) -> tuple[str, ...]:
        """Ids of articles that were written here, or came from a folder."""
        imported = {key[0] for key, _ in self.sources.values()}
        return tuple(sorted({key[0] for key in (*self.live, *self.drafts)} - imported))

    def judge(self, found: Found) -> tuple[str, str]:
        """What becomes of an article, and why."""
        if found.is_refused:
            return "refused", found.reason
        key = found.article_id, found.locale
        if first := self.seen.get(key):
            return "refused", f"`{key[0]}` ({key[1]}) is also in {first}; an id names one article"
        self.seen[key] = found.name
        exists = key in self.live or key in self.drafts
        if exists and self.sources.get(found.name) == (key, found.source_hash):
            return "same", found.reason
        if key not in self.drafts and self.live.get(key) == found.content_hash:
            return "same", found.reason
        return ("update" if exists else "add"), found.reason


class Reading:
    """Runs the worker and stores what it finds."""

    def __init__(self, db: Database, publisher: Publisher, hosts: str) -> None:
        self._db, self._publisher, self._hosts = db, publisher, hosts

    async def read(self, job: Row[Any], path: Path) -> None:
        """Read an import to its end. Raises Refused when nothing of it can be read."""
        standing = await self._standing()
        async with self._db.write() as connection:
            await repository.change(connection, job.id, state="running", stage="reading")
        position, flushed, waiting = 0, time.monotonic(), list[dict[str, Any]]()
        done = total = 0
        async with aclosing(runner.read(self._work(job, path, standing))) as files:
            async for file in files:
                done, total = file.number + 1, file.total
                waiting += await self._rows(job.id, position, file, standing)
                position += len(file.found)
                if len(waiting) >= FLUSH_ITEMS or time.monotonic() - flushed > FLUSH_SECONDS:
                    await self._flush(job.id, waiting, done, total)
                    flushed, waiting = time.monotonic(), []
        async with self._db.write() as connection:
            await repository.add_items(connection, waiting)
            await repository.change(connection, job.id, state="done", stage="read", done=done, total=total)

    async def _rows(self, job_id: int, position: int, file: FileRead, standing: Standing) -> list[dict[str, Any]]:
        """A file's items. What updates an article keeps what only editors know of it."""
        judged = [(found, *standing.judge(found)) for found in file.found]
        keys = [(found.article_id, found.locale) for found, action, _ in judged if action == "update" and found.stated]
        current: dict[Key, Article] = {}
        if keys:
            async with self._db.read() as connection:
                current = await repository.current(connection, keys)
        rows = []
        for number, (found, action, reason) in enumerate(judged, position):
            before = current.get((found.article_id, found.locale))
            whole = merged(found, before) if action == "update" and before else found
            if whole.is_refused and action == "update":
                action, reason = "refused", whole.reason  # noqa: PLW2901
            rows.append(_row(job_id, number, whole, action, reason))
        return rows

    async def _flush(self, job_id: int, waiting: list[dict[str, Any]], done: int, total: int) -> None:
        async with self._db.write() as connection:
            await repository.add_items(connection, waiting)
            await repository.change(connection, job_id, done=done, total=total)

    async def _standing(self) -> Standing:
        live = await in_thread(self._publisher.live_revisions)
        async with self._db.read() as connection:
            drafts = await repository.draft_keys(connection)
            sources = await repository.sources(connection)
        return Standing({stored.key: stored.content_hash for stored in live}, drafts, sources)

    def _work(self, job: Row[Any], path: Path, standing: Standing) -> Work:
        options = Options(tuple(job.options["audience"]), job.options["locale"], job.options["topic"])
        return Work(
            name=job.name,
            path="" if job.sitemap else str(path),
            sitemap=job.sitemap,
            hosts=self._hosts if job.sitemap else "",
            options=options,
            whole=job.options["whole"],
            known=standing.known(),
            taken=standing.taken(),
        )


def _row(job_id: int, position: int, found: Found, action: str, reason: str) -> dict[str, Any]:
    return {
        "job_id": job_id,
        "position": position,
        "name": _storable(found.name),
        "title": _storable(found.title),
        "article_id": found.article_id,
        "locale": found.locale[:8],
        "action": action,
        "reason": _storable(reason),
        "text": "" if action == "refused" else found.text,
        "source_hash": found.source_hash,
    }


def _storable(text: str) -> str:
    """What every database takes; names and titles of refused files may hold anything."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
