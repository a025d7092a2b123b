"""Knowledge bases for the evals: real ones, in a folder that keeps embeddings for the next run."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.answer.answerer import Answerer
from app.answer.retriever import Retriever
from app.calibration.calibrate import levels_of
from app.calibration.prober import Prober
from app.calibration.probes import own_probes, shuffled
from app.calibration.service import CalibrationService
from app.knowledge import build_publisher
from app.llm import LaterModel
from app.owner import OwnerLock
from app.settings import Settings
from ingest.article import Article
from ingest.golden import GoldenRow
from ingest.pipeline import Publisher
from ingest.topics import Topics

MAX_LEVELS = 400
FOLDER = Path(".reports") / "evals"


@contextmanager
def eval_publisher() -> Iterator[tuple[Settings, Publisher]]:
    """A publisher over the evals' own data folder; one run at a time."""
    settings = Settings(data_dir=FOLDER, openai_api_key=None, openai_base_url=None, database_url="", chroma_url="")
    lock = OwnerLock(FOLDER)
    lock.acquire()
    publisher = build_publisher(settings)
    try:
        yield settings, publisher
    finally:
        publisher.close()
        lock.release()


def levels(settings: Settings, publisher: Publisher) -> dict[str, float]:
    """The levels of what is live, as its calibration would measure them."""
    live = publisher.shelf.live
    assert live is not None
    folder = settings.data_dir / "index" / live.kb_version
    prober = Prober(folder, publisher.store, live.publication.id, publisher.embedder.vector)
    titles = shuffled(own_probes(prober.collections, prober.texts), MAX_LEVELS)
    return levels_of([prober(title.without_article()) for title in titles])


def answerer_over(
    settings: Settings,
    publisher: Publisher,
    articles: Sequence[Article],
    topics: Topics,
    golden: Sequence[GoldenRow] | None = None,
) -> Answerer:
    """An answerer over exactly these articles, without a language model; calibrated, with these ``golden`` questions,
    unless they are None."""
    publisher.publish(articles, topics)
    if publisher.shelf.live is None:
        publisher.open_live()
    answerer = Answerer(settings, Retriever(publisher), LaterModel(settings))
    if golden is not None:
        service = CalibrationService(settings, publisher, answerer)
        service.replace_golden(golden)
        service.calibrate()
    return answerer
