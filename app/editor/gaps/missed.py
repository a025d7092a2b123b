"""Missed: the questions of a conversation that were not answered well, read from its log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import Row

from app.answer.person import asks_for_person
from app.answer.rewrite import join, leans
from app.answer.smalltalk import smalltalk
from app.answer.types import HistoryTurn
from app.editor.gaps.redact import redact

Cause = Literal["abstained", "handed_off", "unclear", "unhelpful", "asked_twice"]
CONTENT = ("low_confidence", "no_knowledge", "ungrounded", "sensitive_topic", "repeated_failure")
"""Reasons of hand-offs that an article may cure. A sensitive topic is one of them while it only seemed so; whether it
was, is asked of the text. A provider's failure and a visitor's wish for a person are not."""
MAX_TEXT = 600
MIN_ANSWER_WORDS = 5
"""Shorter replies are greetings."""
MAX_ANSWERS = 6


@dataclass
class Asked:
    """A visitor's question and what became of it; ``cause`` is None while it was answered well. Texts are redacted."""

    seq: int
    text: str
    locale: str
    at: datetime
    outcome: str
    topic: str = "general"
    cause: Cause | None = None
    handed_off: bool = False
    answers: list[str] = field(default_factory=list)


def asked_in(events: Sequence[Row[Any]], locale: str, context: Mapping[str, Any]) -> list[Asked]:
    """Every question of a conversation's log, in order; events have seq, type, episode, data and at."""
    names = _names(events, context)
    found: list[Asked] = []
    for _, episode in groupby(events, key=lambda event: event.episode):
        found += _episode(list(episode), locale, names)
    return found


def _names(events: Sequence[Row[Any]], context: Mapping[str, Any]) -> list[str]:
    agents = [str((event.data.get("agent") or {}).get("name", "")) for event in events if event.type == "message.agent"]
    return sorted({*agents, *(str(context[key]) for key in ("name", "first_name", "last_name") if context.get(key))})


def _episode(events: Sequence[Row[Any]], locale: str, names: Sequence[str]) -> list[Asked]:
    replies = {event.data.get("reply_to"): event for event in events if event.type == "message.bot"}
    verdicts = {event.data["seq"]: event.data["helpful"] for event in events if event.type == "feedback"}
    opened = [event.seq for event in events if event.type == "handoff.opened"]
    found: list[Asked] = []
    said: list[HistoryTurn] = []
    for event in events:
        if event.type == "message.visitor":
            reply = replies.get(event.seq)
            text = str(event.data.get("text", ""))
            if reply is not None and _is_question(text):
                one = _asked(event, reply, said, locale, names)
                one.cause = _cause_of(reply, verdicts.get(reply.seq))
                found.append(one)
            said.append(HistoryTurn(role="user", text=text))
    _follow(found, opened, verdicts, replies)
    _answer(found, events, names)
    return found


def _is_question(text: str) -> bool:
    return bool(text.strip()) and not smalltalk(text) and not asks_for_person(text)


def _asked(event: Row[Any], reply: Row[Any], said: Sequence[HistoryTurn], locale: str, names: Sequence[str]) -> Asked:
    text = str(event.data["text"])
    if said and leans(text):
        text = join(text, said)
    text = " ".join(redact(text, names).split())[:MAX_TEXT]
    said_of = reply.data
    outcome, topic = str(said_of.get("outcome", "")), str(said_of.get("topic") or "general")
    return Asked(event.seq, text, said_of.get("locale") or locale, event.at, outcome, topic)


def _cause_of(reply: Row[Any], helpful: bool | None) -> Cause | None:
    outcome, reason = reply.data.get("outcome"), reply.data.get("reason")
    if outcome == "answer":
        return "unhelpful" if helpful is False else None
    if outcome == "clarify":
        return "unclear"
    return "abstained" if outcome == "handoff" and reason in CONTENT else None


def _follow(
    found: Sequence[Asked],
    opened: Sequence[int],
    verdicts: Mapping[int, bool],
    replies: Mapping[int, Row[Any]],
) -> None:
    """What came later: asking back that led to an answer was no failure, and an answer that led to a person was one."""
    for place, one in enumerate(found):
        later = found[place + 1] if place + 1 < len(found) else None
        if one.cause == "unclear" and later is not None and later.outcome == "answer" and later.cause is None:
            one.cause = None
        one.handed_off = one.cause is not None and any(seq > one.seq for seq in opened)
    last = found[-1] if found else None
    if last is not None and last.outcome == "answer" and any(seq > last.seq for seq in opened):
        helped = verdicts.get(replies[last.seq].seq)
        if helped is not True:
            last.cause, last.handed_off = last.cause or "handed_off", True


def _answer(found: Sequence[Asked], events: Sequence[Row[Any]], names: Sequence[str]) -> None:
    """Agents' replies belong to the last question before them; the assistant's never count."""
    for event in events:
        if event.type != "message.agent":
            continue
        text = redact(str(event.data.get("text", "")), names).strip()
        before = [one for one in found if one.seq < event.seq]
        if not before or len(text.split()) < MIN_ANSWER_WORDS or smalltalk(text):
            continue
        if before[-1].cause is not None and len(before[-1].answers) < MAX_ANSWERS:
            before[-1].answers.append(text[:2_000])
