"""The live articles that drafts are held against: our own help centre's, and other companies'."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from app.editor.checks.corpus import Corpus, Live
from app.editor.checks.service import ChecksService
from app.knowledge import open_publisher
from app.settings import Settings
from evals.datasets.bases import base_articles
from ingest.article import Article
from ingest.chunk import chunk
from ingest.embed import minilm


@pytest.fixture(scope="module")
def checks(module_data_dir: Path) -> Iterator[ChecksService]:
    """Over our own help centre, with ``ours.example`` as our host."""
    publisher = open_publisher(Settings(data_dir=module_data_dir, database_url="", chroma_url=""))
    service = ChecksService(publisher, ["ours.example"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.editor.checks.sweep.REST", 0.0)  # nobody asks questions meanwhile
        yield service
        service.stop()
    publisher.close()


@pytest.fixture(scope="session")
def company() -> Callable[[str], Corpus]:
    """The corpus of a fictional company by its name."""
    known: dict[str, Corpus] = {}

    def open_company(name: str) -> Corpus:
        if name not in known:
            known[name] = _corpus(base_articles(name))
        return known[name]

    return open_company


def _corpus(articles: list[Article]) -> Corpus:
    """Articles with their vectors, as a publish would have stored them."""
    embedder = minilm()
    live: list[Live] = []
    for number, article in enumerate(articles):
        pieces = chunk(article)
        titles = embedder.matrix([piece.indexed for piece in pieces if piece.part != "body"])
        bodies = embedder.matrix([piece.indexed for piece in pieces if piece.part == "body"])
        live.append(Live(number, article, np.asarray(titles), np.asarray(bodies)))
    return Corpus("kb-test", live, embedder)
