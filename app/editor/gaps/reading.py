"""Reading: conversations that changed, read for questions that were not answered well."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from app.answer.hints import hint_model, texts_to_hear
from app.answer.intent import SensitiveCases
from app.answer.retriever import Reader, Retriever
from app.answer.types import VisitorAudience
from app.editor.gaps.covering import covered_by
from app.editor.gaps.meaning import vectors
from app.editor.gaps.missed import Asked, asked_in

AGAIN = timedelta(days=7)
"""Within this the same question of one visitor is asked again; later it may be another matter. As for recontacts."""
TWICE = 0.8
"""Cosine from which two questions of one visitor are one."""


class LogReader:
    """Blocking: for a worker thread."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever
        self._sensitive = SensitiveCases(retriever.embeddings)

    def missed(self, rows: Sequence[Row[Any]], logs: Mapping[str, Sequence[Row[Any]]]) -> list[dict[str, Any]]:
        """The missed questions of conversations, as rows to store."""
        by_visitor: dict[str, list[tuple[Row[Any], Asked]]] = {}
        for row in rows:
            for one in asked_in(logs.get(row.id, ()), row.locale, row.context or {}):
                by_visitor.setdefault(row.visitor_id, []).append((row, one))
        for theirs in by_visitor.values():
            self._asked_twice(sorted(theirs, key=lambda pair: (pair[1].at, pair[0].id, pair[1].seq)))
        pairs = [pair for theirs in by_visitor.values() for pair in theirs if pair[1].cause is not None]
        audiences: tuple[VisitorAudience, ...] = ("buyer", "seller")
        found: list[dict[str, Any]] = []
        for audience in audiences:
            with self._retriever.reading("faq", audience) as reader:
                for row, one in pairs:
                    if row.audience == audience and not self._is_case(reader, one):
                        found.append(_values(row, one, self._covered(reader, one)))
        return found

    def _asked_twice(self, theirs: Sequence[tuple[Row[Any], Asked]]) -> None:
        if len(theirs) < 2:
            return
        asked = vectors([one.text for _, one in theirs], [one.locale for _, one in theirs], self._retriever.embeddings)
        alike = asked @ asked.T
        for later, (_, one) in enumerate(theirs):
            for earlier, (_, before) in enumerate(theirs[:later]):
                is_again = before.outcome == one.outcome == "answer" and one.at - before.at <= AGAIN
                if one.cause is None and is_again and alike[earlier, later] >= TWICE:
                    one.cause = "asked_twice"

    def _is_case(self, reader: Reader, one: Asked) -> bool:
        """Whether it is a case that always goes to a person, whatever the articles say: by words, phrases or hints, as
        the assistant hears it."""
        texts = texts_to_hear(one.text)
        found = list(self._retriever.embeddings(texts))
        asked = found[1:] or found
        if self._sensitive.topic_of(reader.topics, one.text, asked)[0]:
            return True
        hints = hint_model().hear(texts, found, self._retriever.embedder.name)
        return hints.case > 0 and bool(self._sensitive.topic_named(reader.topics, hints.topic, asked))

    def _covered(self, reader: Reader, one: Asked) -> str | None:
        if not one.answers:
            return None
        return covered_by("\n".join(one.answers), one.locale, reader, self._retriever.embedder)


def _values(row: Row[Any], one: Asked, covered: str | None) -> dict[str, Any]:
    return {
        "conversation_id": row.id,
        "seq": one.seq,
        "visitor_id": row.visitor_id,
        "audience": row.audience,
        "locale": one.locale,
        "text": one.text,
        "cause": one.cause,
        "handed_off": one.handed_off,
        "answers": one.answers,
        "topic": one.topic,
        "covered_by": covered,
        "at": one.at,
    }
