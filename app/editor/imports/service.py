"""Imports, top to bottom: taken in, read aside, shown, and what is accepted saved as drafts."""

import asyncio
import hashlib
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from pydantic import ValidationError
from sqlalchemy import Row

from app import audit_log
from app.auth import Staff
from app.background import stopped
from app.db import Database
from app.editor.drafts.service import DraftService
from app.editor.imports import repository
from app.editor.imports.hosts import Hosts
from app.editor.imports.limits import Refused
from app.editor.imports.reading import Reading
from app.editor.imports.schemas import (
    ImportCounts,
    ImportItem,
    ImportJob,
    ImportOptions,
    ImportSaved,
    ImportShown,
    ImportSitemap,
)
from app.editor.imports.upload import receive
from app.errors import BatonError, Conflict, InvalidInput, NotFound, TooManyRequests
from app.event_log import now
from app.settings import Settings
from ingest.pipeline import Publisher

log = structlog.get_logger()
MAX_WAITING = 5
KEEP = timedelta(days=14)
SILENT = timedelta(minutes=5)
"""After this a running job is taken for cut: its server would have said something."""
SAVE_BATCH = 100
PAGE = 200
MAX_PAGE = 1_000
MAX_PROBLEMS = 100
CUT = "the server ended during this import; nothing was saved, repeat it"


class ImportService:
    """One import is read at a time; others wait in line."""

    def __init__(self, settings: Settings, db: Database, publisher: Publisher, drafts: DraftService) -> None:
        self._db, self._drafts, self._hosts = db, drafts, settings.import_hosts
        self._folder = settings.data_dir.absolute() / "imports"
        place = f"{socket.gethostname()}:{self._folder}"
        self._home = hashlib.sha256(place.encode()).hexdigest()
        self._reading = Reading(db, publisher, settings.import_hosts)
        self._queue: asyncio.Queue[int] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._saving: set[int] = set()

    async def start(self) -> None:
        """Say of what ran when the server ended that it was cut; what only waited waits again."""
        async with self._db.write() as connection:
            left = await repository.under_way(connection, self._home)
            for row in left:
                if row.state == "running":
                    await repository.remove_items(connection, row.id)
                    await repository.change(connection, row.id, state="cut", error=CUT)
            await repository.remove_before(connection, now() - KEEP)
            kept = {str(row.id) for row in await repository.latest(connection, 10_000) if row.state != "done"}
        await asyncio.to_thread(_tidy, self._folder, kept)
        for row in left:
            if row.state == "queued":
                self._queue.put_nowait(row.id)
        self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """End the import that runs; it can be repeated."""
        await stopped(self._task)

    async def add_upload(self, who: Staff, pieces: AsyncIterator[bytes], content_type: str) -> int:
        """Take a form's file in; the number of its job. Raises InvalidInput, TooLarge, TooManyRequests."""
        self._has_room()
        scratch = self._folder / f"incoming-{id(pieces):x}"
        received = await receive(pieces, content_type, scratch)
        try:
            options = _options(received.fields)
            job_id = await self._add(who, received.name, "", options, scratch)
        finally:
            scratch.unlink(missing_ok=True)
        return job_id

    async def add_sitemap(self, who: Staff, given: ImportSitemap) -> int:
        """Take a sitemap's address in. Raises InvalidInput when the owner does not allow its host."""
        self._has_room()
        try:
            if not self._hosts.strip():
                raise Refused("no host is allowed yet; the owner names yours in IMPORT_HOSTS")
            Hosts.of(self._hosts).check(given.sitemap)
        except Refused as why:
            raise InvalidInput(f"sitemap: {why.reason}") from None
        options = ImportOptions(audience=given.audience, locale=given.locale, topic=given.topic, whole=given.whole)
        return await self._add(who, given.sitemap, given.sitemap, options, None)

    async def repeat(self, who: Staff, job_id: int) -> None:
        """Read a cut or failed import again. Raises Conflict when it is neither, or its file is gone."""
        self._has_room()
        row = await self._find(job_id)
        if _state(row) not in ("cut", "failed") or row.home != self._home:
            raise Conflict("only an import that was cut or failed can be repeated; begin a new one")
        if not row.sitemap and not self._upload(job_id).is_file():
            raise Conflict("its file is no longer here; send it again")
        async with self._db.write() as connection:
            await repository.remove_items(connection, job_id)
            begun = {"state": "queued", "stage": "waiting", "done": 0, "total": 0, "error": None}
            await repository.change(connection, job_id, **begun)
            await audit_log.record(connection, who, "import.repeated", name=row.name)
        self._queue.put_nowait(job_id)

    async def discard(self, who: Staff, job_id: int) -> None:
        """Forget an import. Drafts that it became stay. Raises Conflict while it runs."""
        row = await self._find(job_id)
        if _state(row) == "running" or job_id in self._saving:
            raise Conflict("this import is under way; wait until it has ended")
        async with self._db.write() as connection:
            await repository.remove(connection, job_id)
            await audit_log.record(connection, who, "import.discarded", name=row.name)
        self._upload(job_id).unlink(missing_ok=True)

    async def jobs(self) -> list[ImportJob]:
        """The latest imports."""
        async with self._db.read() as connection:
            rows = await repository.latest(connection, PAGE)
            counts = await repository.counts(connection, [row.id for row in rows])
        return [ImportJob(**_fields(row, counts[row.id])) for row in rows]

    async def show(self, job_id: int, after: int, limit: int, action: str | None) -> ImportShown:
        """An import and a page of what it found. Raises NotFound."""
        row = await self._find(job_id)
        async with self._db.read() as connection:
            counts = await repository.counts(connection, [job_id])
            items = await repository.items(connection, job_id, limit + 1, after, action)
        shown = [_item(item) for item in items[:limit]]
        following = shown[-1].position if shown and len(items) > limit else None
        return ImportShown(**_fields(row, counts[job_id]), items=shown, next=following)

    async def accept(self, who: Staff, job_id: int, names: Sequence[str] | None) -> ImportSaved:
        """Save what an import found as drafts: those of ``names``, or all. What was saved is not saved again, so that a
        request that broke off can be sent again. Raises Conflict while it is not done."""
        row = await self._find(job_id)
        if _state(row) != "done":
            raise Conflict(f"this import is {_state(row)}; only one that is done can be saved")
        if job_id in self._saving:
            raise Conflict("this import is being saved already; look again in a moment")
        self._saving.add(job_id)
        try:
            async with self._db.write() as connection:
                waiting = await repository.to_save(connection, job_id)
                wanted = None if names is None else set(names)
                if wanted is not None and (unknown := wanted - {name for _, name in waiting}):
                    known = {item.name for item in await repository.items(connection, job_id, 100_000)}
                    if missing := sorted(unknown - known):
                        raise InvalidInput(f"names: this import has no `{missing[0]}`")
                positions = [position for position, name in waiting if wanted is None or name in wanted]
                await repository.change(connection, job_id, stage="saving", done=0, total=len(positions))
                await audit_log.record(connection, who, "import.accepted", name=row.name, articles=len(positions))
            return await self._save(who, job_id, positions)
        finally:
            self._saving.discard(job_id)

    async def _save(self, who: Staff, job_id: int, positions: Sequence[int]) -> ImportSaved:
        saved, problems = 0, list[str]()
        for start in range(0, len(positions), SAVE_BATCH):
            rows = []
            for position in positions[start : start + SAVE_BATCH]:
                async with self._db.read() as connection:
                    item = await repository.one_item(connection, job_id, position)
                try:
                    await self._drafts.save_new(item.text, who, "import")
                    rows.append(item)
                except BatonError as error:
                    problems.append(f"{item.name}: {error.detail}")
            async with self._db.write() as connection:
                await repository.mark_saved(connection, job_id, rows)
                await repository.change(connection, job_id, done=start + len(rows))
            saved += len(rows)
        async with self._db.write() as connection:
            await repository.change(connection, job_id, stage="saved", done=saved)
        return ImportSaved(saved=saved, problems=problems[:MAX_PROBLEMS])

    async def _add(self, who: Staff, name: str, sitemap: str, options: ImportOptions, scratch: Path | None) -> int:
        values = {
            "home": self._home,
            "name": name,
            "sitemap": sitemap,
            "options": options.model_dump(mode="json"),
            "by_id": who.id,
            "by_name": who.name,
        }
        async with self._db.write() as connection:
            job_id = await repository.add(connection, values)
            await audit_log.record(connection, who, "import.begun", name=name)
            if scratch is not None:
                _move(scratch, self._upload(job_id))
        self._queue.put_nowait(job_id)
        return job_id

    async def _work(self) -> None:
        while True:
            job_id = await self._queue.get()
            try:
                async with self._db.read() as connection:
                    row = await repository.find(connection, job_id)
                if row is None or row.state != "queued":
                    continue
                await self._reading.read(row, self._upload(job_id))
                self._upload(job_id).unlink(missing_ok=True)
            except Refused as why:
                await self._failed(job_id, why.reason)
            except Exception as error:  # the line goes on, whatever one import met
                log.error("import.failed", job=job_id, error=type(error).__name__, exc_info=error)
                await self._failed(job_id, f"something failed on our side ({type(error).__name__}); repeat it")

    async def _failed(self, job_id: int, why: str) -> None:
        with suppress(Exception):
            async with self._db.write() as connection:
                await repository.remove_items(connection, job_id)
                await repository.change(connection, job_id, state="failed", stage="failed", error=why)

    async def _find(self, job_id: int) -> Row[Any]:
        async with self._db.read() as connection:
            row = await repository.find(connection, job_id)
        if row is None:
            raise NotFound("there is no such import; it may be too old")
        return row

    def _has_room(self) -> None:
        if self._queue.qsize() >= MAX_WAITING:
            raise TooManyRequests(f"{MAX_WAITING} imports wait already; wait until one of them is done", retry_after=60)

    def _upload(self, job_id: int) -> Path:
        return self._folder / str(job_id)


def _options(fields: dict[str, str]) -> ImportOptions:
    """A form's fields; several audiences have commas between them."""
    given: dict[str, Any] = {name: value.strip() for name, value in fields.items() if value.strip()}
    if "audience" in given:
        given["audience"] = [one.strip() for one in given["audience"].split(",")]
    try:
        return ImportOptions.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidInput(f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from None


def _state(row: Row[Any]) -> str:
    is_silent = row.state == "running" and now() - row.changed_at > SILENT
    return "cut" if is_silent else str(row.state)


def _fields(row: Row[Any], counts: dict[str, int]) -> dict[str, Any]:
    state = _state(row)
    return {
        "id": row.id,
        "name": row.name,
        "state": state,
        "stage": row.stage,
        "done": row.done,
        "total": row.total,
        "saved": row.saved,
        "error": CUT if state == "cut" else row.error,
        "by": row.by_name,
        "created_at": row.created_at,
        "counts": ImportCounts(**counts),
    }


def _item(row: Row[Any]) -> ImportItem:
    names = ("position", "name", "title", "article_id", "locale", "action", "reason", "text")
    return ImportItem(**{name: getattr(row, name) for name in names}, saved=row.saved_at is not None)


def _move(scratch: Path, upload: Path) -> None:
    scratch.replace(upload)


def _tidy(folder: Path, kept: set[str]) -> None:
    """Uploads that nobody will read any more."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        if file.name not in kept:
            file.unlink(missing_ok=True)
