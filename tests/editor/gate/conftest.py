"""A small help centre of ours with golden questions, and the gate over it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert

from app.answer.answerer import Answerer
from app.answer.retriever import Retriever
from app.calibration.repository import CalibrationRepository
from app.editor.gate.schemas import GateReport
from app.editor.gate.service import GateService
from app.knowledge import build_publisher
from app.llm import LaterModel
from app.models import conversation, event
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
    built.close()


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


def said(engine: Engine, name: str, text: str, article: str, *verdicts: bool) -> None:
    """A conversation in which a question was answered by an article and the answer judged."""
    at = datetime(2026, 11, 1, tzinfo=UTC)
    answer = {"reply_to": 1, "locale": "en", "citations": [{"article_id": article}], "outcome": "answer"}
    events = [("message.visitor", {"text": text}), ("message.bot", answer)]
    events += [("feedback", {"seq": 2, "helpful": helpful}) for helpful in verdicts]
    row = {"id": name, "visitor_id": name, "audience": "buyer", "locale": "en", "state": "bot", "episode": 1}
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(insert(conversation).values(**row, last_seq=len(events), fence=0, context={}))
        for seq, (kind, data) in enumerate(events, 1):
            values = {"conversation_id": name, "seq": seq, "type": kind, "episode": 1, "data": data, "at": at}
            connection.execute(insert(event).values(**values))
