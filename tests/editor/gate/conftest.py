"""A small help centre of ours with golden questions, and the gate over it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.answer.answerer import Answerer
from app.answer.retriever import Retriever
from app.calibration.repository import CalibrationRepository
from app.editor.gate.schemas import GateReport
from app.editor.gate.service import GateService
from app.knowledge import build_publisher
from app.llm import LaterModel
from app.settings import Settings
from ingest.article import Article, read_folder
from ingest.golden import GoldenRow
from ingest.pipeline import Publisher
from ingest.revisions import Key
from ingest.topics import read_topics

GOLDEN = (
    GoldenRow(
        id="email",
        text="How can I change the e-mail address of my account?",
        relevant=frozenset(["change-email"]),
        facts=("both mailboxes",),
    ),
    GoldenRow(id="boat", kind="unanswered", text="how do i rent a rowing boat from you"),
)
Check = Callable[..., GateReport]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of the test's own data folder."""
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def publisher(settings: Settings, small_source: Path) -> Iterator[Publisher]:
    """The small folder, live."""
    built = build_publisher(settings)
    built.publish(read_folder(small_source), read_topics(small_source))
    CalibrationRepository(built.store.engine).replace_golden(GOLDEN)
    yield built
    built.shelf.close()
    built.store.engine.dispose()


@pytest.fixture
def articles(small_source: Path) -> dict[Key, Article]:
    """What is live, by key."""
    return {article.key: article for article in read_folder(small_source)}


@pytest.fixture
def gate(settings: Settings, publisher: Publisher) -> GateService:
    """Over what is live, without a model."""
    answerer = Answerer(settings, Retriever(publisher), LaterModel(settings))
    return GateService(settings, publisher, answerer, LaterModel(settings))


@pytest.fixture
def check(gate: GateService) -> Check:
    """What the gate says of changed articles and removed keys."""

    def run(*changed: Article, removed: tuple[Key, ...] = ()) -> GateReport:
        with gate.checked(changed, removed) as (_, report):
            return report

    return run
