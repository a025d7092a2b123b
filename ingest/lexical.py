"""Lexical search: BM25 over whole articles, with stemming for English, Spanish and Portuguese."""

import re
import threading
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import Stemmer
from numpy.typing import NDArray

from ingest.terms import Terms

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

    def idf(self, token: str) -> float:
        """Inverse document frequency, ``ln(1 + (N - df + .5) / (df + .5))``; the greatest for an unknown word."""
        column = self._vocabulary.get(token)
        return self._unknown_idf if column is None else self._idf[column]

    def _idf_of(self, frequency: NDArray[np.int64] | NDArray[np.float64]) -> NDArray[np.float64]:
        idf: NDArray[np.float64] = np.log1p((self._rows - frequency + 0.5) / (frequency + 0.5))
        return idf

    def holds(self, row: int, token: str) -> bool:
        """Whether document ``row`` has the word."""
        column = self._vocabulary.get(token)
        if column is None:
            return False
        documents = self.terms.documents[self.terms.starts[column] : self.terms.starts[column + 1]]
        place = int(documents.searchsorted(row))
        return place < len(documents) and int(documents[place]) == row

    def knows(self, token: str) -> bool:
        """Whether any article has the word."""
        return token in self._vocabulary
