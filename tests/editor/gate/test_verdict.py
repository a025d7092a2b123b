"""What is made of two answers of the same article."""

from typing import Any

import pytest

from app.answer.types import Candidate, Citation, Decision, Ranked
from app.editor.gate.kept import Keeper
from app.editor.gate.questions import Known
from app.editor.gate.verdict import CLAIMED, Edited, verdict
from ingest.embed import minilm
from tests.support.decisions import cited, decision

ASKED = Known("how long may I return a lamp", "buyer", "en", "phrasing", frozenset({"returns"}), own="returns/en/q/1")


def answered(*sentences: str, article: str = "returns", confidence: float = 0.97) -> Decision:
    """An answer in an article's words, of which the first is the quote."""
    return decision(text="\n\n".join(sentences), citations=[cited(article, sentences[0])], confidence=confidence)


def made_of(before: Decision, after: Decision, claims: bool = False, says: bool = False) -> Any:
    """The verdict on an edit of ``returns``."""
    edit = Edited(frozenset({"returns"}), lambda _: claims, lambda *_: says)
    return verdict(ASKED, before, after, edit, Keeper(minilm()))


LAMP, BOX = "You can return a lamp within 30 days.", "The box belongs to the goods."


@pytest.mark.parametrize(("says", "blocked"), [(True, False), (False, True)])
def test_another_choice_of_the_same_sentences(says: bool, blocked: bool) -> None:
    """It is nobody's loss while the article says what it said."""
    change = made_of(answered(LAMP), answered(BOX), says=says)
    assert (change is not None) is blocked


def test_the_sentences_that_are_gone_are_asked_for() -> None:
    """Not the one that answered, when it stays and others go."""
    asked: list[tuple[str, ...]] = []

    def says(_: Known, __: Citation, sentences: tuple[str, ...]) -> bool:
        asked.append(sentences)
        return True

    edit = Edited(frozenset({"returns"}), lambda _: False, says)
    light = "Bulbs are returned with the lamp that they came with."
    mended = "You can retrun a lamp within 30 days."
    assert verdict(ASKED, answered(LAMP, BOX, light), answered(mended), edit, Keeper(minilm())) is None
    assert asked == [(BOX, light)]


def test_another_articles_sentences() -> None:
    """What another article says instead is a loss, whatever the first one still says."""
    change = made_of(answered(LAMP), answered(BOX, article="boxes"), says=True)
    assert change is not None
    assert change.kind == "answered_to_wrong"


@pytest.mark.parametrize(
    ("claims", "confidence", "told"), [(True, 0.8, True), (False, 0.8, False), (True, 0.97, False)]
)
def test_a_question_that_two_articles_claim(claims: bool, confidence: float, told: bool) -> None:
    """It is told when it costs the certainty of a question that was known by heart."""
    change = made_of(answered(LAMP), answered(LAMP, confidence=confidence), claims=claims)
    assert (change is not None and change.why == CLAIMED) is told


@pytest.mark.parametrize(
    ("before", "after", "offered", "told"),
    [
        (("returns", 0.5, 0.497), ("boxes", 0.5, 0.499), "returns", False),
        (("returns", 0.5, 0.497), ("boxes", 0.5, 0.499), "boxes", True),
        (("returns", 0.5, 0.48), ("boxes", 0.5, 0.499), "returns", True),
        (("returns", 0.5, 0.497), ("returns", 0.5, 0.499), "returns", True),
    ],
    ids=["even, and offered", "not offered", "was ahead", "no longer sure"],
)
def test_two_even_articles_change_places(
    before: tuple[str, float, float], after: tuple[str, float, float], offered: str, told: bool
) -> None:
    """That hangs on a letter, and is no loss while the visitor is offered both."""

    def ranked(first: str, *scores: float) -> list[Ranked]:
        two = (first, "boxes" if first == "returns" else "returns")
        return [Ranked(article_id=name, score=score) for name, score in zip(two, scores, strict=True)]

    sure = answered(LAMP, confidence=0.8).model_copy(update={"ranking": ranked(*before)})
    asks = [Candidate(article_id=offered, title="")]
    unsure = decision(outcome="clarify", confidence=0.5, ranking=ranked(*after), candidates=asks)
    assert (made_of(sure, unsure) is not None) is told
