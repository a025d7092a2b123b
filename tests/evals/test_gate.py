"""The gate: it fails in both directions, and not by chance."""

import json

import pytest

from app.answer.types import Decision, Outcome
from evals.datasets.golden import GoldenQuestion, golden
from evals.gate import ACCEPTED, compare
from evals.grades import Grade, grade, interval
from tests.support.decisions import cited, decision

BEFORE: dict[str, Grade] = {f"a{n}": "good" if n < 20 else "safe" for n in range(60)}
BEFORE |= {f"u{n}": "good" for n in range(40)}


def failing(now: dict[str, Grade]) -> list[str]:
    """Names of the changes that fail."""
    return [change.name for change in compare(BEFORE, now) if change.fails]


def test_nothing_changed() -> None:
    """The same run passes."""
    assert failing(dict(BEFORE)) == []


def test_a_bot_that_never_answers_fails() -> None:
    """Answers that are no longer given are losses."""
    now: dict[str, Grade] = {name: "safe" if name.startswith("a") else "good" for name in BEFORE}
    assert failing(now) == ["no longer good"]


def test_a_bot_that_never_abstains_fails() -> None:
    """It answers some more rightly, and everything else wrongly."""
    now: dict[str, Grade] = {name: "good" if name.startswith("a") else "bad" for name in BEFORE}
    assert "now bad" in failing(now)


@pytest.mark.parametrize(("lost", "fails"), [(3, False), (4, False), (5, True)])
def test_few_losses_are_chance(lost: int, fails: bool) -> None:
    """Five losses without a gain have a chance of 1 in 32; four of 1 in 16."""
    now: dict[str, Grade] = {**BEFORE, **dict.fromkeys([f"a{n}" for n in range(lost)], "safe")}
    assert bool(failing(now)) is fails


def test_gains_outweigh_losses() -> None:
    """As many questions won as lost is no regression."""
    now: dict[str, Grade] = {**BEFORE, **dict.fromkeys([f"a{n}" for n in range(8)], "safe")}
    now |= dict.fromkeys([f"a{n}" for n in range(20, 28)], "good")
    assert failing(now) == []


def question(kind: str) -> GoldenQuestion:
    """A golden question of a kind."""
    return next(one for one in golden() if one.kind == kind)


def decided(outcome: Outcome, article: str = "") -> Decision:
    """A Decision that says little more than what grades look at."""
    return decision(outcome=outcome, citations=[cited(article)] if article else [])


def test_grades() -> None:
    """What is good depends on the kind of question."""
    asked = question("answerable")
    right = sorted(asked.relevant)[0]
    assert grade(asked, decided("answer", right)) == "good"
    assert grade(asked, decided("answer", "another")) == "bad"
    assert grade(asked, decided("clarify")) == grade(asked, decided("handoff")) == "safe"
    assert grade(question("unanswered"), decided("answer", "any")) == "bad"
    assert grade(question("unanswered"), decided("handoff")) == "good"
    assert grade(question("sensitive"), decided("clarify")) == "bad"
    assert grade(question("person"), decided("handoff")) == "good"
    assert grade(question("smalltalk"), decided("handoff")) == "safe"


def test_the_accepted_run_is_of_these_questions() -> None:
    """Whoever changes the golden questions accepts a new run."""
    assert json.loads(ACCEPTED.read_text()).keys() == {one.id for one in golden()}


def test_intervals_are_exact() -> None:
    """Clopper-Pearson, from the tables: 0 of 10 and 8 of 10."""
    assert interval(0, 10) == "0.000 (0.00 to 0.31)"
    assert interval(8, 10) == "0.800 (0.44 to 0.97)"
