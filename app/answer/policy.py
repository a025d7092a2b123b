"""Policy: the one place where thresholds become outcomes."""

from dataclasses import dataclass
from typing import Literal

from app.answer.intent import Intent
from app.answer.types import Certificate, Outcome, Reason, Work

MAX_FAILED = 2
"""Failed answers in a row after which a person takes over."""
CLARIFY_FLOOR = 0.15
"""Confidence below which not even the candidates are worth offering, but see HELD."""
OFFER = 0.3
"""Confidence from which one of the CANDIDATES best articles answers more often than not (on companies that nothing was
fitted on: three times in four), so that asking back serves the visitor better than waiting for a person."""
CLARIFY_TIE = 0.03
"""Scores this close are a tie."""
SHORT_QUESTION = 1.1
"""ln(1 + words) up to which a question is too short to be sure of: two content words."""
HELD = 0.5
"""Share of a short question's words, by IDF, that the best article holds when it is about them: "refund" is asked back
however unsure of it a help centre's own calibration is."""
NO_KNOWLEDGE = 0.12
CANDIDATES = 3
NO_CONFIDENCE = ("sensitive_topic", "asked_for_person", "repeated_failure", "over_budget")
"""Reasons of hand-offs that no confidence decided."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do, and why when it is a hand-off."""

    outcome: Outcome
    reason: Reason | None = None
    topic: str | None = None
    say: str = ""


def before_answer(work: Work, intent: Intent, certificate: Certificate) -> Verdict:
    """The outcome as far as it is known before anything is generated; ``answer`` means: try to."""
    question = work.question
    if intent.sensitive:
        return Verdict("handoff", "sensitive_topic", intent.sensitive, "sensitive_topic")
    if intent.asks_for_person:
        return Verdict("handoff", "asked_for_person", None, "asked_for_person")
    if intent.smalltalk:
        return Verdict("smalltalk", say=intent.smalltalk)
    if question.failed_answers >= MAX_FAILED or (question.failed_answers and intent.anger):
        return Verdict("handoff", "repeated_failure", None, "repeated_failure")
    if not work.ranking:
        return Verdict("handoff", "no_knowledge", None, "no_knowledge")
    if work.confidence >= certificate.threshold:
        return Verdict("answer")
    if intent.leaning:
        # Not sure enough to answer, and more like a case than like a question: a person decides which it is.
        return Verdict("handoff", "sensitive_topic", intent.leaning, "sensitive_topic")
    if not question.just_clarified and _worth_asking_back(work):
        return Verdict("clarify", say="clarify")
    reason: Literal["no_knowledge", "low_confidence"]
    reason = "no_knowledge" if work.confidence < NO_KNOWLEDGE else "low_confidence"
    return Verdict("handoff", reason, None, reason)


def after_answer(work: Work) -> Verdict:
    """The outcome once an answer was tried."""
    if work.text and not work.signals.get("declined"):
        return Verdict("answer")
    reason: Reason = "no_knowledge" if work.signals.get("declined") else work.trouble or "low_confidence"
    return Verdict("handoff", reason, None, reason)


def counts(outcome: str | None, reason: str | None) -> bool:
    """Whether a confidence decided about a message, so that it says something of traffic."""
    return outcome != "smalltalk" and reason not in NO_CONFIDENCE


def _worth_asking_back(work: Work) -> bool:
    """One of the best articles will do and it is not certain which: they tie, the question is too short to tell, or
    the best of them is not sure enough to be the answer."""
    if len(work.ranking) < 2:
        return False
    short = work.signals.get("length", 0.0) <= SHORT_QUESTION
    if short and work.signals.get("coverage", 0.0) >= HELD:
        return True
    tie = work.ranking[0].score - work.ranking[1].score <= CLARIFY_TIE
    return work.confidence >= CLARIFY_FLOOR and (short or tie or work.confidence >= OFFER)
