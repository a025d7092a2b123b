"""Kept: whether what an answer said is still said.

A verbatim answer is compared with the one after the edit, sentence by sentence. A typing error that is mended, a
number that is corrected, words in bold or a list made of a paragraph leave a sentence what it was; a sentence that is
gone, that lost its number or its unit, or that now denies what it affirmed, does not.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from app.answer.canon import canonical
from app.answer.polarity import denies
from app.answer.quantities import quantities
from ingest.chunk import plain
from ingest.embed import Embedder
from ingest.lexical import tokenizer
from ingest.units import readable, units_of

SAME_WORDS = 0.7
"""Share of a sentence's words from which another one is that sentence."""
SAME_MEANING, SOME_WORDS = 0.85, 0.4
"""Cosine from which it is that sentence in other words, if it shares at least this much of them."""
MOST = 0.5
"""Share of the other sentences of an answer that must be left."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of an answer, ready to be compared."""

    text: str
    words: frozenset[str]
    figures: frozenset[str]
    """Its quantities, each as ``kind:value``: ``usd:5``, ``time:86400``."""


def piece_of(text: str, locale: str) -> Piece:
    """A sentence taken apart."""
    said = canonical(text, locale)
    figures = frozenset(key for key, _, _ in quantities(said))
    words = frozenset(word for word in tokenizer(locale)(text) if not word.isdigit())
    return Piece(text, words, figures)


def _kind(figure: str) -> str:
    return figure.partition(":")[0]


def pieces_of(markdown: str, locale: str) -> list[Piece]:
    """The sentences, list items and table rows of an answer."""
    return [piece_of(readable(unit), locale) for unit in units_of(markdown)]


@dataclass(frozen=True, slots=True)
class Loss:
    """What an answer lost: a sentence is ``gone``, or its ``figure``, or it is ``denied``; ``why`` tells an editor.
    ``sentences`` are those that are gone, as plain text."""

    kind: Literal["gone", "figure", "denied"]
    why: str
    sentences: tuple[str, ...] = ()


class Keeper:
    """Compares answers; ``embedder`` remembers what it embedded."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def lost(self, quote: str, before: str, after: str, locale: str) -> Loss | None:
        """What an answer lost; None when nothing that matters. ``quote`` is the sentence
        that answered, ``before`` and ``after`` are whole answers as Markdown, all in one language."""
        now = pieces_of(after, locale)
        whole = [*now, *(piece_of(f"{one.text} {two.text}", locale) for one, two in pairwise(now))]
        if loss := self._missing(piece_of(plain(quote), locale), whole, locale):
            return loss
        rest = pieces_of(before, locale)
        gone = tuple(piece.text for piece in rest if self._missing(piece, whole, locale))
        if rest and len(rest) - len(gone) < MOST * len(rest):
            return Loss("gone", f"{len(gone)} of the {len(rest)} sentences of the answer are gone.", gone)
        return None

    def _missing(self, piece: Piece, now: Sequence[Piece], locale: str) -> Loss | None:
        best = self._counterpart(piece, now)
        if best is None:
            why = f"The sentence that answered is no longer in the answer: “{piece.text}”"
            return Loss("gone", why, (piece.text,))
        fewer = Counter(map(_kind, piece.figures))
        fewer.subtract(map(_kind, best.figures))
        everything = frozenset[str]().union(*(other.figures for other in now))
        if any(fewer[_kind(figure)] > 0 for figure in piece.figures - everything):
            return Loss("figure", f"The answer no longer gives the figure in “{piece.text}”")
        one, other = (denies(canonical(said.text, locale)) for said in (piece, best))
        if None not in (one, other) and one != other:
            return Loss("denied", f"The answer now says the opposite: “{piece.text}” became “{best.text}”")
        return None

    def _counterpart(self, piece: Piece, now: Sequence[Piece]) -> Piece | None:
        """What stands for a sentence in the new answer."""
        if not now:
            return None
        size = max(len(piece.words), 1)
        shares = np.array([len(piece.words & other.words) / size for other in now])
        best = int(shares.argmax())
        if shares[best] >= SAME_WORDS:
            return now[best]
        vectors = self._embedder.matrix([other.text for other in now])
        likeness = vectors @ self._embedder.vector(piece.text)
        close = np.where(shares >= SOME_WORDS, likeness, -1.0)
        best = int(close.argmax())
        return now[best] if close[best] >= SAME_MEANING else None
