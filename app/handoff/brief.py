"""The brief: what an agent needs to go on where the assistant stopped. Derived from the log when asked for."""

import asyncio
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from app import event_log
from app.answer.person import asks_for_person
from app.answer.quote import Quoter
from app.answer.retriever import Found, Reader, Retriever, Wordings
from app.answer.types import Citation
from app.db import Database
from app.errors import NotFound
from app.handoff import repository
from app.handoff.schemas import Brief, BriefPassage, Sop, SuggestedReply, Tried
from app.handoff.steps import ticks_of
from app.markdown import to_html
from ingest.chunk import plain
from ingest.sentences import split_sentences

WANTS_CHARACTERS = 240
SOP_FLOOR = 0.34
"""Score below which no procedure is offered: a wrong one costs more than none."""
PASSAGES = 4
TOPIC_BONUS = 0.05
REASONS = {
    "low_confidence": "The assistant was not sure enough of its answer.",
    "no_knowledge": "No article answers this.",
    "asked_for_person": "The visitor asked for a person.",
    "sensitive_topic": "This subject always goes to a person.",
    "ungrounded": "The articles did not support the answer that the model wrote.",
    "provider_failure": "The assistant had a technical problem.",
    "over_budget": "The assistant's budget was used up.",
    "repeated_failure": "The visitor called two answers unhelpful, or was upset after one.",
}


class BriefService:
    """Builds briefs. The only place where SOPs are read; what it returns is for staff alone."""

    def __init__(self, db: Database, retriever: Retriever) -> None:
        self._db, self._retriever = db, retriever
        self._quoter = Quoter(retriever.embedder)

    async def brief(self, conversation_id: str) -> Brief:
        """The brief of a conversation's latest hand-off. Raises NotFound when it never had one."""
        async with self._db.read() as connection:
            row = await event_log.find(connection, conversation_id, None)
            stored = await repository.latest_of(connection, conversation_id) if row is not None else None
            if row is None or stored is None:
                raise NotFound("this conversation was never handed over; there is no brief")
            events = await event_log.episode_events(connection, conversation_id, stored.episode)
        built = await asyncio.to_thread(self._build, row, stored, events)
        if built.sop is not None:
            async with self._db.read() as connection:
                key = (conversation_id, built.sop.article_id, built.sop.revision)
                built.sop.ticks = ticks_of(await repository.ticks(connection, *key))
        return built

    def _build(self, row: Row[Any], stored: Row[Any], events: Sequence[Row[Any]]) -> Brief:
        said = [event.data["text"] for event in events if event.type == "message.visitor"]
        subject = (
            next(
                (text for text in reversed(said) if len(text.split()) > 2 and not asks_for_person(text)),
                stored.question,
            )
            or stored.topic
        )
        embed = self._retriever.embedder.vector
        with self._retriever.reading("faq", row.audience) as reader:
            asked = reader.wordings(subject, row.locale, embed)
            found = reader.search(asked, row.locale)
            suggestion = self._suggestion(asked, found, reader)
            known = reader.topics.topics.get(stored.topic)
            topic_name = known.name if known else stored.topic
        with self._retriever.reading("sop", "agent") as reader:
            sop, say = _sop(reader, reader.find(subject, row.locale, embed), stored.topic)
        return Brief(
            conversation_id=row.id,
            wants=_wants(said, stored.question),
            reason=stored.reason,
            reason_text=REASONS.get(stored.reason, stored.reason),
            topic=stored.topic,
            topic_name=topic_name,
            tried=_tried(events),
            passages=_passages(found),
            sop=sop,
            suggested_reply=SuggestedReply(text=say, citations=[]) if say else suggestion,
            context=dict(row.context),
            signals_line=_signals_line(stored.brief),
        )

    def _suggestion(self, asked: Wordings, found: Found, reader: Reader) -> SuggestedReply | None:
        if not found.ranking:
            return None
        top = found.ranking[0]
        bodies = {body.chunk_id: body for body in reader.bodies(top.article_id, top.locale)}
        passages = [bodies[chunk_id] for chunk_id in top.chunk_ids[:2] if chunk_id in bodies]
        if not passages:
            return None
        wording = asked[top.locale]
        quote = self._quoter.quote(wording.text, wording.vector, passages, reader.unit_vectors)
        first = passages[0]
        citation = Citation(
            article_id=first.article_id,
            revision=first.revision,
            locale=first.locale,
            title=first.title,
            section=first.section,
            quote=plain(quote.exact),
        )
        return SuggestedReply(text=quote.text, citations=[citation])


def _wants(said: Sequence[str], question: str) -> str:
    """The visitor's own words: what it began with and what it came to, in two lines at most."""
    lines = [" ".join(text.split()) for text in ([said[0], said[-1]] if len(said) > 1 else [*said] or [question])]
    return "\n".join(line[:WANTS_CHARACTERS] for line in dict.fromkeys(lines))


def _tried(events: Sequence[Row[Any]]) -> list[Tried]:
    asked = {event.seq: event.data["text"] for event in events if event.type == "message.visitor"}
    helpful = {event.data["seq"]: event.data["helpful"] for event in events if event.type == "feedback"}
    return [
        Tried(
            question=asked.get(event.data.get("reply_to"), ""),
            answer=event.data["text"],
            citations=event.data["citations"],
            confidence=event.data["confidence"],
            helpful=helpful.get(event.seq),
        )
        for event in events
        if event.type == "message.bot" and event.data["outcome"] == "answer"
    ]


def _passages(found: Found) -> list[BriefPassage]:
    score = {match.article_id: match.score for match in found.ranking}
    return [
        BriefPassage(
            article_id=passage.article_id,
            revision=passage.revision,
            title=passage.title,
            section=passage.section,
            quote=plain(passage.text)[:400],
            score=round(score[passage.article_id], 4),
        )
        for passage in found.passages[:PASSAGES]
    ]


def _sop(reader: Reader, found: Found, topic: str) -> tuple[Sop | None, str]:
    """The procedure that applies, one of the conversation's topic first, and its words for the visitor."""
    topics = {passage.article_id: passage.topic for passage in found.passages}
    ranked = sorted(
        found.ranking, key=lambda match: -(match.score + TOPIC_BONUS * (topics.get(match.article_id) == topic))
    )
    if not ranked:
        return None, ""
    best = ranked[0]
    if best.score < SOP_FLOOR and topics.get(best.article_id) != topic:
        return None, ""
    bodies = reader.bodies(best.article_id, best.locale)
    if not bodies:
        return None, ""
    parts = [f"## {body.section}\n\n{body.text}" if body.section else body.text for body in bodies]
    steps = [
        line.strip()
        for body in bodies
        if "step" in body.section.lower()
        for line in body.text.split("\n")
        if line.strip()
    ]
    say = " ".join(plain(body.text) for body in bodies if body.section.lower().startswith("say"))
    first = bodies[0]
    sop = Sop(
        article_id=first.article_id,
        revision=first.revision,
        title=first.title,
        html=to_html("\n\n".join(parts)),
        steps=steps,
    )
    return sop, " ".join(split_sentences(say))


def _signals_line(brief: dict[str, Any]) -> str:
    """Why the assistant was as sure as it was, in one line."""
    signals = brief.get("signals") or {}
    if not signals:
        return "The assistant made no attempt."
    return (
        f"confidence {brief.get('confidence', 0):.0%}, best passage {signals.get('best', 0):.2f}, "
        f"margin over the next article {signals.get('margin', 0):.2f}, "
        f"words covered {signals.get('coverage', 0):.0%}"
    )
