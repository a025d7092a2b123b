"""Transcript: an episode's log read as what the answerer needs to know of it."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Row

from app.answer.types import MAX_HISTORY, MAX_QUESTION, HistoryTurn, Question, VisitorAudience

_ROLE = {"message.visitor": "user", "message.bot": "assistant", "message.agent": "assistant"}


def question_of(events: Sequence[Row[Any]], seq: int, audience: str, locale: str) -> Question:
    """The visitor's message ``seq`` as a Question, with what came before it."""
    before = [event for event in events if event.seq < seq]
    asked = next(event for event in events if event.seq == seq)
    history = [
        HistoryTurn.model_validate({"role": _ROLE[event.type], "text": event.data["text"]})
        for event in before
        if event.type in _ROLE
    ]
    bot = [event for event in before if event.type == "message.bot"]
    return Question(
        text=asked.data["text"][:MAX_QUESTION],
        audience=cast(VisitorAudience, audience),
        locale=locale,
        history=tuple(history[-MAX_HISTORY:]),
        failed_answers=failed_answers(before),
        just_clarified=bool(bot) and bot[-1].data.get("outcome") == "clarify",
    )


def failed_answers(events: Sequence[Row[Any]]) -> int:
    """Answers in a row, up to the latest, that the visitor called unhelpful."""
    verdicts: dict[int, bool] = {}
    for event in events:
        if event.type == "feedback":
            verdicts[event.data["seq"]] = event.data["helpful"]
    failed = 0
    for event in events:
        if event.type == "message.bot" and event.data.get("outcome") == "answer":
            failed = failed + 1 if verdicts.get(event.seq) is False else 0
    return failed
