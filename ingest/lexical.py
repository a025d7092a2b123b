"""Lexical search: BM25 over whole articles, with stemming for English, Spanish and Portuguese."""

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import Stemmer
from numpy.typing import NDArray

from ingest.terms import K1, B, Terms

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ACCENT = re.compile("[\u0300-\u036f]")
_LANGUAGES = {"en": "english", "es": "spanish", "pt": "portuguese"}
_FUNCTION_WORDS = {
    "en": "a an the of to in on at for and or is are be i my me it",
    "es": "el la los las un una unos unas de del a al en y o que es son mi me se lo le con por para",
    "pt": "o a os as um uma uns umas de do da dos das no na nos nas em e ou que é são meu minha me se com por para",
}


def fold(text: str) -> str:
    """Lower case without accents, as visitors type."""
    if text.isascii():
        return text.lower()
    return _ACCENT.sub("", unicodedata.normalize("NFKD", text.casefold()))


class Tokenizer:
    """Words of a text in one language, folded, without function words, stemmed. Thread-safe."""

    def __init__(self, locale: str) -> None:
        language = locale.split("-", maxsplit=1)[0]
        self._stemmer = Stemmer.Stemmer(_LANGUAGES.get(language, "english"))
        self._skip = frozenset(fold(_FUNCTION_WORDS.get(language, "")).split())
        self._lock = threading.Lock()

    def __call__(self, text: str) -> list[str]:
        words = [word for word in _WORD.findall(fold(text)) if word not in self._skip]
        with self._lock:
            stems: list[str] = self._stemmer.stemWords(words)
        return stems


@lru_cache(maxsize=16)
def tokenizer(locale: str) -> Tokenizer:
    """The tokenizer of a locale; unknown languages are stemmed as English."""
    return Tokenizer(locale)


class LexicalIndex:
    """BM25 over documents; a document is a row."""

    def __init__(self, terms: Terms, locale: str) -> None:
        self.terms = terms
        self.tokenize = tokenizer(locale)
        self._rows = len(terms.lengths)
        self._vocabulary = {word: number for number, word in enumerate(terms.words)}
        frequency = np.diff(terms.starts)
        self._idf: list[float] = self._idf_of(frequency).tolist()
        self._unknown_idf = float(self._idf_of(np.zeros(1))[0])
        self._weights = terms.weights()

    @classmethod
    def build(cls, texts: Sequence[str], locale: str) -> "LexicalIndex":
        """Index ``texts``; row i is text i."""
        tokenize = tokenizer(locale)
        return cls(Terms.count([tokenize(text) for text in texts]), locale)

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """BM25 of every row, shape (rows,); zeros when no token is known."""
        scores = np.zeros(self._rows, dtype=np.float32)
        for token in tokens:
            if (column := self._vocabulary.get(token)) is not None:
                entries = slice(self.terms.starts[column], self.terms.starts[column + 1])
                scores[self.terms.documents[entries]] += self._weights[entries]
        return scores

    def idf(self, token: str, fewer: int = 0) -> float:
        """Inverse document frequency, ``ln(1 + (N - df + .5) / (df + .5))``; the greatest for an unknown word.
        ``fewer`` documents than there are count as having the word."""
        column = self._vocabulary.get(token)
        if fewer:
            return float(self._idf_of(np.array([max(self.frequency(token) - fewer, 0)]))[0])
        return self._unknown_idf if column is None else self._idf[column]

    def frequency(self, token: str) -> int:
        """How many documents have the word."""
        column = self._vocabulary.get(token)
        return 0 if column is None else int(self.terms.starts[column + 1] - self.terms.starts[column])

    def _idf_of(self, frequency: NDArray[np.int64] | NDArray[np.float64]) -> NDArray[np.float64]:
        idf: NDArray[np.float64] = np.log1p((self._rows - frequency + 0.5) / (frequency + 0.5))
        return idf

    def holds(self, row: int, token: str) -> bool:
        """Whether document ``row`` has the word."""
        return self.count(row, token) > 0

    def count(self, row: int, token: str) -> int:
        """How often document ``row`` has the word."""
        column = self._vocabulary.get(token)
        if column is None:
            return 0
        start, end = self.terms.starts[column], self.terms.starts[column + 1]
        documents = self.terms.documents[start:end]
        place = int(documents.searchsorted(row))
        there = place < len(documents) and int(documents[place]) == row
        return int(self.terms.counts[start + place]) if there else 0

    def knows(self, token: str) -> bool:
        """Whether any article has the word."""
        return token in self._vocabulary


class LexicalWithout:
    """A :class:`LexicalIndex` as it would be had one document lacked some of its words, such as those of a known
    phrasing that is asked back. Mean length stays: one phrasing hardly moves it."""

    def __init__(self, whole: LexicalIndex, row: int, words: Sequence[str]) -> None:
        self._whole, self._row, self._words = whole, row, Counter(words)
        self.tokenize = whole.tokenize

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """As :meth:`LexicalIndex.scores`."""
        scores = self._whole.scores(tokens)
        length = float(self._whole.terms.lengths[self._row] - self._words.total())
        share = length / float(self._whole.terms.lengths.mean())
        own = 0.0
        for token in tokens:
            left = self._left(token)
            if left:
                own += self.idf(token) * left / (left + K1 * (1.0 - B + B * share))
        scores[self._row] = own
        return scores

    def idf(self, token: str) -> float:
        """As :meth:`LexicalIndex.idf`."""
        return self._whole.idf(token, fewer=int(self._gone(token)))

    def holds(self, row: int, token: str) -> bool:
        """As :meth:`LexicalIndex.holds`."""
        return self._left(token) > 0 if row == self._row else self._whole.holds(row, token)

    def knows(self, token: str) -> bool:
        """As :meth:`LexicalIndex.knows`."""
        return self._whole.frequency(token) > int(self._gone(token))

    def _left(self, token: str) -> int:
        """How often the document still has the word."""
        return self._whole.count(self._row, token) - self._words[token]

    def _gone(self, token: str) -> bool:
        """Whether the document had the word and has it no longer."""
        return token in self._words and self._left(token) == 0
