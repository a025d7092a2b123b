"""Naming: what a group is called, in a visitor's own words."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from app.answer.retriever import DEFAULT_LOCALE
from app.editor.gaps.meaning import Embed, Vectors, plain, vectors
from ingest.lexical import fold, tokenizer
from ingest.sentences import split_sentences

SHORTEST, LONGEST = 4, 14
"""Words of a name."""
ENGLISH, ASKING, TO_THE_POINT, TELLING = 0.25, 0.05, 0.06, 0.12
"""What it is worth in cosine to be in English, to ask, not to run on, and to hold each of the words that tell the group
from others. Chosen by reading the names of two replays."""
KEYWORDS = 3
_OPENING = re.compile(
    r"^(?:(?:hi|hello|hey|hola|oi|ola|olá|ok|okay|so|well|please|pls|um|uh|yo|good (?:morning|evening|afternoon)|"
    r"buenas|buenos días|bom dia|boa tarde|and|but|also|because)\b[\s,.!:;-]*)+",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"[\s,.;:!?-]*(?:\b(?:please|pls|plz|thanks|thank you|thx|lol|haha|por favor|gracias|obrigad[oa])\b[\s,.;:!?-]*)+$",
    re.I,
)
_ASKS = re.compile(
    r"^(?:how|what|when|where|why|who|which|can|could|do|does|did|is|are|am|will|would|should|may|was|"
    r"como|cómo|que|qué|cuando|cuándo|donde|dónde|por que|por qué|cual|cuál|puedo|se puede|"
    r"quando|onde|qual|posso|da pra|dá pra|o que|quanto|cuanto|cuánto)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\.{2,}|\s[-–—]\s|[;:,]\s|\?\s")
_PLACEHOLDER = re.compile(r"\[(?:e-mail|link|card|phone|number|name)\]")
_WORD = re.compile(r"[^\W\d_]{3,}")


def name_of(texts: Sequence[str], locales: Sequence[str], centre: Vectors, about: Sequence[str], embed: Embed) -> str:
    """The clause of the wordings that is most like ``centre``, a unit vector of what is common to the group, and holds
    words of ``about``."""
    found: dict[str, str] = {}
    for text, locale in zip(texts, locales, strict=True):
        for sentence in (*_clauses(text), text):
            words = cleaned(sentence)
            if words and not _PLACEHOLDER.search(words) and SHORTEST <= len(words.split()) <= LONGEST:
                found.setdefault(words, locale)
    if not found:
        return shortened(cleaned(texts[0]) or texts[0])
    names = list(found)
    stems = tokenizer(DEFAULT_LOCALE)
    telling = {stem for word in about for stem in stems(word)}
    alike = vectors(names, list(found.values()), embed) @ centre
    worth = [float(value) + _worth(name, found[name], telling) for name, value in zip(names, alike, strict=True)]
    return asked(names[int(np.argmax(worth))])


def _worth(name: str, locale: str, telling: set[str]) -> float:
    said = ENGLISH * locale.startswith(DEFAULT_LOCALE) + ASKING * bool(_ASKS.match(name) or name.endswith("?"))
    held = len(telling & set(tokenizer(DEFAULT_LOCALE)(plain(name, locale))))
    return said + TELLING * held - TO_THE_POINT * max(0, len(name.split()) - LONGEST // 2) / LONGEST


def _clauses(text: str) -> list[str]:
    return [part for sentence in split_sentences(text) for part in _CLAUSE.split(sentence)]


def cleaned(text: str) -> str:
    """Without greetings before it and thanks behind it."""
    question = text.rstrip().endswith("?")
    words = _ENDING.sub("", _OPENING.sub("", text.strip())).strip(" ,.;:!?-\"'")
    return f"{words}?" if words and question else words


def asked(words: str) -> str:
    """As a title: a capital, and a question mark behind a question."""
    words = re.sub(r"\bi\b(?=[ '’]|m\b)", "I", words)
    words = words[:1].upper() + words[1:]
    return f"{words}?" if _ASKS.match(words) and not words.endswith("?") else words


def shortened(text: str, words: int = LONGEST) -> str:
    """Its first words."""
    said = text.split()
    return asked(" ".join(said[:words]) + ("…" if len(said) > words else ""))


def keywords(groups: Sequence[Sequence[str]]) -> list[list[str]]:
    """The KEYWORDS words that tell each group of texts from the others, as they are most often written."""
    stems = tokenizer(DEFAULT_LOCALE)
    counts: list[Counter[str]] = []
    written: Counter[tuple[str, str]] = Counter()
    for texts in groups:
        held: Counter[str] = Counter()
        for text in texts:
            pairs = {(stem, word) for word in _WORD.findall(fold(_PLACEHOLDER.sub(" ", text))) for stem in stems(word)}
            held.update({stem for stem, _ in pairs})
            written.update(pairs)
        counts.append(held)
    spread = Counter(stem for held in counts for stem in held)
    forms: dict[str, str] = {}
    for (stem, word), _ in sorted(written.items(), key=lambda item: (item[1], item[0]), reverse=True):
        forms.setdefault(stem, word)
    found = []
    for held in counts:
        rare = {stem: count * np.log((1 + len(groups)) / spread[stem]) for stem, count in held.items()}
        found.append([forms[stem] for stem in sorted(rare, key=lambda stem: (-rare[stem], stem))[:KEYWORDS]])
    return found


def in_plain_words(texts: Sequence[str], locales: Sequence[str]) -> list[str]:
    """Texts as :func:`keywords` compares them."""
    return [plain(text, locale) for text, locale in zip(texts, locales, strict=True)]
