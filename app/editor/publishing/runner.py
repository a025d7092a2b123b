"""Runner: carries out publishing's jobs one after another, when they are due, and tells who waits for publications."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from typing import Any, Protocol

import structlog
from sqlalchemy import Connection, Row
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.background import in_thread, stopped
from app.db import Database
from app.editor.keys import Key
from app.editor.publishing import repository
from app.editor.publishing.jobs import JobQueue, LeasedJob, LeaseLost, finish_within
from app.editor.publishing.records import record, spend_drafts
from app.errors import BatonError
from ingest.article import Article, parse
from ingest.builder import Progress
from ingest.errors import IngestError, Outdated
from ingest.pipeline import Published, Publisher, Terms
from ingest.store import Publication
from ingest.version import Version

log = structlog.get_logger()
LOOK_SECONDS = 0.5
"""How late a scheduled publication may begin, and another process's go on being served here."""
LEASE_SECONDS = 30.0
TELL_SECONDS = 0.3
"""Progress is written at most this often."""
MAX_ANNOUNCED = 20
RETRIES = 5

Announce = Callable[[AsyncConnection, Row[Any]], Awaitable[None]]
"""Told of each publication once, within the transaction that notes that it was. The row has id, kb_version,
created_at, summary, kind, by_name and note."""


class Report(Protocol):
    """What the gate found."""

    @property
    def blocked(self) -> bool:
        """Whether something that was answered well is not any more."""
        ...

    def model_dump(self, *, mode: str) -> dict[str, Any]:
        """As JSON."""
        ...


class Edit(Protocol):
    """An edit that the gate looked at, upon the version ``base``."""

    @property
    def base(self) -> Version:
        """What is live."""
        ...


class Gate(Protocol):
    """Looks at what an edit would make of what is live; the edit is published before the block ends."""

    def __call__(
        self, changed: Sequence[Article], removed: Collection[Key], progress: Progress
    ) -> AbstractContextManager[tuple[Edit, Report]]:
        """Raises IngestError when it cannot look."""
        ...


class Blocked(BatonError):
    """The gate found a regression, and nobody took it upon themselves."""

    def __init__(self, report: dict[str, Any]) -> None:
        super().__init__("answers that were good would go wrong; look at the gate's report")
        self.report = report


class Runner:
    """Of one process. Many may run: each job is carried out once."""

    def __init__(self, db: Database, publisher: Publisher, gate: Gate | None, announce: Sequence[Announce]) -> None:
        self._db, self._publisher, self._gate, self._announce = db, publisher, gate, announce
        self._queue = JobQueue(publisher.store.engine)
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._under_way: asyncio.Task[None] | None = None

    async def start(self, alone: bool) -> None:
        """Carry out jobs until stopped. ``alone``: no other process does, so that what runs by the rows runs not."""
        await in_thread(self._queue.requeue, alone)
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop looking. A job under way ends first, unless the process is killed: then it is begun again."""
        await stopped(self._task)
        if self._under_way is not None:
            await self._under_way

    def wake(self) -> None:
        """There is something to do."""
        self._woken.set()

    async def _run(self) -> None:
        while True:
            try:
                while await self._one():
                    pass
                await in_thread(self._publisher.follow)
                await self._tell()
            except (SQLAlchemyError, OSError, IngestError) as error:
                log.warning("publishing.failed", error=type(error).__name__, detail=str(error)[:500])
            except Exception as error:
                log.error("publishing.failed", error=type(error).__name__, exc_info=error)
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._woken.wait()
            self._woken.clear()

    async def _one(self) -> bool:
        await in_thread(self._queue.requeue, False)
        job = await in_thread(self._queue.take, uuid.uuid4().hex, LEASE_SECONDS)
        if job is None:
            return False
        # A thread cannot be cancelled: the job goes on to its end, and whoever stops waits for it.
        self._under_way = asyncio.create_task(self._held(job))
        await asyncio.shield(self._under_way)
        await self._tell()
        return True

    async def _held(self, job: LeasedJob) -> None:
        holding = asyncio.create_task(self._hold(job))
        try:
            await asyncio.to_thread(self._carry_out, job)
        finally:
            await stopped(holding)

    async def _hold(self, job: LeasedJob) -> None:
        while True:
            await asyncio.sleep(LEASE_SECONDS / 3)
            with suppress(SQLAlchemyError):
                await in_thread(self._queue.renew, job, LEASE_SECONDS)

    async def _tell(self) -> None:
        async with self._db.read() as connection:
            rows = await repository.unannounced(connection, MAX_ANNOUNCED)
        for row in rows:
            async with self._db.write() as connection:
                if await repository.announce(connection, row.id):
                    for announce in self._announce:
                        await announce(connection, row)

    def _carry_out(self, job: LeasedJob) -> None:
        try:
            self._publish(job)
        except Blocked as error:
            self._queue.end(job, "blocked", str(error), error.report)
        except LeaseLost as error:
            log.warning("publishing.lease_lost", job=job.id, detail=str(error))
        except (IngestError, BatonError) as error:
            self._queue.end(job, "failed", str(error))
        except Exception as error:  # who asked for it is told, whatever happened
            log.error("publishing.failed", job=job.id, error=type(error).__name__, exc_info=error)
            said = f"publishing failed ({type(error).__name__}); nothing was changed, see the server's log"
            self._queue.end(job, "failed", said)

    def _publish(self, job: LeasedJob) -> None:
        for attempt in range(RETRIES):
            try:
                published = self._attempt(job)
                break
            except Outdated:
                if attempt + 1 == RETRIES:
                    raise
        if not published.switched:
            drafts = job.request.get("drafts", [])
            self._queue.finish(job, published.publication.id, lambda c: spend_drafts(c, job.who, drafts))

    def _attempt(self, job: LeasedJob) -> Published:
        """Raises Outdated when something else was published meanwhile."""
        progress = self._progress(job)
        if job.kind == "rollback":
            return self._publisher.restore(job.request["publication"], progress, self._terms(job, {}, None))
        self._publisher.follow()
        base = self._publisher.store.live()
        drafts: list[dict[str, Any]] = job.request.get("drafts", [])
        articles = [_article(one) for one in drafts]
        self._still_live(job, base)
        sources = {article.key: one["text"] for article, one in zip(articles, drafts, strict=True)}
        removals = [(one["article_id"], one["locale"]) for one in job.request.get("removals", [])]
        if self._gate is None or base is None:
            terms = self._terms(job, sources, None)
            return self._publisher.publish_change(articles, removals, progress, base, terms)
        with self._gate(articles, removals, progress) as (edit, found):
            if edit.base.publication != base:
                raise Outdated("something else was published meanwhile; publish again")
            report = found.model_dump(mode="json")
            if found.blocked and job.override_reason is None:
                raise Blocked(report)
            terms = self._terms(job, sources, report)
            return self._publisher.publish_change(articles, removals, progress, base, terms)

    def _terms(self, job: LeasedJob, sources: Mapping[Key, str], report: dict[str, Any] | None) -> Terms:
        """The job ends, its publication is signed and its drafts are spent in the transaction that switches."""

        def also(connection: Connection, publication_id: int) -> None:
            finish_within(connection, job, publication_id, report)
            reason = job.override_reason if report and report.get("blocked") else None
            record(connection, job.who, publication_id, job.kind, job.note, job.id, report, reason)
            spend_drafts(connection, job.who, job.request.get("drafts", []))

        return Terms(sources, also)

    def _still_live(self, job: LeasedJob, base: Publication | None) -> None:
        """Raises BatonError when an article is not any more what the draft began from: an import, another draft or a
        rollback came between."""
        stored = self._publisher.store.revisions(base.id) if base else []
        live = {revision.key: revision.number for revision in stored}
        for one in job.request.get("drafts", []):
            key = one["published_id"], one["published_locale"]
            if live.get(key) != one["base_revision"]:
                raise BatonError(
                    f"`{key[0]}` ({key[1]}) was changed since this was asked for; look at the difference, save the "
                    "draft again and publish it"
                )

    def _progress(self, job: LeasedJob) -> Progress:
        told = ("", 0.0)

        def progress(stage: str, done: int, total: int) -> None:
            nonlocal told
            moment = time.monotonic()
            if stage != told[0] or done == total or moment - told[1] > TELL_SECONDS:
                told = (stage, moment)
                self._queue.progress(job, stage, done, total)

        return progress


def _article(one: dict[str, Any]) -> Article:
    return parse(one["text"], one["article_id"])
