"""Clash: two statements that cannot both be true, and the vectors by which they are found to be about the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.editor.checks.corpus import Corpus
from app.editor.checks.said import Said

MAX_COSINE = 0.95
"""About what two sentences that say the same reach; above it a pair's words alone cannot make up for its vectors."""


@dataclass(frozen=True)
class Clash:
    """``score`` is between 0 and 2: the mean of two cosines and the share of words; ``what`` says what differs."""

    score: float
    mine: Said
    theirs: Said
    what: str


@dataclass(frozen=True)
class Cosines:
    """Of two sentences alone, and under their titles."""

    alone: float
    placed: float

    @property
    def mean(self) -> float:
        return (self.alone + self.placed) / 2


def cosines(pairs: Sequence[tuple[Said, Said]], corpus: Corpus) -> list[Cosines]:
    """For each pair; sentences that were seen before are not embedded again."""
    vectors = corpus.vectors([text for pair in pairs for said in pair for text in (said.masked, said.placed)])
    return [
        Cosines(float(vectors[one.masked] @ vectors[other.masked]), float(vectors[one.placed] @ vectors[other.placed]))
        for one, other in pairs
    ]
