"""A small knowledge base with enough phrasings to calibrate itself, published in a data folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.answer.answerer import Answerer
from app.answer.retriever import Retriever
from app.calibration.service import CalibrationService
from app.knowledge import build_publisher
from app.llm import LaterModel
from app.settings import Settings
from ingest.article import Article
from ingest.pipeline import Publisher
from ingest.topics import Topics
from tests.ingest.article_factory import faq

SUBJECTS = {
    "refund": "refund to my card",
    "parcel": "lost parcel",
    "invoice": "invoice with tax number",
    "password": "forgotten password",
    "coupon": "coupon that is refused",
    "address": "change of delivery address",
    "warranty": "warranty for a broken phone",
    "gift": "gift card balance",
}
WAYS = (
    "how do I get a {}",
    "help with {} please",
    "what are the rules for {}",
    "how long does {} take",
    "where do I find {}",
    "I need {} today",
    "question about {}",
    "is there a fee for {}",
    "who decides on {}",
    "problem with {}",
)


def articles() -> list[Article]:
    """Eight articles of ten phrasings each."""
    return [
        faq(
            name,
            f"All about {words}. You find it under orders, and it takes 5 days.",
            title=f"About {words}",
            questions=tuple(way.format(words) for way in WAYS),
        )
        for name, words in SUBJECTS.items()
    ]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of the test's own data folder."""
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def publisher(settings: Settings) -> Iterator[Publisher]:
    """The articles, live."""
    built = build_publisher(settings)
    built.publish(articles(), Topics())
    yield built
    built.close()


@pytest.fixture
def answerer(settings: Settings, publisher: Publisher) -> Answerer:
    """Without a model."""
    return Answerer(settings, Retriever(publisher), LaterModel(settings))


@pytest.fixture
def service(settings: Settings, publisher: Publisher, answerer: Answerer) -> CalibrationService:
    """Not started."""
    return CalibrationService(settings, publisher, answerer)
