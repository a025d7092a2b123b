"""Speed: ``python -m evals.edits.speed [SIZE]``: how long the gate takes over ordinary edits."""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.answer.answerer import Answerer
from app.answer.retriever import Retriever
from app.calibration.repository import CalibrationRepository
from app.editor.gate.service import GateService
from app.knowledge import build_publisher
from app.llm import LaterModel
from app.owner import OwnerLock
from app.settings import Settings
from evals.bench.articles import Asked, generate
from evals.edits.edit import added, faq, rewritten
from ingest.article import Article, read_files
from ingest.golden import GoldenRow
from ingest.pipeline import Publisher
from ingest.revisions import Key
from ingest.topics import Topics

SIZE = 2_000
GOLDEN = 400
FOLDER = Path(".reports") / "cache"


@dataclass(frozen=True)
class Timed:
    """One edit: seconds on the clock and of this process's CPU, and what was asked."""

    name: str
    seconds: float
    cpu: float
    considered: int
    checked: int
    unchecked: int
    regressions: int


def ordinary(articles: list[Article]) -> Iterator[tuple[str, list[Article], list[Key]]]:
    """What editors do all day, each to an article of its own."""
    a, b, c, d = (articles[number] for number in (17, 399, 801, 1_203))
    yield "a figure corrected", [rewritten(a, body=a.body.replace("1", "2"))], []
    yield "a typing error mended", [rewritten(b, body=b.body.replace("the ", "teh ", 1))], []
    yield "a sentence more", [added(c, "Ask for a receipt if you need one.")], []
    yield "a phrasing more", [rewritten(d, questions=(*d.questions, "and what about the receipt"))], []
    yield "a new article", [faq("museum", "Can I visit the museum?", ("buyer",), ("a guided tour",), "On Fridays.")], []
    yield "an article removed", [], [a.key]
    yield "ten articles changed", [added(one, "Ask for a receipt.") for one in articles[100:1_100:100]], []


def measure(publisher: Publisher, settings: Settings, articles: list[Article]) -> Iterator[Timed]:
    """The gate over every ordinary edit, in the order of :func:`ordinary`."""
    answerer = Answerer(settings, Retriever(publisher), LaterModel(settings))
    gate = GateService(settings, publisher, answerer, LaterModel(settings))
    for name, changed, removed in ordinary(articles):
        cpu, begun = time.process_time(), time.perf_counter()
        with gate.checked(changed, removed) as (_, report):
            seconds, used = time.perf_counter() - begun, time.process_time() - cpu
        asked = (report.considered, report.checked, report.unchecked, len(report.regressions))
        yield Timed(name, seconds, used, *asked)


def main(size: int, say: Callable[[str], None] = print) -> list[Timed]:
    """Publish a help centre of ``size`` articles, unless that was done, and time the gate."""
    centre = generate(size)
    articles = read_files((name, text.encode()) for name, text in sorted(centre.files.items()))
    folder = FOLDER / f"edits-{size}"
    settings = Settings(data_dir=folder, openai_api_key=None, openai_base_url=None, database_url="", chroma_url="")
    lock = OwnerLock(folder)
    lock.acquire()
    publisher = build_publisher(settings)
    try:
        publisher.publish(articles, Topics(), lambda stage, done, total: say(f"{stage} {done} of {total}"))
        if publisher.shelf.live is None:
            publisher.open_live()
        _golden(publisher, centre.questions[:GOLDEN])
        found = list(measure(publisher, settings, articles))
    finally:
        publisher.close()
        lock.release()
    for one in found:
        say(
            f"{one.name:24} {one.seconds:6.2f} s, {one.cpu:6.2f} s of CPU, {one.considered} considered, "
            f"{one.checked} checked, {one.unchecked} left, {one.regressions} regressions"
        )
    return found


def _golden(publisher: Publisher, asked: list[Asked]) -> None:
    rows = [
        GoldenRow(id=f"q{number}", text=one.text, relevant=frozenset([one.article_id]), audience=one.audience)
        for number, one in enumerate(asked)
    ]
    CalibrationRepository(publisher.store.engine).replace_golden(rows)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SIZE)
