"""Grounding: whether a sentence is supported by the passages that it cites."""

import re
from collections.abc import Sequence

from ingest.chunk import plain
from ingest.lexical import fold, tokenizer
from ingest.sentences import split_sentences
from ingest.store import Passage

MIN_SUPPORT = 0.5
"""Share of a sentence's content words that its passage must hold, when both are in one language."""
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b[\w-]+\.(?:com|net|org|io|example|help|shop)\b\S*", re.IGNORECASE
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|can't|don't|doesn't|isn't|aren't|won't|without|nor|neither|nunca|sin|tampoco|ningun\w*|"
    r"nao|sem|nenhum\w*|jamais)\b"
)
_NUMBER_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "twelve": "12", "fourteen": "14", "thirty": "30",
}  # fmt: skip


def _numbers(text: str) -> set[str]:
    return _digits(text) | {
        _NUMBER_WORDS[word] for word in re.findall(r"[a-z]+", text.lower()) if word in _NUMBER_WORDS
    }


def is_grounded(sentence: str, passages: Sequence[Passage], same_language: bool = True) -> bool:
    """Numbers and links must stand in the passages; words and negation must match the closest statement there."""
    if not passages:
        return False
    source = " ".join(plain(f"{p.title}. {p.section}. {p.text}") for p in passages)
    if not _numbers(sentence) - {"1"} <= _numbers(source):
        return False
    folded_source = fold(source)
    if any(fold(link).rstrip(".,;)") not in folded_source for link in _LINK.findall(sentence)):
        return False
    if not same_language:
        return True
    tokenize = tokenizer(passages[0].locale)
    words = set(tokenize(sentence))
    if not words:
        return False
    if len(words & set(tokenize(source))) / len(words) < MIN_SUPPORT:
        return False
    closest = max(
        (s for p in passages for s in split_sentences(plain(p.text))),
        key=lambda s: len(words & set(tokenize(s))) / (len(set(tokenize(s))) ** 0.5 or 1.0),
        default="",
    )
    overlap = len(words & set(tokenize(closest))) / len(words)
    return overlap < MIN_SUPPORT or bool(_NEGATION.search(fold(sentence))) == bool(_NEGATION.search(fold(closest)))


def _digits(sentence: str) -> set[str]:
    return {number.replace(",", "").rstrip(".:/").removesuffix(".00") for number in _NUMBER.findall(sentence)}
