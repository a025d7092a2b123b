"""``baton ingest`` in this process, when no server holds the index."""

from collections.abc import Sequence
from pathlib import Path

from app.answer.answerer import Answerer
from app.answer.retriever import Retriever
from app.auth import COMMAND_LINE
from app.calibration.service import CalibrationService
from app.commands.ingest import Live, Report
from app.editor.folder.files import read
from app.editor.folder.repository import Clash
from app.editor.folder.service import FolderService
from app.knowledge import build_publisher
from app.llm import LaterModel
from app.settings import Settings
from ingest.golden import GoldenRow, read_golden
from ingest.pipeline import Publisher
from ingest.topics import read_topics


def publish(settings: Settings, folder: Path, dry_run: bool, report: Report, live: Live) -> dict[str, object]:
    """What the server says of the same, told to ``live`` as soon as it is."""
    files, topics, golden = read(folder), read_topics(folder), read_golden(folder)
    publisher = build_publisher(settings)
    service, root = FolderService(publisher), str(folder.absolute())
    if dry_run:
        would = service.preview(root, files)
        result: dict[str, object] = {"counts": would.counts, "embedded": 0, "conflicts": shown(would.conflicts)}
        live(result)
        return result
    publisher.open_live(report)
    done = service.take_in(COMMAND_LINE, root, files, topics, report)
    published = done.published
    assert published is not None
    result = {
        "counts": published.counts,
        "embedded": published.embedded,
        "kb_version": published.publication.kb_version,
        "conflicts": shown(done.conflicts),
    }
    live(result)
    print(calibrated(settings, publisher, golden, report))
    publisher.close()
    return result


def shown(conflicts: Sequence[Clash]) -> list[dict[str, str]]:
    """Conflicts as the server says them."""
    return [{"article_id": c.key[0], "locale": c.key[1], "path": c.path, "kind": c.kind} for c in conflicts]


def calibrated(settings: Settings, publisher: Publisher, golden: list[GoldenRow], report: Report) -> str:
    """Give what is live its calibration, unless the same golden questions made it one; what is promised now."""
    if publisher.shelf.live is None:
        publisher.open_live(report)
    service = CalibrationService(settings, publisher, Answerer(settings, Retriever(publisher), LaterModel(settings)))
    changed = service.replace_golden(golden)
    if changed or not service.load():
        service.calibrate(report)
    return service.report().why
