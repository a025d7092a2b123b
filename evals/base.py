"""Knowledge bases for the evals: real ones, in a folder that keeps embeddings for the next run."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.answer.answerer import Answerer
from app.answer.retriever import Retriever
from app.knowledge import build_publisher
from app.llm import LaterModel
from app.owner import OwnerLock
from app.settings import Settings
from ingest.article import Article
from ingest.pipeline import Publisher
from ingest.topics import Topics

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
        publisher.shelf.close()
        lock.release()


def answerer_over(settings: Settings, publisher: Publisher, articles: Sequence[Article], topics: Topics) -> Answerer:
    """An answerer over exactly these articles, without a model."""
    publisher.publish(articles, topics)
    if publisher.shelf.live is None:
        publisher.open_live()
    return Answerer(settings, Retriever(publisher), LaterModel(settings))
