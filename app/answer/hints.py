"""Hints: what a fitted linear model hears in a message: a wish for a person, a case for people, an order to the
assistant.

It reads the embedder's vector, which exists by then, and hashed words and pieces of words, so that Spanish, Portuguese
and slips of the finger count too. It stands beside the rules and never takes back what they found. The coefficients
are fitted by ``python -m evals.hints`` and ship as ``hints.npz``; with another embedder the words stand alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from app.answer.carrier import without_carrier
from app.answer.coefficients import read_arrays
from ingest.lexical import fold
from ingest.sentences import split_sentences

HINTS = Path(__file__).with_name("hints.npz")
REMAKE = "python -m evals.hints"
CASES = (
    "fraud",
    "account-takeover",
    "product-safety",
    "self-harm",
    "threats",
    "legal",
    "press",
    "discrimination",
    "minors",
)
"""The kinds of cases that are known by meaning, by the names that ``topics.toml`` has for them."""
KINDS = ("person", "order", *CASES)
BUCKETS = 8192
PIECE = 4
"""Letters of a piece of a word; the word's ends count as letters."""
MAX_SENTENCES = 6
MAX_CHARS = 600
"""Characters that are read: in a longer message each sentence is read by itself."""
WORDS_WEIGHT = 1.5
"""Length of the hashed part of a feature vector, beside the embedder's, which is 1."""
LEANS = -1.0
"""Logit of a case from which a message is more like one than like most questions: enough where nothing else is sure."""
_CLEAR = str.maketrans(dict.fromkeys('.,;:!?¡¿()[]{}"“”«»*_/\\|<>=+-—–…\n\t', " ") | {"’": "'"})


def texts_to_hear(message: str) -> list[str]:
    """The message as it was written, and what it asks and the sentences of that, unless this is all the same."""
    asked = without_carrier(message)
    sentences = split_sentences(asked)[:MAX_SENTENCES]
    parts = sentences if len(sentences) > 1 else []
    return [message, asked, *parts] if parts or asked != message else [message]


@dataclass(frozen=True, slots=True)
class Hints:
    """Logits; above 0 the model hears it. ``case`` is of the likeliest kind, ``topic``."""

    person: float = -9.0
    order: float = -9.0
    case: float = -9.0
    topic: str = ""


def buckets(text: str) -> NDArray[np.intp]:
    """The hashed words, pairs of words and pieces of words of a text, each once."""
    words = fold(text[:MAX_CHARS]).translate(_CLEAR).split()
    found = {f"{one} {other}" for one, other in zip(["^", *words], [*words, "$"], strict=True)}
    for word in words:
        found.add(word)
        padded = f"<{word}>"
        found.update([padded[at : at + PIECE] for at in range(len(padded) - PIECE + 1)])
    return np.unique(np.array([crc32(one.encode()) & (BUCKETS - 1) for one in found], dtype=np.intp))


@dataclass(frozen=True)
class HintModel:
    """``vector`` has shape (width, kinds), ``words`` (BUCKETS, kinds); ``alone`` and its intercept are for texts
    without a vector of the ``embedder`` that it was fitted with."""

    embedder: str
    vector: NDArray[np.float32]
    words: NDArray[np.float32]
    intercept: NDArray[np.float32]
    alone: NDArray[np.float32]
    alone_intercept: NDArray[np.float32]

    @classmethod
    def load(cls, file: Path = HINTS) -> "HintModel":
        """Raises ValueError when the file is not such a model."""
        arrays = read_arrays(file, REMAKE)
        try:
            embedder = str(arrays.pop("embedder"))
            parts = {name: array.astype(np.float32) for name, array in arrays.items()}
            model = cls(embedder, **parts)
        except (KeyError, ValueError, TypeError) as error:
            raise ValueError(f"{file}: {error}; run `{REMAKE}`") from error
        shapes = (model.words.shape, model.alone.shape, model.intercept.shape, model.vector.shape[1:])
        width = len(KINDS)
        if shapes != ((BUCKETS, width), (BUCKETS, width), (width,), (width,)) or not all(
            bool(np.isfinite(part).all()) for part in parts.values()
        ):
            raise ValueError(f"{file}: not the hints' coefficients; run `{REMAKE}`")
        return model

    def hear(self, texts: Sequence[str], vectors: Sequence[NDArray[np.float32]], embedder: str) -> Hints:
        """The most that is heard in the texts that :func:`texts_to_hear` finds, whose vectors these are: an order in
        the message as it was written, cases in what it asks, and a wish for a person in both: either alone mistakes
        what is said around a question, or what a wrong cut leaves of it."""
        known = embedder == self.embedder
        words, intercept = (self.words, self.intercept) if known else (self.alone, self.alone_intercept)
        logits = np.tile(intercept, (len(texts), 1))
        for place, text in enumerate(texts):
            found = buckets(text)
            if len(found):
                logits[place] += words[found].sum(axis=0) * (WORDS_WEIGHT / len(found) ** 0.5)
        if known:
            logits += np.stack(list(vectors)) @ self.vector
        asked = logits[1:] if len(texts) > 1 else logits
        person, _, *cases = (float(value) for value in asked.max(axis=0))
        if len(texts) > 1 and texts[0] != texts[1]:
            person = min(person, float(logits[0, 0]))
        order = float(logits[0, 1])
        most = max(cases)
        return Hints(person, order, most, CASES[cases.index(most)])


@lru_cache(maxsize=1)
def hint_model() -> HintModel:
    """The model that ships."""
    return HintModel.load()
