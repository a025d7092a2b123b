"""Carrier phrases: what people say around a question ("hi, quick one: ... thanks!"), in English, Spanish, Portuguese.

Greetings, who somebody is, excuses, that they wonder, that they would like an article about it, that they looked
already, thanks and signatures say nothing of what is asked, and a search that reads them finds worse and is less sure.
A fitted linear model tells where the question begins and ends, by the words around it and those at the two cuts. What
is left is for searching: whoever decides what must reach a person by rules reads it all. The coefficients are fitted by
``python -m evals.carriers.fit`` and ship as ``carrier.npz``.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from app.answer.coefficients import read_arrays
from app.answer.smalltalk import polite_ends

CARRIER = Path(__file__).with_name("carrier.npz")
REMAKE = "python -m evals.carriers.fit"
BUCKETS = 1 << 16
MOST_TOKENS = 160
"""A longer message is left alone: it tells more than a question with something around it."""
LEAST_LETTERS, LEAST_WORDS = 3, 4
"""Fewer words that are often said around questions are none themselves: of "hi, I have a question" nothing is left."""
PIECE = 5
"""Letters of the beginning and of the end of a word, by which slips and forms of it are known."""
OFTEN = 3
"""Forms from which a word counts as often said around questions."""
SURE = 20.0
"""What must be gained by taking a piece off. With it half as many questions alone lose words, and those with something
around them find their articles as often."""
FAR = 5
"""Segments, and tokens, that are counted apart."""
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|\n+|[^\w\s]")
_STOPS = frozenset('.,;:!?…-–—()"“”¿¡\n')
_EDGE = ' \t\n.,;:…-–—()[]"“”«»*¡¿'
_ENDS = " !?"
"""Marks that belong to a question behind which they stand."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Of a text: words in plain small letters, marks and line ends; ``spans`` are where each stands in the text."""

    words: Sequence[str]
    capital: Sequence[bool]
    spans: Sequence[tuple[int, int]]

    def words_only(self) -> list[str]:
        """Without marks and line ends."""
        return [word for word in self.words if word[0].isalnum()]


def tokens_of(text: str) -> Tokens:
    """Of a text."""
    found = list(_TOKEN.finditer(text))
    said = [one[0] for one in found]
    return Tokens(
        ["\n" if one[0] == "\n" else _plain(one) for one in said],
        [one[0].isupper() for one in said],
        [one.span() for one in found],
    )


def _plain(word: str) -> str:
    folded = word.lower().replace("’", "'")
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFD", folded) if c.isalnum()) or word


Hashes = NDArray[np.uint32]
Known = Callable[[str], int]
"""In how many forms a word is said around a question, up to OFTEN."""
# What is looked at in each place, and, of up to three of these together, the kinds of features of a token and of a cut.
_ATOMS = (
    "- two one here right far head tail often kind often_one often_right before behind first mark taken left any_taken "
    "any_left"
).split()
_AROUND = (
    "here|one|right|one here|here right|two one here|here right far|head|tail|often kind|often often_one often_right|"
    "before here|behind here|first|first here|two|far|before behind"
)
_CUT = "one|here|two one|here right|one here|mark|{taken}|{left}|any_{taken} mark"
_KINDS = [
    kind.split()
    for kind in (
        *_AROUND.split("|"),
        *_CUT.format(taken="taken", left="left").split("|"),
        *_CUT.format(taken="left", left="taken").split("|"),
    )
]
_PARTS = np.array([[_ATOMS.index(name) for name in (*kind, "-", "-")[:3]] for kind in _KINDS]).T
_SEEDS = (np.arange(1, len(_KINDS) + 1, dtype=np.uint64) * 0x9E3779B1 & 0xFFFFFFFF).astype(np.uint32)
_AROUNDS, _CUTS = len(_AROUND.split("|")), len(_CUT.split("|"))


def _hashes(words: Iterable[str]) -> Hashes:
    return np.array([crc32(word.encode("utf-8", "surrogatepass")) for word in words], dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Features:
    """Buckets: ``around`` of what makes each of the n tokens worth taking off, shape (n, kinds); ``begins`` and
    ``ends`` of what makes the question begin or end before each token or behind the last, shape (n + 1, kinds)."""

    around: Hashes
    begins: Hashes
    ends: Hashes


def features_of(tokens: Tokens, known: Known) -> Features:
    """By a word itself, how ``known`` it is, its neighbours and the segment between marks that it stands in; a cut by
    the two words on either side, the mark that stands there, and how much it takes off and leaves."""
    words = tokens.words
    size = len(words)
    padded = _hashes(("^^", "^", *words, "$", "$$", "$$"))
    two, one, here, right, far = (padded[at : at + size + 1] for at in range(5))
    stops = np.array([word in _STOPS for word in words] + [True])
    segment = np.cumsum(stops) - stops
    opens = np.flatnonzero(np.concatenate(([True], stops[:-1])))
    gaps = np.arange(size + 1)
    often = np.array([9, *map(known, words), 9, 9])
    kinds = [
        0 if not word[0].isalnum() else 1 if word.isdigit() else 2 + big
        for word, big in zip(words, tokens.capital, strict=True)
    ]
    mark = np.where(np.concatenate(([False], stops[:-1])), one, np.where(stops & (gaps < size), here, 0))
    taken, left = np.minimum(gaps, FAR), np.minimum(size - gaps, FAR)
    atoms = np.empty((size + 1, len(_ATOMS)), dtype=np.uint32)
    for at, column in enumerate(
        (
            0, two, one, here, right, far, _hashes([*(word[:PIECE] for word in words), "$"]),
            _hashes([*(word[-PIECE:] for word in words), "$"]), often[1:-1], [*kinds, 0], often[:-2], often[2:],
            np.minimum(segment, FAR), np.clip(segment[size - 1] - segment, 0, FAR), here[opens[segment]], mark, taken,
            left, np.minimum(taken, 1), np.minimum(left, 1),
        )
    ):  # fmt: skip
        atoms[:, at] = column
    found = np.broadcast_to(_SEEDS, (size + 1, len(_KINDS)))
    for part in _PARTS:
        found = (found ^ atoms[:, part]) * np.uint32(0x85EBCA6B)
        found ^= found >> np.uint32(13)
    found &= np.uint32(BUCKETS - 1)
    return Features(found[:-1, :_AROUNDS], found[:, _AROUNDS:-_CUTS], found[:, -_CUTS:])


@dataclass(frozen=True)
class CarrierModel:
    """``weights`` has shape (BUCKETS,); ``often`` says of words in how many forms they are, if in any."""

    weights: NDArray[np.float32]
    often: Mapping[str, int]

    @classmethod
    def load(cls, file: Path = CARRIER) -> "CarrierModel":
        """Raises ValueError when the file is not such a model."""
        arrays = read_arrays(file, REMAKE)
        try:
            weights = arrays["weights"].astype(np.float32)
            often = dict(zip(str(arrays["words"]).split("\t"), arrays["often"].tolist(), strict=True))
        except (KeyError, ValueError) as error:
            raise ValueError(f"{file}: {error}; run `{REMAKE}`") from error
        if weights.shape != (BUCKETS,) or not np.isfinite(weights).all():
            raise ValueError(f"{file}: not the coefficients of carrier phrases; run `{REMAKE}`")
        return cls(weights, often)

    def save(self, file: Path) -> None:
        """Write what :meth:`load` reads."""
        words = sorted(self.often)
        np.savez_compressed(
            file,
            weights=self.weights.astype(np.float16),
            words=np.array("\t".join(words)),
            often=np.array([self.often[word] for word in words], dtype=np.uint8),
        )

    def between(self, tokens: Tokens) -> tuple[int, int]:
        """Which tokens are the question: from the first number to before the second. Greetings and thanks are taken
        off by rule: whether more goes is for what stands between them to tell."""
        greeted, thanked = polite_ends(tokens.words)
        if greeted >= thanked:
            return self._between(tokens)
        inner = slice(greeted, thanked)
        begin, end = self._between(Tokens(tokens.words[inner], tokens.capital[inner], tokens.spans[inner]))
        return greeted + begin, greeted + end

    def _between(self, tokens: Tokens) -> tuple[int, int]:
        found = features_of(tokens, self._known)
        worth, begins, ends = (self.weights[one].sum(axis=1) for one in (found.around, found.begins, found.ends))
        begins[0] += SURE
        ends[-1] += SURE
        # A word that opens a message and that nobody says around a question is what it is about: "Password: forgotten".
        if tokens.words[0] not in self.often:
            worth[0] = -np.inf
        return best_cuts(worth, begins, ends)

    def _known(self, word: str) -> int:
        return self.often.get(word, 0)

    def without(self, text: str) -> str:
        """See :func:`without_carrier`."""
        tokens = tokens_of(text)
        if not 1 < len(tokens.words) <= MOST_TOKENS:
            return text
        begin, end = self.between(tokens)
        taken, kept = (*tokens.words[:begin], *tokens.words[end:]), tokens.words[begin:end]
        nothing = len(kept) < LEAST_WORDS and all(self._known(word) == OFTEN for word in kept)
        if nothing or not any(word[0].isalnum() for word in taken):
            return text
        left = text[tokens.spans[begin][0] : tokens.spans[end - 1][1]].strip(_EDGE).lstrip(_ENDS)
        return left if sum(letter.isalnum() for letter in left) >= LEAST_LETTERS else text


def best_cuts(worth: NDArray[np.float32], begins: NDArray[np.float32], ends: NDArray[np.float32]) -> tuple[int, int]:
    """Of ``worth`` for each token that is taken off, shape (n,), and for each of the n + 1 places where the question
    may begin or end: where both are worth the most."""
    before = begins[:-1] + np.concatenate(([0.0], np.cumsum(worth)[:-1]))
    after = (ends + np.concatenate((np.cumsum(worth[::-1])[::-1], [0.0])))[1:]
    # The end that is best of those not before a begin.
    from_here = np.maximum.accumulate(after[::-1])[::-1]
    begin = int(np.argmax(before + from_here))
    return begin, begin + int(np.argmax(after[begin:])) + 1


@lru_cache(maxsize=1)
def carrier_model() -> CarrierModel:
    """The model that ships."""
    return CarrierModel.load()


@lru_cache(maxsize=1_024)
def without_carrier(text: str) -> str:
    """What is asked; the text itself where nothing is said around it, or nothing else."""
    return carrier_model().without(text)
