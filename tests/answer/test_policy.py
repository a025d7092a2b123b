"""Policy: thresholds become outcomes, and each branch has its reason."""

from typing import Any

import pytest

from app.answer.intent import Intent
from app.answer.policy import Verdict, after_answer, before_answer
from app.answer.types import Certificate
from tests.answer.work_factory import match, work

CERTIFICATE = Certificate(certified=False, alpha=0.05, delta=0.05, n=0, threshold=0.7, coverage=None)
FAR = [match("a", 0.8), match("b", 0.5)]
TIE = [match("a", 0.8), match("b", 0.79)]


def verdict(intent: Intent | None = None, confidence: float = 0.9, ranking: Any = FAR, **fields: Any) -> Verdict:
    """The verdict before anything is generated."""
    signals = {"length": fields.pop("length", 2.0), "coverage": fields.pop("coverage", 0.0)}
    asked = work(ranking=ranking, confidence=confidence, signals=signals, **fields)
    return before_answer(asked, intent or Intent(), CERTIFICATE)


def test_sure_enough_is_answered() -> None:
    """At the threshold and above it Baton answers; just below it does not."""
    assert verdict().outcome == verdict(confidence=0.7).outcome == "answer"
    assert verdict(confidence=0.6999).outcome == "clarify"


@pytest.mark.parametrize(
    ("intent", "expected"),
    [
        (Intent(sensitive="fraud"), Verdict("handoff", "sensitive_topic", "fraud", "sensitive_topic")),
        (Intent(asks_for_person=True), Verdict("handoff", "asked_for_person", None, "asked_for_person")),
        (Intent(smalltalk="thanks"), Verdict("smalltalk", None, None, "thanks")),
        (
            Intent(sensitive="fraud", asks_for_person=True, smalltalk="chat"),
            Verdict("handoff", "sensitive_topic", "fraud", "sensitive_topic"),
        ),
        (
            Intent(asks_for_person=True, smalltalk="chat"),
            Verdict("handoff", "asked_for_person", None, "asked_for_person"),
        ),
    ],
)
def test_intent_comes_before_confidence(intent: Intent, expected: Verdict) -> None:
    """A case for people goes to people and a wish for a person is granted, however sure Baton is."""
    assert verdict(intent, confidence=1.0) == expected


@pytest.mark.parametrize(
    ("failed", "anger", "outcome"),
    [(0, True, "answer"), (1, False, "answer"), (1, True, "handoff"), (2, False, "handoff")],
)
def test_failing_again_ends_with_a_person(failed: int, anger: bool, outcome: str) -> None:
    """Two answers that did not help, or one and anger, are enough."""
    found = verdict(Intent(anger=anger), question_failed_answers=failed)
    assert found.outcome == outcome
    assert found.reason == ("repeated_failure" if outcome == "handoff" else None)


def test_nothing_found() -> None:
    """An empty ranking is no knowledge, whatever the confidence says."""
    assert verdict(ranking=[], confidence=1.0).reason == "no_knowledge"


@pytest.mark.parametrize(
    ("confidence", "ranking", "length", "just_clarified", "expected"),
    [
        (0.4, TIE, 2.0, False, ("clarify", None)),
        (0.4, FAR, 1.0, False, ("clarify", None)),
        (0.4, FAR, 2.0, False, ("clarify", None)),
        (0.29, FAR, 2.0, False, ("handoff", "low_confidence")),
        (0.4, TIE, 2.0, True, ("handoff", "low_confidence")),
        (0.4, TIE[:1], 1.0, False, ("handoff", "low_confidence")),
        (0.14, TIE, 1.0, False, ("handoff", "low_confidence")),
        (0.1, TIE, 1.0, False, ("handoff", "no_knowledge")),
    ],
)
def test_unsure(
    confidence: float, ranking: Any, length: float, just_clarified: bool, expected: tuple[str, str | None]
) -> None:
    """A tie, a short question and a best article that is likely but not sure are asked back about, once and only with
    candidates worth it; else a person comes."""
    found = verdict(None, confidence, ranking, length=length, question_just_clarified=just_clarified)
    assert (found.outcome, found.reason) == expected


@pytest.mark.parametrize(
    ("length", "coverage", "outcome"), [(0.7, 1.0, "clarify"), (0.7, 0.4, "handoff"), (2.0, 1.0, "handoff")]
)
def test_a_word_that_articles_are_about(length: float, coverage: float, outcome: str) -> None:
    """It is asked back however low the confidence; a word that no article holds is not, nor is a whole question."""
    assert verdict(None, 0.01, FAR, length=length, coverage=coverage).outcome == outcome


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"text": "Five days."}, ("answer", None)),
        ({"text": "Five days.", "trouble": "provider_failure"}, ("answer", None)),
        ({"text": "Five days.", "signals": {"declined": 1.0}}, ("handoff", "no_knowledge")),
        ({"text": "", "signals": {"declined": 1.0}}, ("handoff", "no_knowledge")),
        ({"text": "", "trouble": "provider_failure"}, ("handoff", "provider_failure")),
        ({"text": "", "trouble": "ungrounded"}, ("handoff", "ungrounded")),
        ({"text": ""}, ("handoff", "low_confidence")),
    ],
)
def test_after_an_answer_was_tried(fields: dict[str, Any], expected: tuple[str, str | None]) -> None:
    """Words that were saved are shown; a model that declined is believed; no words mean a person."""
    found = after_answer(work(**fields))
    assert (found.outcome, found.reason) == expected
