"""The API of whole folders, and of other systems that push articles one by one."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from app.auth import Staff
from app.deps import EditorDep, ServicesDep
from app.editor.folder.files import folder_file
from app.editor.folder.repository import Clash
from app.editor.folder.service import Exported, FolderFile, FolderService
from app.editor.publishing.records import recording
from app.editor.schemas import (
    ExportedFile,
    ExportedFolder,
    FolderConflict,
    KnowledgeFile,
    KnowledgeFolder,
    Outcome,
)
from app.errors import InvalidInput, NotFound, Unavailable
from ingest.article import Article, read_files
from ingest.errors import IngestError, InvalidArticles
from ingest.golden import FILE, parse_golden
from ingest.pipeline import Published, Publisher, Terms
from ingest.topics import Topics, parse_topics

log = structlog.get_logger()
router = APIRouter(prefix="/v1/knowledge", tags=["editor"])


@router.put("/articles")
async def put_article(file: KnowledgeFile, editor: EditorDep, parts: ServicesDep) -> Outcome:
    """Add one article to what is live, or replace the one with its id and language. Idempotent: the same text sent
    again changes nothing and says ``switched: false``. It passes no gate; ``POST /v1/editor/publish`` does."""
    try:
        (article,) = await asyncio.to_thread(read_files, [(file.path, _bytes(file))])
    except InvalidArticles as error:
        raise _invalid(error) from None
    terms = Terms({article.key: file.text}, recording(editor, "push", file.path))
    return await _change(parts.publisher, [article], [], terms)


@router.delete("/articles/{article_id}")
async def delete_article(
    article_id: str, editor: EditorDep, parts: ServicesDep, locale: Annotated[str | None, Query()] = None
) -> Outcome:
    """Take one article from what is live, in one language or, without ``locale``, in all of them. Idempotent: sent
    again it is a 404, which says that the article is not live."""
    live = await asyncio.to_thread(parts.publisher.live_revisions)
    keys = [stored.key for stored in live if stored.article_id == article_id and locale in (None, stored.locale)]
    if not keys:
        raise NotFound(f"no article `{article_id}` is live{f' in {locale}' if locale else ''}; check its id")
    return await _change(parts.publisher, [], keys, Terms({}, recording(editor, "push", f"{article_id} removed")))


async def _change(
    publisher: Publisher, changed: list[Article], removed: list[tuple[str, str]], terms: Terms
) -> Outcome:
    try:
        published = await asyncio.to_thread(publisher.publish_change, changed, removed, terms=terms)
    except IngestError as error:
        raise Unavailable(str(error)) from error
    return _outcome(published)


def _outcome(published: Published, conflicts: list[Clash] | None = None) -> Outcome:
    return Outcome(
        counts=published.counts,
        embedded=published.embedded,
        switched=published.switched,
        kb_version=published.publication.kb_version,
        conflicts=_shown(conflicts or []),
    )


def _shown(conflicts: list[Clash]) -> list[FolderConflict]:
    return [FolderConflict(article_id=one.key[0], locale=one.key[1], path=one.path, kind=one.kind) for one in conflicts]


def _invalid(error: InvalidArticles) -> InvalidInput:
    return InvalidInput(str(error), problems=[str(problem) for problem in error.problems])


@router.get("/export")
async def export(editor: EditorDep, parts: ServicesDep) -> ExportedFolder:
    """Every live article as the file that it was written in, to the byte."""
    files = await asyncio.to_thread(FolderService(parts.publisher).files)
    return ExportedFolder(
        files=[
            ExportedFile(
                path=one.path,
                text=one.text,
                article_id=one.key[0],
                locale=one.key[1],
                content_hash=one.content_hash,
            )
            for one in files
        ]
    )


@router.post("/exported", status_code=204)
async def exported(folder: ExportedFolder, root: str, editor: EditorDep, parts: ServicesDep) -> None:
    """Say that these files were written to the folder ``root``: an import from there knows them."""
    files = [Exported((one.article_id, one.locale), one.path, "", one.content_hash) for one in folder.files]
    await asyncio.to_thread(FolderService(parts.publisher).wrote, root, files)


@router.post("/ingest", response_class=StreamingResponse)
async def ingest(folder: KnowledgeFolder, editor: EditorDep, parts: ServicesDep) -> StreamingResponse:
    """Publish a folder. JSON lines: progress, then ``{"published": ...}`` or ``{"error": ...}``. Idempotent. A file
    that did not change since its last import never overwrites a newer text from the console; what was changed on both
    sides is among ``conflicts`` and stays as it is live."""
    try:
        files = await asyncio.to_thread(_read, folder)
        topics = parse_topics(folder.topics, folder.topics_path) if folder.topics is not None else Topics()
        golden = parse_golden(folder.golden or "", FILE)
    except InvalidArticles as error:
        raise _invalid(error) from None
    if not folder.dry_run and await asyncio.to_thread(parts.calibration.replace_golden, golden):
        parts.calibration.again()
    lines = _publish(FolderService(parts.publisher), editor, folder, files, topics)
    return StreamingResponse(lines, media_type="application/x-ndjson")


def _read(folder: KnowledgeFolder) -> list[FolderFile]:
    articles = read_files((file.path, _bytes(file)) for file in folder.files)
    return [
        folder_file(folder.root, file.path, file.text, article)
        for file, article in zip(folder.files, articles, strict=True)
    ]


def _bytes(file: KnowledgeFile) -> bytes:
    return file.text.encode("utf-8", "surrogatepass")


async def _publish(
    service: FolderService, who: Staff, folder: KnowledgeFolder, files: list[FolderFile], topics: Topics
) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    def progress(stage: str, done: int, total: int) -> None:
        loop.call_soon_threadsafe(lines.put_nowait, {"stage": stage, "done": done, "total": total})

    def run() -> None:
        try:
            if folder.dry_run:
                would = service.preview(folder.place, files)
                conflicts = [one.model_dump() for one in _shown(would.conflicts)]
                result: dict[str, Any] = {"counts": would.counts, "embedded": 0, "switched": False}
                result["conflicts"] = conflicts
            else:
                done = service.take_in(who, folder.place, files, topics, progress)
                assert done.published is not None
                result = _outcome(done.published, done.conflicts).model_dump()
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
