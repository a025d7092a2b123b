"""The editor's API, first part: publish articles through the process that owns the index."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from app.deps import EditorDep, ServicesDep
from app.errors import InvalidInput, NotFound, Unavailable
from ingest.article import MAX_BYTES, Article, read_files
from ingest.errors import IngestError, InvalidArticles
from ingest.golden import FILE, parse_golden
from ingest.pipeline import Published, Publisher
from ingest.topics import Topics, parse_topics

log = structlog.get_logger()
router = APIRouter(prefix="/v1/knowledge", tags=["editor"])
MAX_FILES = 50_000


class KnowledgeFile(BaseModel):
    """One file of a knowledge folder; ``path`` is only named in errors."""

    model_config = ConfigDict(extra="forbid")

    path: Annotated[str, Field(max_length=1_000)]
    text: Annotated[str, Field(max_length=MAX_BYTES)]


class KnowledgeFolder(BaseModel):
    """A whole folder: what is not in it is removed."""

    model_config = ConfigDict(extra="forbid")

    files: Annotated[list[KnowledgeFile], Field(max_length=MAX_FILES)]
    topics: Annotated[str, Field(max_length=MAX_BYTES)] | None = None
    golden: Annotated[str, Field(max_length=MAX_BYTES)] | None = None
    topics_path: Annotated[str, Field(max_length=1_000)] = "topics.toml"
    dry_run: bool = False


class Outcome(BaseModel):
    """What a publish did. ``switched`` is false when all of it was live already."""

    counts: dict[str, int]
    embedded: int
    switched: bool
    kb_version: str


@router.put("/articles")
async def put_article(file: KnowledgeFile, editor: EditorDep, parts: ServicesDep) -> Outcome:
    """Add one article to what is live, or replace the one with its id and language."""
    try:
        (article,) = await asyncio.to_thread(read_files, [(file.path, _bytes(file))])
    except InvalidArticles as error:
        raise _invalid(error) from None
    return await _change(parts.publisher, [article], [])


@router.delete("/articles/{article_id}")
async def delete_article(
    article_id: str, editor: EditorDep, parts: ServicesDep, locale: Annotated[str | None, Query()] = None
) -> Outcome:
    """Take one article from what is live, in one language or, without ``locale``, in all of them."""
    live = await asyncio.to_thread(parts.publisher.live_revisions)
    keys = [stored.key for stored in live if stored.article_id == article_id and locale in (None, stored.locale)]
    if not keys:
        raise NotFound(f"no article `{article_id}` is live{f' in {locale}' if locale else ''}; check its id")
    return await _change(parts.publisher, [], keys)


async def _change(publisher: Publisher, changed: list[Article], removed: list[tuple[str, str]]) -> Outcome:
    try:
        published = await asyncio.to_thread(publisher.publish_change, changed, removed)
    except IngestError as error:
        raise Unavailable(str(error)) from error
    return _outcome(published)


def _outcome(published: Published) -> Outcome:
    return Outcome(
        counts=published.counts,
        embedded=published.embedded,
        switched=published.switched,
        kb_version=published.publication.kb_version,
    )


def _invalid(error: InvalidArticles) -> InvalidInput:
    return InvalidInput(str(error), problems=[str(problem) for problem in error.problems])


@router.post("/ingest", response_class=StreamingResponse)
async def ingest(folder: KnowledgeFolder, editor: EditorDep, parts: ServicesDep) -> StreamingResponse:
    """Publish a folder. JSON lines: progress, then ``{"published": ...}`` or ``{"error": ...}``."""
    try:
        articles = await asyncio.to_thread(_read, folder)
        topics = parse_topics(folder.topics, folder.topics_path) if folder.topics is not None else Topics()
        golden = parse_golden(folder.golden or "", FILE)
    except InvalidArticles as error:
        raise _invalid(error) from None
    if not folder.dry_run and await asyncio.to_thread(parts.calibration.replace_golden, golden):
        parts.calibration.again()
    lines = _publish(parts.publisher, articles, topics, folder.dry_run)
    return StreamingResponse(lines, media_type="application/x-ndjson")


def _read(folder: KnowledgeFolder) -> list[Article]:
    return read_files((file.path, _bytes(file)) for file in folder.files)


def _bytes(file: KnowledgeFile) -> bytes:
    return file.text.encode("utf-8", "surrogatepass")


async def _publish(publisher: Publisher, articles: list[Article], topics: Topics, dry_run: bool) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    def progress(stage: str, done: int, total: int) -> None:
        loop.call_soon_threadsafe(lines.put_nowait, {"stage": stage, "done": done, "total": total})

    def run() -> None:
        try:
            if dry_run:
                result = {"counts": publisher.diff(articles).counts(), "embedded": 0, "switched": False}
            else:
                result = _outcome(publisher.publish(articles, topics, progress)).model_dump()
            last: dict[str, Any] = {"published": result}
        except IngestError as error:
            last = {"error": str(error)}
        except Exception as error:  # the caller waits for a last line, whatever happened
            log.error("publish.failed", error=type(error).__name__, exc_info=error)
            last = {"error": f"publishing failed ({type(error).__name__}); nothing was changed, see the server's log"}
        loop.call_soon_threadsafe(lines.put_nowait, last)
        loop.call_soon_threadsafe(lines.put_nowait, None)

    task = asyncio.create_task(asyncio.to_thread(run))
    while (line := await lines.get()) is not None:
        yield json.dumps(line) + "\n"
    await task
