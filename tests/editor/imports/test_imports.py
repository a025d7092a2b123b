"""An import is shown before anything is saved, saved once, and a second one updates what the first one brought."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.auth import Staff
from app.db import Database
from app.editor.imports.schemas import ImportShown, ImportSitemap
from app.editor.imports.service import CUT, ImportService
from app.errors import Conflict, InvalidInput, NotFound, TooLarge, TooManyRequests
from app.knowledge import build_publisher
from app.settings import Settings
from ingest.article import parse
from tests.editor.imports.drafts import WatchedDrafts
from tests.editor.imports.files import article, page, zipped
from tests.support.backends import postgres_schema

EDITOR = Staff(7, "ed@example.com", "Ed", "editor")
BOUNDARY = "----baton"
PIECE = 1_000


async def form(content: bytes, name: str = "kb.zip", **fields: str) -> AsyncIterator[bytes]:
    """A form as a browser sends it, in small pieces."""
    parts = [
        f'--{BOUNDARY}\r\ncontent-disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--{BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    whole = head + content + b"\r\n" + b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
    for start in range(0, len(whole), PIECE):
        yield whole[start : start + PIECE]


TYPE = f"multipart/form-data; boundary={BOUNDARY}"


async def until_async(look: Callable[[], Awaitable[Any]], seconds: float, what: str) -> Any:
    """What ``look`` gives once it gives something."""
    end = time.monotonic() + seconds
    while not (found := await look()):
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        await asyncio.sleep(0.02)
    return found


class Desk:
    """An import service over a fresh database, and its drafts."""

    def __init__(self, folder: Path, url: str) -> None:
        self.settings = Settings(data_dir=folder, database_url=url, import_hosts="help.example.com, 10.1.0.0/16")
        self.publisher = build_publisher(self.settings)
        self.db = Database(self.settings.sql_url)
        self.drafts = WatchedDrafts(self.db)
        self.service = self.made()

    def made(self) -> ImportService:
        """Another service on the same data: the server after its restart."""
        return ImportService(self.settings, self.db, self.publisher, self.drafts)

    async def send(self, path: Path, **fields: str) -> int:
        return await self.service.add_upload(EDITOR, form(path.read_bytes(), path.name, **fields), TYPE)

    async def done(self, job_id: int) -> ImportShown:
        async def look() -> ImportShown | None:
            shown = await self.service.show(job_id, -1, 1_000, None)
            return shown if shown.state not in ("queued", "running") else None

        shown: ImportShown = await until_async(look, 60.0, f"the end of import {job_id}")
        return shown

    async def read(self, path: Path, **fields: str) -> ImportShown:
        return await self.done(await self.send(path, **fields))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "sqlite":
        yield ""
        return
    with postgres_schema() as made:
        yield made


@pytest.fixture
async def desk(url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    made = Desk(tmp_path / "data", url)
    await made.service.start()
    try:
        yield made
    finally:
        await made.service.stop()
        await made.db.close()
        made.publisher.close()


def actions(shown: ImportShown) -> dict[str, str]:
    return {item.name: item.action for item in shown.items}


async def test_nothing_is_saved_before_it_is_accepted_and_then_it_is(desk: Desk, tmp_path: Path) -> None:
    path = zipped({"returns.html": page("Returns", "<p>Free.</p>"), "x.exe": "MZ"}, tmp_path / "kb.zip")
    shown = await desk.read(path, audience="seller", topic="returns", locale="es")
    assert (shown.state, shown.done, shown.total, shown.by) == ("done", 2, 2, "Ed")
    assert (shown.counts.add, shown.counts.refused) == (1, 1)
    assert desk.drafts.kept == {}
    saved = await desk.service.accept(EDITOR, shown.id, None)
    assert (saved.saved, saved.problems) == (1, [])
    assert desk.drafts.made == [("returns", "Ed", "import")]
    assert "audience: [seller]\nlocale: es\ntopic: returns" in desk.drafts.kept["returns", "es"]
    assert (await desk.service.accept(EDITOR, shown.id, None)).saved == 0
    assert len(desk.drafts.made) == 1


async def test_a_second_import_updates_and_does_not_double(desk: Desk, tmp_path: Path) -> None:
    pages = {f"p{number}.html": page(f"Page {number}", f"<p>Text {number}.</p>") for number in range(3)}
    first = await desk.read(zipped({f"kb-1/{name}": text for name, text in pages.items()}, tmp_path / "1.zip"))
    await desk.service.accept(EDITOR, first.id, None)
    pages["p1.html"] = page("Page one, renamed", "<p>Another text.</p>")
    pages["p3.html"] = page("Page 3", "<p>New.</p>")
    second = await desk.read(zipped({f"kb-2/{name}": text for name, text in pages.items()}, tmp_path / "2.zip"))
    assert actions(second) == {"p0.html": "same", "p1.html": "update", "p2.html": "same", "p3.html": "add"}
    assert (await desk.service.accept(EDITOR, second.id, None)).saved == 2
    assert sorted(key for key, _ in desk.drafts.kept) == ["p0", "p1", "p2", "p3"]
    assert "Another text." in desk.drafts.kept["p1", "en"]


async def test_an_article_that_was_written_here_is_not_overwritten_by_a_page_of_that_name(
    desk: Desk, tmp_path: Path
) -> None:
    await desk.drafts.save_new(article("returns", "Ours", "Ours."), EDITOR, "console")
    shown = await desk.read(zipped({"returns.html": page("Theirs", "<p>Theirs.</p>")}, tmp_path / "kb.zip"))
    await desk.service.accept(EDITOR, shown.id, None)
    assert "Ours." in desk.drafts.kept["returns", "en"]
    (other,) = desk.drafts.kept.keys() - {("returns", "en")}
    assert other[0].startswith("returns-")
    again = await desk.read(zipped({"returns.html": page("Theirs", "<p>Newer.</p>")}, tmp_path / "kb.zip"))
    assert [(item.action, item.article_id) for item in again.items] == [("update", other[0])]


async def test_what_was_not_changed_at_its_source_leaves_an_editors_work_alone(desk: Desk, tmp_path: Path) -> None:
    path = zipped({"returns.html": page("Returns", "<p>Free.</p>")}, tmp_path / "kb.zip")
    await desk.service.accept(EDITOR, (await desk.read(path)).id, None)
    await desk.drafts.save_new(article("returns", "Returns", "Edited here."), EDITOR, "console")
    assert actions(await desk.read(path)) == {"returns.html": "same"}
    await desk.drafts.discard(EDITOR, ("returns", "en"))  # it is new again
    assert actions(await desk.read(path)) == {"returns.html": "add"}


async def test_an_update_keeps_what_only_editors_know(desk: Desk, tmp_path: Path) -> None:
    table = tmp_path / "faq.csv"
    table.write_text("question,answer\nHow long?,Three days.\n")
    await desk.service.accept(EDITOR, (await desk.read(table, audience="seller")).id, None)
    kept = desk.drafts.kept["how-long", "en"].replace(
        "topic: general", "topic: delivery\nowner: logistics\nreviewed: 2026-10-01"
    )
    kept = kept.replace("---\n\n", "questions:\n  - when does it come\n---\n\n")
    await desk.drafts.save_new(kept, EDITOR, "console")
    assert actions(await desk.read(table)) == {"faq.csv#how-long": "same"}  # the audience was chosen, not said
    table.write_text("question,answer\nHow long?,Two days.\nhow many days,Two days.\n")
    (item,) = (await desk.read(table)).items
    got = parse(item.text, "item")
    assert (item.action, got.body, got.audience, got.topic) == ("update", "Two days.", ("seller",), "delivery")
    assert (got.owner, str(got.reviewed)) == ("logistics", "2026-10-01")
    assert got.questions == ("how many days", "when does it come")


async def test_only_what_was_chosen_is_saved(desk: Desk, tmp_path: Path) -> None:
    path = zipped({f"{name}.md": article(name, name, "Text.") for name in "abc"}, tmp_path / "kb.zip")
    shown = await desk.read(path)
    assert (await desk.service.accept(EDITOR, shown.id, ["b.md"])).saved == 1
    assert set(desk.drafts.kept) == {("b", "en")}
    with pytest.raises(InvalidInput, match=r"has no `x\.md`"):
        await desk.service.accept(EDITOR, shown.id, ["x.md"])
    assert (await desk.service.accept(EDITOR, shown.id, None)).saved == 2


async def test_one_id_in_two_files_is_refused_by_name(desk: Desk, tmp_path: Path) -> None:
    files = {"a.md": article("same", "A", "A."), "b.md": article("same", "B", "B."), "c.md": article("c", "C", "C.")}
    shown = await desk.read(zipped(files, tmp_path / "kb.zip"))
    assert actions(shown) == {"a.md": "add", "b.md": "refused", "c.md": "add"}
    assert shown.items[1].reason == "`same` (en) is also in a.md; an id names one article"


async def test_a_draft_that_cannot_be_saved_is_named_and_saved_the_next_time(desk: Desk, tmp_path: Path) -> None:
    shown = await desk.read(zipped({f"{name}.md": article(name, name, "T.") for name in "ab"}, tmp_path / "kb.zip"))
    desk.drafts.refuses = {"a"}
    saved = await desk.service.accept(EDITOR, shown.id, None)
    assert (saved.saved, saved.problems) == (1, ["a.md: somebody is at it"])
    desk.drafts.refuses = set()
    assert (await desk.service.accept(EDITOR, shown.id, None)).saved == 1


async def test_an_import_that_a_restart_cut_says_so_and_is_repeated(desk: Desk, tmp_path: Path) -> None:
    path = zipped({f"{number}.md": article(f"a{number}", "T", "Text.") for number in range(3_000)}, tmp_path / "kb.zip")
    job_id = await desk.send(path)

    async def begun() -> bool:
        return (await desk.service.show(job_id, -1, 0, None)).done > 0

    await until_async(begun, 30.0, "the first articles")
    waiting = await desk.send(zipped({"w.md": article("w", "W", "W.")}, tmp_path / "w.zip"))
    await desk.service.stop()
    assert (await desk.service.show(job_id, -1, 0, None)).state == "running"
    desk.service = desk.made()
    await desk.service.start()
    shown = await desk.service.show(job_id, -1, 10, None)
    assert (shown.state, shown.error, shown.items, desk.drafts.kept) == ("cut", CUT, [], {})
    with pytest.raises(Conflict, match="is cut"):
        await desk.service.accept(EDITOR, job_id, None)
    assert (await desk.done(waiting)).counts.add == 1
    await desk.service.repeat(EDITOR, job_id)
    assert (await desk.done(job_id)).counts.add == 3_000
    with pytest.raises(Conflict, match="cut or failed"):
        await desk.service.repeat(EDITOR, job_id)


async def test_uploads_are_deleted_when_they_are_read(desk: Desk, tmp_path: Path) -> None:
    await desk.read(zipped({"a.md": article("a", "A", "A.")}, tmp_path / "kb.zip"))
    assert list((desk.settings.data_dir / "imports").iterdir()) == []


async def test_what_is_no_archive_fails_with_its_reason(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "no.zip"
    path.write_bytes(b"no zip at all")
    shown = await desk.read(path)
    assert (shown.state, shown.items) == ("failed", [])
    assert "no zip that can be opened" in (shown.error or "")
    await desk.service.discard(EDITOR, shown.id)
    with pytest.raises(NotFound):
        await desk.service.show(shown.id, -1, 0, None)


async def test_an_upload_that_is_too_large_or_broken_leaves_no_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.editor.imports.upload.MAX_UPLOAD", 10_000)
    with pytest.raises(TooLarge, match="10,000 bytes"):
        await desk.service.add_upload(EDITOR, form(b"x" * 10_001), TYPE)

    async def broken() -> AsyncIterator[bytes]:
        yield b"this is no form"

    with pytest.raises(InvalidInput, match="broke off"):
        await desk.service.add_upload(EDITOR, broken(), TYPE)
    with pytest.raises(InvalidInput, match="audience"):
        await desk.service.add_upload(EDITOR, form(b"x", audience="agent"), TYPE)
    assert list((desk.settings.data_dir / "imports").iterdir()) == []


async def test_only_so_many_wait(desk: Desk, tmp_path: Path) -> None:
    await desk.service.stop()
    path = zipped({"a.md": article("a", "A", "A.")}, tmp_path / "kb.zip")
    for _ in range(5):
        await desk.send(path)
    with pytest.raises(TooManyRequests):
        await desk.send(path)
    await desk.service.start()


async def test_a_folder_of_the_name_does_no_harm(desk: Desk, tmp_path: Path) -> None:
    path = zipped({"a.md": article("a", "A", "A.")}, tmp_path / "kb.zip")
    job_id = await desk.service.add_upload(EDITOR, form(path.read_bytes(), "..\\..\\etc/kb.zip"), TYPE)
    shown = await desk.done(job_id)
    assert (shown.name, shown.counts.add) == ("kb.zip", 1)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://elsewhere.example/sitemap.xml", "IMPORT_HOSTS does not allow"),
        ("http://169.254.169.254/latest", "IMPORT_HOSTS does not allow"),
        ("http://10.2.0.1/sitemap.xml", "IMPORT_HOSTS does not allow"),
        ("file:///etc/passwd", "no http or https"),
        ("https://me:secret@help.example.com/", "no http or https"),
        ("https://help.example.com:99999/", "no address"),
    ],
)
async def test_a_sitemap_of_another_site_is_refused_at_once(desk: Desk, address: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        await desk.service.add_sitemap(EDITOR, ImportSitemap(sitemap=address))
    assert await desk.service.jobs() == []
