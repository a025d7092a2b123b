"""Source: what a passage states, taken apart once, for checking sentences against it.

The same passages are cited again and again, so what was made of them is kept.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.chunk import plain
from ingest.lexical import fold, tokenizer
from ingest.sentences import split_sentences
from ingest.store import Passage

KEPT = 4_096
_NUMBER = re.compile(
    r"(?P<money>(?:us|r)?[$€£]\s?)?(?P<digits>\d+(?:[.,:/]\d+)*)"
    r"(?P<percent>\s?(?:%|percent\b|por ?ciento\b|por ?cento\b))?"
    r"(?P<after>\s?(?:[$€£]|(?:dollars?|usd|eur|euros?|reais|dolares)\b))?"
)
_WORD = re.compile(r"[a-z]+")
_NUMBER_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "fourteen": "14", "fifteen": "15", "twenty": "20", "thirty": "30",
    "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90", "hundred": "100", "half": "0.5",
    "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6", "siete": "7", "ocho": "8", "nueve": "9",
    "diez": "10", "catorce": "14", "quince": "15", "treinta": "30", "dois": "2", "duas": "2", "quatro": "4",
    "sete": "7", "oito": "8", "nove": "9", "dez": "10", "quatorze": "14", "quinze": "15", "trinta": "30",
}  # fmt: skip
_CALENDAR = frozenset(
    "january february march april june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "lunes martes miercoles jueves viernes sabado domingo "
    "janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro segunda terca quarta quinta "
    "sexta".split()
)
NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|can't|don't|doesn't|didn't|isn't|aren't|won't|wasn't|weren't|hasn't|haven't|without|nor|"
    r"neither|none|nothing|nobody|unable|impossible|excluded|refused?|declined?|"
    r"nunca|sin|tampoco|ningun\w*|nada|imposible|"
    r"nao|sem|nenhum\w*|jamais|impossivel)\b"
)


@dataclass(frozen=True, slots=True)
class Figures:
    """The quantities of a text, as ``kind:value``: ``money:4.99``, ``percent:12``, ``plain:14``, ``day:monday``."""

    all: frozenset[str]

    @classmethod
    def of(cls, folded: str) -> "Figures":
        """Of a folded text; words for small numbers count as numbers."""
        found: set[str] = set()
        for match in _NUMBER.finditer(folded):
            kind = "money" if match["money"] or match["after"] else "percent" if match["percent"] else "plain"
            found.add(f"{kind}:{_value(match['digits'])}")
        for word in _WORD.findall(folded):
            if word in _NUMBER_WORDS:
                found.add(f"plain:{_NUMBER_WORDS[word]}")
            elif word in _CALENDAR:
                found.add(f"day:{word}")
        return cls(frozenset(found))


def _value(digits: str) -> str:
    """A number without separators of thousands and without a fraction of zeros."""
    digits = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", digits.rstrip(".,:/"))
    digits = digits.replace(",", ".")
    return re.sub(r"\.0+$", "", digits)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, item or row of a passage. ``words`` are stems."""

    text: str
    folded: str
    words: frozenset[str]
    figures: Figures
    negated: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A passage: title, section and text as plain folded words, and its statements."""

    folded: str
    words: frozenset[str]
    figures: Figures
    statements: tuple[Statement, ...]


def statement_of(text: str, locale: str) -> Statement:
    """A sentence, taken apart."""
    folded = fold(text).replace("’", "'")
    words = frozenset(tokenizer(locale)(text))
    return Statement(text, folded, words, Figures.of(folded), NEGATION.search(folded) is not None)


@lru_cache(maxsize=KEPT)
def source_of(passage: Passage) -> Source:
    """What a passage states."""
    whole = plain(f"{passage.title}. {passage.section}. {passage.text}")
    folded = fold(whole).replace("’", "'")
    pieces = [plain(piece) for piece in split_sentences(passage.text)]
    return Source(
        folded,
        frozenset(tokenizer(passage.locale)(whole)),
        Figures.of(folded),
        tuple(statement_of(piece, passage.locale) for piece in pieces if piece),
    )
