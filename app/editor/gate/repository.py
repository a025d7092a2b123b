"""Questions that are known to be answered well, in SQL: golden ones, and those that visitors found helped."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, and_, select

from app.answer.types import VisitorAudience
from app.models import conversation, event, golden_question
from ingest.golden import GoldenRow
from ingest.tables import chunk, in_publication, live_revision

TRAFFIC = 500
"""Most recent helpful answers that are looked at."""


@dataclass(frozen=True, slots=True)
class Helped:
    """A visitor's question and the article whose answer they called helpful."""

    text: str
    audience: VisitorAudience
    locale: str
    article_id: str


class GateRepository:
    """Through the knowledge store's engine. Synchronous, for worker threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def golden(self) -> list[GoldenRow]:
        """The editors' golden questions."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(golden_question.c.content).order_by(golden_question.c.id)).scalars()
            return [GoldenRow.model_validate(content) for content in rows]

    def phrasings(self, publication_id: int) -> dict[str, str]:
        """Titles and known phrasings of every article of a publication, by chunk id."""
        query = (
            select(chunk.c.id, chunk.c.indexed)
            .join(live_revision, live_revision.c.revision_id == chunk.c.revision_id)
            .where(in_publication(publication_id), chunk.c.part != "body")
        )
        with self._engine.connect() as connection:
            return {row.id: row.indexed for row in connection.execute(query)}

    def helped(self) -> Sequence[Helped]:
        """Questions whose answer was called helpful, the latest TRAFFIC, each once. The last word counts:
        one that was taken back is left out."""
        said, answer, asked = event.alias("said"), event.alias("answer"), event.alias("asked")
        there = answer.c.conversation_id == conversation.c.id
        query = (
            select(said.c.data, answer.c.data, asked.c.data, conversation.c.audience, conversation.c.id)
            .join(conversation, conversation.c.id == said.c.conversation_id)
            .join(answer, and_(there, answer.c.seq == said.c.data["seq"].as_integer()))
            .join(
                asked,
                and_(
                    asked.c.conversation_id == conversation.c.id, asked.c.seq == answer.c.data["reply_to"].as_integer()
                ),
            )
            .where(said.c.type == "feedback", answer.c.type == "message.bot")
            .order_by(said.c.at.desc(), said.c.seq.desc())
            .limit(TRAFFIC)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        judged: set[tuple[str, int]] = set()
        found: dict[tuple[str, str, str], Helped] = {}
        for feedback, answered, question, audience, conversation_id in rows:
            first = (conversation_id, feedback["seq"]) not in judged
            judged.add((conversation_id, feedback["seq"]))
            citations, text = answered.get("citations"), question.get("text")
            if first and feedback["helpful"] and citations and text:
                helped = Helped(text, audience, answered["locale"], citations[0]["article_id"])
                found.setdefault((text, audience, helped.locale), helped)
        return list(found.values())
