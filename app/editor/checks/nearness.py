"""Nearness: whether two statements of two articles are about the same."""

import re
from dataclasses import dataclass

from app.editor.checks.said import Said
from app.editor.checks.weights import Weights

TITLE = 0.35
"""What a word of the title or heading counts beside one of the sentence."""
MIN_SHARED = 0.3
"""Share of telling words, of either side, that the other must have."""
MISSING = 0.5
"""Share of a title's words in a statement that the other lacks, from which on they are about two things."""
_READER = re.compile(
    r"\b(?:you|your|yours|tu|tus|te|usted|puedes|debes|tienes|puede|você|seu|sua|seus|suas|pode|deve|tem)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Nearness:
    """How much of what one statement says about a matter the other says too, in words. ``words`` is between 0 and 1,
    ``least`` the smaller share of the two sides with their titles, ``matter`` the smaller and ``mean`` the middle
    share of the two matters alone. ``apart``: one has words of its title that the other
    lacks."""

    words: float
    least: float
    matter: float
    mean: float
    apart: bool


def nearness(
    mine: Said, theirs: Said, mine_matter: frozenset[str], their_matter: frozenset[str], weights: Weights
) -> Nearness:
    """``matter`` are the words that the compared figure, or clause, is about."""
    one = weights.covered([(mine_matter, 1.0)], their_matter)
    other = weights.covered([(their_matter, 1.0)], mine_matter)
    wide_one = weights.covered([(mine_matter, 1.0)], theirs.whole)
    wide_other = weights.covered([(their_matter, 1.0)], mine.whole)
    full_one = weights.covered([(mine_matter, 1.0), (mine.under - mine_matter, TITLE)], theirs.whole)
    full_other = weights.covered([(their_matter, 1.0), (theirs.under - their_matter, TITLE)], mine.whole)
    return Nearness(
        words=(wide_one + wide_other) / 8 + (one + other) / 8 + (full_one + full_other) / 4,
        least=min(full_one, full_other),
        matter=min(one, other),
        mean=(one + other) / 2,
        apart=_lacks(mine_matter & mine.under, theirs, weights) or _lacks(their_matter & theirs.under, mine, weights),
    )


def _lacks(subject: frozenset[str], said: Said, weights: Weights) -> bool:
    """Whether a good part of a subject stands neither in a statement nor in the sentences around it."""
    words = [word for word in subject if ":" not in word]
    return bool(words) and weights.covered([(words, 1.0)], said.whole | said.source.words) < 1 - MISSING


def same_readers(mine: Said, theirs: Said) -> bool:
    """Whether "you" is the same person in both: an article for sellers and one for buyers mean different ones, and a
    procedure's "you" is whoever is written to."""
    one, other = set(mine.article.audience), set(theirs.article.audience)
    if one & other:
        return True
    if "agent" in one or "agent" in other:
        procedure = mine if "agent" in one else theirs
        return _READER.search(procedure.statement.text) is None
    return not (_READER.search(mine.statement.text) or _READER.search(theirs.statement.text))
