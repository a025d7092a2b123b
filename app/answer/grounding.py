"""Grounding: whether a sentence is supported by the passages that it cites.

Each statement of a generated answer is held against its passages before a visitor sees it: quantities, dates, names,
links, promises and negation must stand there; the other words must mostly be there too. What is not held here is
meaning: a false sentence made of the passage's own words and figures passes only where its closest statement has the
same figures and the same polarity.
"""

import re
from collections.abc import Sequence

from app.answer.source import Source, Statement, source_of, statement_of
from ingest.lexical import fold
from ingest.store import Passage

MIN_SUPPORT = 0.5
"""Share of a sentence's content words that its passages must hold, when both are in one language."""
NEAR = 0.6
"""A figure must stand in a statement that shares at least this part of the words that the closest one shares."""
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b[\w-]+\.(?:com|net|org|io|example|help|shop)\b\S*", re.IGNORECASE
)
_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)\b[A-ZÀ-Ý][\w'’-]*|\b[A-Z]{2,}\b|\b[a-z]*[A-Z]+[a-z]+[A-Z]\w*")
_PROMISE = re.compile(
    r"\b(?:guarante\w+|promis\w+|ensur\w+|assur\w+|always|definitely|certainly|surely|immediately|instant\w*|"
    r"right away|free|full|double|triple|compensat\w+|bonus\w*|vouchers?|gifts?|discounts?|waive\w*|exceptions?|"
    r"lifetime|forever|unlimited|automatic\w*|personally|any time|anytime|at once|today|tomorrow|tonight|"
    r"reimburs\w+|credits?|coupons?|upgrade\w*|priority|express|overnight|extra|all costs|no matter|"
    r"garanti\w+|promet\w+|asegur\w+|siempre|inmediat\w+|gratis|gratuit\w*|doble|compensa\w+|vales?|regalos?|descuentos?|"
    r"hoy|manana|"
    r"sempre|imediat\w+|gratis|dobro|compensa\w+|vale|presentes?|descontos?|hoje|amanha)\b"
)
_STEM = 5
"""Letters in which a promise in a sentence and the word in its passage must agree."""


def is_grounded(sentence: str, passages: Sequence[Passage], same_language: bool = True) -> bool:
    """Whether the passages say it. In another language only figures, names and links can be compared."""
    if not passages:
        return False
    sources = [source_of(passage) for passage in passages]
    said = statement_of(sentence, passages[0].locale)
    given = frozenset[str]().union(*(source.figures.all for source in sources)) | {"plain:1", "plain:0.5"}
    if not said.figures.all <= (given if same_language else given | _days(said)):
        return False
    if any(not _holds(sources, fold(link).rstrip(".,;:)!?")) for link in _LINK.findall(sentence)):
        return False
    if not same_language:
        return True
    if not said.words or not _names_stand(sentence, sources) or not _promises_stand(said, sources):
        return False
    known = frozenset[str]().union(*(source.words for source in sources))
    if len(said.words & known) / len(said.words) < MIN_SUPPORT:
        return False
    return _agrees(said, [statement for source in sources for statement in source.statements])


def _agrees(said: Statement, statements: Sequence[Statement]) -> bool:
    """Whether figures stand in statements about the same matter, and the closest one is not the opposite."""
    shared = [_likeness(said, statement) for statement in statements]
    most = max(shared, default=0.0)
    near = [s for s, likeness in zip(statements, shared, strict=True) if likeness >= NEAR * most and likeness > 0]
    figures = frozenset[str]().union(*(statement.figures.all for statement in near)) | {"plain:1", "plain:0.5"}
    if near and not said.figures.all <= figures:
        return False
    if not near:
        return True
    closest = statements[shared.index(most)]
    overlap = len(said.words & closest.words) / len(said.words)
    return overlap < MIN_SUPPORT or said.negated == closest.negated


def _likeness(said: Statement, statement: Statement) -> float:
    """Shared words over the root of the statement's length, so that long ones do not win by length."""
    return len(said.words & statement.words) / (len(statement.words) ** 0.5 or 1.0)


def _days(said: Statement) -> frozenset[str]:
    return frozenset(figure for figure in said.figures.all if figure.startswith("day:"))


def _holds(sources: Sequence[Source], text: str) -> bool:
    return any(text in source.folded for source in sources)


def _names_stand(sentence: str, sources: Sequence[Source]) -> bool:
    """Words written like names, but for a sentence's first, must stand in a passage."""
    names = [fold(name).replace("’", "'").removesuffix("'s") for name in _NAME.findall(sentence)]
    return all(_holds(sources, name) for name in names if name not in ("i", "i'm", "i'll"))


def _promises_stand(said: Statement, sources: Sequence[Source]) -> bool:
    """What would bind the marketplace must stand in a passage, in some form of the word."""
    return all(_holds(sources, promise[:_STEM]) for promise in _PROMISE.findall(said.folded))
