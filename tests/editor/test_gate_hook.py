"""The gate's place in publishing: it looks before anything is live, blocks, and is overridden for a reason."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from app.auth import Staff
from app.db import Database
from app.editor.drafts.service import DraftService
from app.editor.keys import Key
from app.editor.publishing.runner import Gate, Runner
from app.editor.publishing.schemas import DraftVersion, Job, Override, Publish
from app.editor.publishing.service import PublishService
from app.knowledge import build_publisher
from app.settings import Settings
from ingest.article import Article
from ingest.builder import Progress
from ingest.errors import IndexBroken
from ingest.pipeline import Publisher
from ingest.topics import Topics
from ingest.version import Version
from tests.ingest.article_factory import faq
from tests.support.console import text_of

EDITH = Staff(1, "edith@baton.test", "edith", "editor")
ROOT = Staff(2, "root@baton.test", "root", "admin")


@dataclass
class Found:
    """A report."""

    blocked: bool

    def model_dump(self, *, mode: str) -> dict[str, Any]:
        """As JSON."""
        return {"blocked": self.blocked, "mode": mode}


@dataclass
class Looked:
    """An edit upon a version."""

    base: Version


class Stern:
    """A gate that blocks every text with a certain word."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        self.looked: list[tuple[list[str], list[Key]]] = []

    @contextmanager
    def __call__(
        self, changed: Sequence[Article], removed: Collection[Key], progress: Progress
    ) -> Iterator[tuple[Looked, Found]]:
        """Blocks ``wrong``."""
        progress("answer", 1, 2)
        self.looked.append(([article.id for article in changed], sorted(removed)))
        with self._publisher.shelf.reading() as base:
            assert base is not None
            yield Looked(base), Found(any("wrong" in article.body for article in changed))


@dataclass
class Stage:
    """Publishing in one process, with a gate and somebody who waits for publications."""

    drafts: DraftService
    publishing: PublishService
    publisher: Publisher
    gate: Stern
    told: list[tuple[int, str]]

    async def publish(self, who: Staff, body: str, override: str | None = None) -> Job:
        """Save and publish one article, to the end of the job."""
        key = ("pier", "en")
        texts = [save.version for save in await self.drafts.saves(key, None) if save.kind == "saved"]
        published = [save for save in await self.drafts.saves(key, None) if save.kind == "published"]
        begun = 0 if published or not texts else texts[0]
        draft = await self.drafts.save(who, key, text_of("pier", body), begun, rebase=bool(begun))
        chosen = DraftVersion(article_id="pier", locale="en", version=draft.version)
        given = Publish(drafts=[chosen], override=Override(reason=override) if override else None)
        job = await self.publishing.ask(who, given)
        async with asyncio.timeout(60):
            while (job := await self.publishing.job(job.id)).state in ("queued", "running"):
                await asyncio.sleep(0.05)
        return job


@asynccontextmanager
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Everything, running."""
    settings = Settings(data_dir=tmp_path)
    publisher = build_publisher(settings)
    publisher.publish([faq("mill", "The mill stands by the river.")], Topics())
    db = Database(settings.sql_url)
    told: list[tuple[int, str]] = []

    async def tell(connection: AsyncConnection, row: Row[Any]) -> None:
        told.append((row.id, row.kind))

    gate = Stern(publisher)
    runner = Runner(db, publisher, gate, [tell])
    await runner.start(alone=True)
    try:
        yield Stage(DraftService(db), PublishService(db, publisher, runner, False), publisher, gate, told)
    finally:
        await runner.stop()
        await db.close()
        publisher.close()


async def test_what_the_gate_blocks_is_not_live(tmp_path: Path) -> None:
    """The job says so, with the report; the draft stays; an admin's reason takes it through and is kept."""
    async with stage(tmp_path) as on:
        before = on.publisher.store.live()
        job = await on.publish(EDITH, "All wrong.")
        assert (job.state, job.gate, job.publication) == ("blocked", {"blocked": True, "mode": "json"}, None)
        assert on.publisher.store.live() == before
        assert (await on.drafts.find(("pier", "en"))).text == text_of("pier", "All wrong.")
        assert on.gate.looked == [(["pier"], [])]
        job = await on.publish(ROOT, "All wrong.", "it is what the law says")
        assert job.state == "done"
        (record, *_) = await on.publishing.publications(None)
        assert (record.id, record.override_reason) == (job.publication, "it is what the law says")
        assert record.gate == {"blocked": True, "mode": "json"}


async def test_an_override_that_was_not_needed_is_not_kept(tmp_path: Path) -> None:
    """A reason stands only beside what it overrode; who waits is told of each publication once."""
    async with stage(tmp_path) as on:
        first = await on.publish(EDITH, "All right.")
        second = await on.publish(ROOT, "All right, again.", "just in case")
        assert (first.state, second.state) == ("done", "done")
        (record, *_) = await on.publishing.publications(None)
        assert (record.override_reason, record.gate) == (None, {"blocked": False, "mode": "json"})
        async with asyncio.timeout(10):
            while len(on.told) < 2:
                await asyncio.sleep(0.05)
        assert on.told == [(first.publication, "publish"), (second.publication, "publish")]


@pytest.mark.parametrize("kind", ["IngestError", "Exception"])
async def test_a_gate_that_fails_publishes_nothing(tmp_path: Path, kind: str) -> None:
    """The job fails with a sentence for its editor."""
    async with stage(tmp_path) as on:

        @contextmanager
        def broken(*_: object) -> Iterator[Any]:
            if kind == "IngestError":
                raise IndexBroken("the index is not what it was")
            raise RuntimeError("secret detail")
            yield

        on.publishing._runner._gate = cast(Gate, broken)
        before = on.publisher.store.live()
        job = await on.publish(EDITH, "Anything.")
        assert job.state == "failed"
        assert ("nothing was changed" in (job.error or "")) == (kind == "Exception")
        assert "secret" not in (job.error or "")
        assert on.publisher.store.live() == before
