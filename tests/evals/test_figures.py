"""Figures and sites: a set's numbers worked out by hand, and a real help centre visited, calibrated and reported on."""

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.answer.confidence import base_model
from app.answer.types import Outcome, Ranked, Reason
from app.knowledge import build_publisher
from app.settings import Settings
from evals.chapters.proving import newcomers
from evals.cross_fit import given
from evals.datasets.public import EvalQuestion
from evals.figures import figures
from evals.proofs.unseen import unseen
from evals.rows import Row
from evals.sites import Visit, base_site, is_there, visit
from tests.support.decisions import decision


def row(
    name: str, ranking: list[str], relevant: set[str], outcome: Outcome = "answer", reason: Reason | None = None
) -> Row:
    """A question whose Decision ranks these articles."""
    ranked = [Ranked(article_id=article, score=1.0) for article in ranking]
    decided = decision(outcome=outcome, reason=reason, ranking=ranked)
    return Row("set", EvalQuestion(name, name, frozenset(relevant)), decided)


ROWS = [
    row("first", ["a", "b"], {"a"}),
    row("second", ["b", "a"], {"a"}),
    row("nothing", ["a", "b"], set()),
    row("person", ["a"], {"a"}, "handoff", "asked_for_person"),
]
CONFIDENCES = [0.9, 0.4, 0.6, 0.95]


def test_figures_by_hand() -> None:
    """Retrieval over what articles answer, hand-off over all; a wish for a person is no answer however sure."""
    found = figures(ROWS, CONFIDENCES, 0.5)
    assert found["Hit@1"].value == pytest.approx(2 / 3)
    assert found["MRR@10"].value == pytest.approx((1 + 0.5 + 1) / 3)
    assert found["nDCG@10"].value == pytest.approx((2 + 1 / math.log2(3)) / 3)
    assert found["AUROC"].value == pytest.approx(2 / 3)
    assert found["AURC"].value == pytest.approx((0 + 0 + 1 / 3 + 2 / 4) / 4)
    assert (found["answered"].value, found["risk"].value) == (0.5, 0.5)
    assert all(one.low <= one.value <= one.high for one in found.values() if not math.isnan(one.low))


def test_what_is_given() -> None:
    """At the threshold and above it, where a confidence decides."""
    assert given(ROWS, CONFIDENCES, 0.6) == [True, False, True, False]
    assert given(ROWS, CONFIDENCES, 2.0) == [False] * 4


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Of the module's own data folder."""
    return Settings(data_dir=tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def visited(settings: Settings) -> Iterator[Visit]:
    """A company that nothing is fitted on, published and asked thirty questions, with the right article and without."""
    whole = base_site("voltcart")
    chosen = {question.id for question in whole.questions[:30]}
    asked = [question for question in whole.questions if question.id in chosen]
    publisher = build_publisher(settings)
    yield visit(settings, publisher, replace(whole, questions=asked))
    publisher.close()


def test_a_visit(visited: Visit) -> None:
    """Every question is answered by the real answerer, twice: with the article that answers it and without."""
    assert len(visited.rows) == 60
    assert sum(one.answerable for one in visited.rows) == 30
    for one in visited.rows:
        if not one.answerable:
            assert not one.question.exclude & {entry.article_id for entry in one.decision.ranking}
    assert sum(one.right for one in visited.rows) >= 15
    assert visited.prober is not None
    assert visited.topic_of["cancel-order"] == "orders"


def test_a_company_never_seen_calibrates_itself(settings: Settings, visited: Visit) -> None:
    """From people's wordings only, never from titles; what it promised is set beside what came of it."""
    found = unseen(settings, visited, base_model(), visited.rows)
    wordings = sum(len(article.questions) for article in visited.site.articles)
    assert 0 < found.certificate.n <= wordings
    assert {name.split(",")[0] for name in found.made.sources} == {"phrasing"}
    assert len(found.confidences) == len(visited.rows)
    assert found.certificate.certified is (found.certificate.reason is None)
    assert 0.0 <= found.held_back.coverage.value <= 1.0
    chapter = newcomers({"voltcart": found}, {"voltcart": len(visited.site.articles)})
    assert chapter.tables[0].rows[0][:2] == ["voltcart", "36"]


def test_a_set_that_is_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Public sets may be missing; our own questions never are."""
    monkeypatch.setattr("evals.sites.EVAL_DATA", tmp_path)
    assert not is_there("gumroad_help")
    assert is_there("golden")
    assert is_there("voltcart")
