"""Missed: which questions of a conversation were not answered well, and what agents said to them."""

import pytest

from app.editor.gaps.missed import Asked, asked_in
from tests.editor.gaps.log import Log

QUESTION = "how long do I have to appeal a decision"
REPLY = "You have seven days to appeal, with new evidence."


def missed(log: Log) -> list[Asked]:
    """Those with a cause."""
    return [one for one in asked_in(log.events, "en", {}) if one.cause]  # type: ignore[arg-type]


@pytest.mark.parametrize("reason", ["low_confidence", "no_knowledge", "ungrounded"])
def test_abstained(reason: str) -> None:
    """What the assistant passed on counts, with what the agent answered and nothing that the assistant said."""
    log = Log()
    log.ask(QUESTION, "handoff", reason)
    log.agent("Hi there!")
    log.agent(REPLY)
    [one] = missed(log)
    assert (one.text, one.cause, one.handed_off, one.answers) == (QUESTION, "abstained", True, [REPLY])


@pytest.mark.parametrize("reason", ["provider_failure", "over_budget", "asked_for_person"])
def test_no_gap_in_knowledge(reason: str) -> None:
    """A broken provider and a wish for a person are nothing that an article cures."""
    log = Log()
    log.ask(QUESTION, "handoff", reason)
    assert missed(log) == []


@pytest.mark.parametrize("text", ["hello", "thanks a lot", "I want to talk to a human", "agent please"])
def test_no_questions(text: str) -> None:
    """Small talk and calls for a person are not grouped, whatever became of them."""
    log = Log()
    log.ask(text, "handoff", "low_confidence")
    assert missed(log) == []


def test_unhelpful() -> None:
    """A rating tells; a later better one takes it back."""
    log = Log()
    said = log.ask(QUESTION)
    assert missed(log) == []
    log.add("feedback", {"seq": said, "helpful": False})
    assert [one.cause for one in missed(log)] == ["unhelpful"]
    assert not missed(log)[0].handed_off
    log.add("feedback", {"seq": said, "helpful": True})
    assert missed(log) == []


def test_answered_and_yet_a_person() -> None:
    """An answer that was followed by a wish for a person did not do, unless it was called helpful."""
    log = Log()
    said = log.ask(QUESTION)
    log.ask("a human please", "handoff", "asked_for_person")
    log.agent(REPLY)
    [one] = missed(log)
    assert (one.text, one.cause, one.handed_off, one.answers) == (QUESTION, "handed_off", True, [REPLY])
    log.events.insert(2, log.events[0].__class__(2, "feedback", 1, {"seq": said, "helpful": True}, log.events[0].at))
    assert missed(log) == []


def test_asked_back() -> None:
    """Asking back is no failure when an answer came of it; else it is."""
    log = Log()
    log.ask(QUESTION, "clarify")
    assert [one.cause for one in missed(log)] == ["unclear"]
    log.ask("appeal a dispute decision")
    assert missed(log) == []
    log.ask("and with late evidence it is the same?", "clarify")
    [one] = missed(log)
    assert one.text == "appeal a dispute decision and with late evidence it is the same?"


def test_redacted() -> None:
    """Neither question nor answer keeps personal data, the agent's name among it."""
    log = Log()
    log.ask("my order TM-4839201 and ana@shop.example, can I appeal", "handoff", "low_confidence", "en")
    log.agent("Hello Maria, Ana here: you can appeal order TM-4839201 for seven days.")
    [one] = missed(log)
    assert one.text == "my order [number] and [e-mail], can I appeal"
    assert one.answers == ["Hello [name], [name] here: you can appeal order [number] for seven days."]
