"""The eighty edits: a few of them through the gate here, all of them by ``python -m evals.edits``."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.answer.answerer import Answerer
from app.answer.retriever import Retriever
from app.calibration.repository import CalibrationRepository
from app.editor.gate.service import GateService
from app.knowledge import open_publisher
from app.llm import LaterModel
from app.settings import Settings
from evals.edits.edit import Edit, cut, put
from evals.edits.harmless import harmless
from evals.edits.planted import keys_of, planted
from evals.edits.run import Tried, summary, try_edits
from ingest.article import Article, read_folder
from ingest.golden import read_golden
from ingest.revisions import Key

KINDS = ("row gone", "expired", "removed", "phrasings moved", "translation shortened", "denied")
PASSING = ("typing error", "new amount", "no bold", "aligned table", "new: dark-colours")


@pytest.fixture(scope="module")
def articles(knowledge_source: Path) -> dict[Key, Article]:
    """Ours, by key."""
    return {article.key: article for article in read_folder(knowledge_source)}


@pytest.fixture(scope="module")
def gate(module_data_dir: Path, knowledge_source: Path) -> Iterator[GateService]:
    """Over our own knowledge, with its golden questions, under the careful threshold."""
    settings = Settings(data_dir=module_data_dir)
    publisher = open_publisher(settings)
    CalibrationRepository(publisher.store.engine).replace_golden(read_golden(knowledge_source))
    answerer = Answerer(settings, Retriever(publisher), LaterModel(settings))
    yield GateService(settings, publisher, answerer, LaterModel(settings))
    publisher.close()


def of(edits: Iterator[Edit], names: tuple[str, ...]) -> list[Edit]:
    """The first ``dev`` edit of each kind."""
    ours = [edit for edit in edits if edit.split == "dev"]
    return [next(edit for edit in ours if edit.name.startswith(name)) for name in names]


def test_there_are_eighty(articles: dict[Key, Article]) -> None:
    """Forty of each sort, half of each for the last measurement, and each changes what it says it does."""
    for edits in (list(planted()), list(harmless())):
        assert Counter(edit.split for edit in edits) == {"dev": 20, "test": 20}
        assert len({(edit.name, edit.split) for edit in edits}) == 40
        for edit in edits:
            assert keys_of(edit, articles)
            assert all(articles.get(article.key) != article for article in edit.changed(articles)), edit.name
            assert set(edit.removed) <= articles.keys()


@pytest.mark.slow
@pytest.mark.parametrize("edit", of(planted(), KINDS), ids=lambda edit: edit.name)
def test_a_planted_regression_is_caught(gate: GateService, articles: dict[Key, Article], edit: Edit) -> None:
    """With the question and both answers."""
    (tried,) = try_edits(gate, articles, [(edit, True)])
    assert tried.blocked
    assert tried.first


@pytest.mark.slow
@pytest.mark.parametrize("edit", of(harmless(), PASSING), ids=lambda edit: edit.name)
def test_a_harmless_edit_passes(gate: GateService, articles: dict[Key, Article], edit: Edit) -> None:
    """Unseen."""
    (tried,) = try_edits(gate, articles, [(edit, False)])
    assert not tried.blocked, tried.first


def test_the_summary_counts() -> None:
    """What is caught, and what is blocked for nothing."""
    tried = [Tried(str(n), "dev", n < 3, n % 2 == 0, 1, float(n), 0, "") for n in range(5)]
    assert summary(tried, "dev") == "dev: 2 of 3 planted caught, 1 of 2 harmless blocked, slowest 4.00 s"


def test_an_edit_that_changes_nothing_is_a_mistake(articles: dict[Key, Article]) -> None:
    """When an article was rewritten, its planted edit must be mended and not pass in silence."""
    article = articles["change-email", "en"]
    with pytest.raises(ValueError, match="mend the edit"):
        put(article, ("zeppelin", "balloon"))
    with pytest.raises(ValueError, match="mend the edit"):
        cut(article, "zeppelin")
