"""Questions: what the gate knows to ask, each with what is right for it."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.answer.opened import Opened
from app.answer.rewrite import join
from app.answer.types import HistoryTurn, Question, VisitorAudience
from app.editor.gate.repository import Helped
from app.editor.gate.schemas import Source
from ingest.article import Article
from ingest.collection import PARTS
from ingest.golden import GoldenRow
from ingest.units import readable, units_of

MAX_SENTENCES = 40
"""Sentences of one article that are asked back."""
VISITORS: tuple[VisitorAudience, ...] = ("buyer", "seller")


@dataclass(frozen=True, slots=True)
class Known:
    """A question. ``relevant`` are the articles that answer it; none: it is not to be answered from articles.
    ``facts`` are words that a right answer holds. ``own`` is the id of the chunk that it was read from, if it was."""

    text: str
    audience: VisitorAudience
    locale: str
    source: Source
    relevant: frozenset[str]
    history: tuple[HistoryTurn, ...] = ()
    facts: tuple[str, ...] = ()
    own: str = ""
    hides: bool = False
    """Whether it is asked as if that chunk were not there."""

    @property
    def ways(self) -> tuple["Known", ...]:
        """The ways to ask it. A known phrasing is always found by itself, so asked as it stands it shows what the
        article says; asked without itself, as by a visitor who words it otherwise, it shows whether that is found."""
        return (self, replace(self, hides=True)) if self.own else (self,)

    @property
    def key(self) -> tuple[str, str, str]:
        """What no two questions share, however they are asked."""
        return self.alone.casefold(), self.audience, self.locale

    @property
    def alone(self) -> str:
        """The question with what it leans on."""
        return join(self.text, self.history) if self.history else self.text

    @property
    def asked(self) -> Question:
        """As it is put to an answerer."""
        return Question(text=self.text, audience=self.audience, locale=self.locale, history=self.history)


def golden_known(rows: Iterable[GoldenRow]) -> Iterator[Known]:
    """The editors' golden questions."""
    for row in rows:
        history = tuple(HistoryTurn(role=turn.role, text=turn.text) for turn in row.history)
        relevant = row.relevant if row.kind in ("answerable", "follow_up") else frozenset()
        yield Known(row.text, row.audience, row.locale, "golden", relevant, history, row.facts)


def helped_known(rows: Iterable[Helped]) -> Iterator[Known]:
    """Visitors' questions whose answer helped."""
    for row in rows:
        yield Known(row.text, row.audience, row.locale, "traffic", frozenset([row.article_id]))


def own_known(version: Opened, texts: Mapping[str, str]) -> Iterator[Known]:
    """Titles and known phrasings of every article, for each audience that may read it. ``texts`` by chunk id."""
    for audience in VISITORS:
        for locale in version.locales("faq", audience):
            collection = version.collection("faq", audience, locale)
            assert collection is not None
            rows = collection.rows
            for row, chunk_id in enumerate(rows.ids):
                if PARTS[int(rows.part[row])] != "body" and chunk_id in texts:
                    article = rows.articles[int(rows.owner[row])]
                    relevant = frozenset([article])
                    yield Known(texts[chunk_id], audience, locale, "phrasing", relevant, own=chunk_id)


def stated_known(before: Iterable[Article], changed: Iterable[Article]) -> Iterator[Known]:
    """Sentences that an edit changes, each as the question that it answers."""
    after = {article.key: article for article in changed}
    for article in before:
        new = after.get(article.key)
        if new is None or article.kind != "faq":
            continue
        left = {readable(unit) for unit in units_of(new.body)}
        altered = [text for text in dict.fromkeys(map(readable, units_of(article.body))) if text not in left]
        for audience in VISITORS:
            if audience in article.audience:
                for text in altered[:MAX_SENTENCES]:
                    yield Known(text, audience, article.locale, "sentence", frozenset([article.id]))


def distinct(known: Iterable[Known]) -> list[Known]:
    """Each wording once for an audience and language; golden and visitors' questions before phrasings."""
    rank = {"golden": 0, "traffic": 1, "phrasing": 2, "sentence": 3}
    found: dict[tuple[str, str, str], Known] = {}
    for one in sorted(known, key=lambda one: rank[one.source]):
        found.setdefault(one.key, one)
    return list(found.values())


def chunk_ids(article_id: str, locale: str, text: str) -> list[str]:
    """The ids that a title or phrasing of this text has in an article, whether or not it is there."""
    digests = [hashlib.sha256(f"{part}\0{text}".encode()).hexdigest()[:16] for part in ("title", "question")]
    return [f"{article_id}@{locale}#{digest}" for digest in digests]
