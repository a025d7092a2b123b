"""Said: a statement of an article with what it stands under, ready to be held against another article's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.answer.source import Source, source_of
from app.answer.statement import Statement
from ingest.article import Article
from ingest.chunk import plain
from ingest.store import Passage

_DIGITS = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True)
class Said:
    """``masked`` has N for each number, so that vectors compare what is said and not how much; ``placed`` is the same
    under title and heading."""

    article: Article
    section: str
    statement: Statement
    source: Source
    is_cell: bool
    """Whether it was made of the cells of a table."""

    @cached_property
    def masked(self) -> str:
        return _DIGITS.sub("N", self.statement.text)

    @cached_property
    def placed(self) -> str:
        head = f"{self.article.title} > {self.section}" if self.section else self.article.title
        return f"{head}: {self.masked}"

    @property
    def under(self) -> frozenset[str]:
        """Stems of title and heading."""
        return self.source.under

    @cached_property
    def whole(self) -> frozenset[str]:
        """All words that it is known by: its own, those it goes back to, and what it stands under."""
        statement = self.statement
        return (statement.words | self.under | statement.label).union(
            *(clause.words for clause in statement.clauses),
            *(figure.near | figure.around for figure in statement.figures),
        )


def said_in(article: Article, passages: Sequence[Passage]) -> list[Said]:
    """What the body's passages state. Questions state nothing."""
    found: list[Said] = []
    for passage in passages:
        source, text = source_of(passage), plain(passage.text)
        found.extend(
            Said(article, passage.section, statement, source, statement.text not in text)
            for statement in source.statements
            if (statement.clauses or statement.figures) and not statement.text.rstrip().endswith("?")
        )
    return found
