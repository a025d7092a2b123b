"""Intent: what a message is besides a question: a greeting, a wish for a person, or a case for one.

Rules are words in three languages, matched on folded text; cases are compared with the phrases that editors keep
in ``topics.toml``, by meaning.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from app.answer.hints import CASES
from ingest.lexical import fold
from ingest.topics import Topics

SENSITIVE_WITH_WORD = 0.36
"""Cosine to a phrase of a sensitive topic from which one of the topic's words makes a message such a case."""
SENSITIVE_IN_GENERAL = 0.75
"""The same when the message asks how things are in general ("how do i recognise a scam")."""
SENSITIVE_WITHOUT_WORDS = 0.72
"""The same for a topic whose editors gave phrases and no words."""
SENSITIVE_FLOOR = 0.3
"""What is said of a message that a sign alone made a case."""
NEAREST = 3
LEANING_FLOOR, LEANING_MARGIN = 0.4, 0.0
"""Least mean cosine to the NEAREST phrases of cases, and how far above that to known phrasings it must lie."""
SENSITIVE_ALONE = 0.9
"""Cosine from which a message without any of the topic's words is one: it all but is the phrase."""

_ANGER = re.compile(
    r"\b(?:wtf|fuck\w*|shit\w*|bullshit|bastards?|idiots?|useless|pathetic|ridiculous|disgusting|furious|outrag\w+|scammers?|"
    r"worst|terrible|horrible|unacceptable|fed up|sick of|joke of|waste of time|crying|desperate|"
    r"mierda|puta\w*|inutil\w*|estafa\w*|ridiculo|inaceptable|hart[oa]|pesimo|basura|"
    r"merda|porra|caralho|inuteis|ridicul\w+|absurdo|pessimo|lixo|palhacada|vergonha)\b|!{3,}"
)


_IN_GENERAL = re.compile(
    r"^\W*(?:(?:hi|hello|hey|hola|oi|ola)\W+)?(?:how (?:do|can|to|does|will|would|are|long|much)|what (?:is|are|does|counts|if)|(?:can|may|do|should|could) (?:i|we|you)|"
    r"is (?:it|there|this|the)|are (?:there|your)|do(?:es)? |where (?:do|can) i|which|when|"
    r"como (?:se|puedo|posso|denuncio|reporto|reconozco|reconheco|sei|saber)|que (?:es|pasa|hago)|puedo|se puede|posso|pode|a donde|pra onde|cuanto|quanto|o que)\b|"
    r"\b(?:where|how) (?:do|can|should|would) (?:i|we) (?:forward|report|recogni[sz]e|tell|know|spot|avoid)\b|"
    r"\b(?:a donde|donde|como) (?:lo |la )?(?:reporto|denuncio|reenvio|reconozco)\b|\b(?:onde|como) (?:eu )?(?:denuncio|encaminho|reconheco)\b"
)
_WORD = re.compile(r"\w+")
_FIRST_WORD = re.compile(r"[\w']+\*?")
_PIECES = re.compile(r"\.\.\.|\*|[()/]|\s+|'|[^\s*()/'.]+|\.")
_OF_A_SIGN = {"*": r"\w*", "(": "(?:", ")": ")", "/": "|", "'": "'?"} | {" " * n: r"\s+" for n in range(1, 4)}
GAP = 60
"""Letters of one sentence that ``...`` in a sign stands for at most."""


@dataclass(frozen=True, slots=True)
class Intent:
    """``smalltalk`` is its kind, or empty; ``sensitive`` is the topic of a case for people, or empty."""

    smalltalk: str = ""
    asks_for_person: bool = False
    sensitive: str = ""
    sensitive_similarity: float = 0.0
    leaning: str = ""
    """The topic of a case that the message is nearer to than to anything that is asked of articles, or empty."""
    anger: bool = False


def is_angry(text: str) -> bool:
    """Words of anger or despair, or shouting."""
    letters = [char for char in text if char.isalpha()]
    shouting = len(letters) >= 15 and sum(char.isupper() for char in letters) > 0.8 * len(letters)
    return shouting or bool(_ANGER.search(fold(text)))


@dataclass(frozen=True)
class _Watch:
    """The topics that always go to a person: their words as patterns, their signs by first word, their phrases as
    vectors."""

    words: dict[str, re.Pattern[str]]
    signs: dict[str, list[tuple[str, re.Pattern[str]]]]
    slugs: list[str]
    vectors: NDArray[np.float32]

    @cached_property
    def _topics(self) -> tuple[list[str], NDArray[np.intp]]:
        """Each topic once, and which of them each phrase is of."""
        names = list(dict.fromkeys(self.slugs))
        number = {name: place for place, name in enumerate(names)}
        return names, np.array([number[slug] for slug in self.slugs], dtype=np.intp)

    def best(self, similarities: NDArray[np.float32]) -> dict[str, float]:
        """By topic, the similarity of the phrase that is most like; 0 at least."""
        names, of = self._topics
        best = np.zeros(len(names), dtype=np.float32)
        np.maximum.at(best, of, similarities)
        return dict(zip(names, best.tolist(), strict=True))

    def signalled(self, folded: str) -> set[str]:
        """The topics of which the message holds a sign. Few signs begin with a word of the message; only they are
        tried."""
        found: set[str] = set()
        for word in set(_WORD.findall(folded.replace("'", ""))):
            for key in (word, *(f"{word[:end]}*" for end in range(2, min(len(word), 24) + 1))):
                found |= {slug for slug, pattern in self.signs.get(key, ()) if pattern.search(folded)}
        return found


class SensitiveCases:
    """Tells messages that are cases for people from questions about the same subject."""

    def __init__(self, embed: Callable[[list[str]], NDArray[np.float32]]) -> None:
        self._embed = embed
        self._lock = Lock()
        self._known: tuple[Topics, _Watch] | None = None

    def prepare(self, topics: Topics) -> None:
        """Read or embed the phrases, once for each edition of the topics; blocking."""
        self._watch(topics)

    def topic_of(self, topics: Topics, text: str, vectors: Sequence[NDArray[np.float32]]) -> tuple[str, float]:
        """The sensitive topic of a message and how like its phrases it is; ``("", 0)`` for every other message.

        ``vectors`` are those of the whole message and of its sentences: a case is often told in passing.
        """
        watch = self._watch(topics)
        if not watch.slugs:
            return "", 0.0
        folded = fold(text).replace("’", "'")
        similarities = (np.stack(list(vectors)) @ watch.vectors.T).max(axis=0)
        best = watch.best(similarities)
        signalled = watch.signalled(folded)
        with_word = SENSITIVE_IN_GENERAL if _IN_GENERAL.search(folded) else SENSITIVE_WITH_WORD
        cases: list[tuple[bool, float, str]] = []
        for slug, similarity in best.items():
            words = watch.words.get(slug)
            floor = SENSITIVE_WITHOUT_WORDS if words is None else SENSITIVE_ALONE
            if words is not None and words.search(folded):
                floor = with_word
            if slug in signalled or similarity >= floor:
                cases.append((slug in signalled, similarity, slug))
        if not cases:
            return "", 0.0
        _, similarity, slug = max(cases)
        return slug, max(similarity, SENSITIVE_FLOOR)

    def topic_named(self, topics: Topics, name: str, vectors: Sequence[NDArray[np.float32]]) -> str:
        """The topic that always goes to a person for a kind of case: the one of that name, else the one whose phrases
        are most like the message; empty when there is none."""
        named = topics.topics.get(name)
        if named is not None and named.always_human:
            return name
        watch = self._watch(topics)
        if not watch.slugs:
            return ""
        similarities = (np.stack(list(vectors)) @ watch.vectors.T).max(axis=0)
        at = int(similarities.argmax())
        return watch.slugs[at] if float(similarities[at]) >= SENSITIVE_WITH_WORD else ""

    def leaning_of(self, topics: Topics, vectors: Sequence[NDArray[np.float32]], phrasings: Sequence[float]) -> str:
        """The topic whose phrases a message is nearest to, by its NEAREST most like, when it is nearer to them than to
        the known phrasings of articles, whose best cosines are given; empty otherwise. Too weak to decide, and enough
        to break a tie. The kinds of cases that the hints know are not asked about here: they tell far better."""
        watch = self._watch(topics)
        asked = [place for place, slug in enumerate(watch.slugs) if slug not in CASES]
        if len(asked) < NEAREST:
            return ""
        similarities = (np.stack(list(vectors)) @ watch.vectors[asked].T).max(axis=0)
        nearest = np.argsort(-similarities)[:NEAREST]
        known = sorted(phrasings, reverse=True)[:NEAREST]
        near = float(similarities[nearest].mean())
        if near < LEANING_FLOOR or (known and near < sum(known) / len(known) + LEANING_MARGIN):
            return ""
        return watch.slugs[asked[int(nearest[0])]]

    def _watch(self, topics: Topics) -> _Watch:
        with self._lock:
            if self._known is None or self._known[0] is not topics:
                pairs = topics.sensitive_phrases()
                vectors = self._embed([phrase for _, phrase in pairs]) if pairs else np.zeros((0, 0), dtype=np.float32)
                words = {
                    slug: _any_of(topic.words)
                    for slug, topic in topics.topics.items()
                    if topic.always_human and topic.words
                }
                signs: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
                for slug, topic in topics.topics.items():
                    for sign in topic.signs if topic.always_human else ():
                        pattern = re.compile(rf"\b{_pattern(sign)}(?!\w)")
                        for first in _first_words(sign):
                            signs.setdefault(first, []).append((slug, pattern))
                self._known = (topics, _Watch(words, signs, [slug for slug, _ in pairs], vectors))
            return self._known[1]


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{_pattern(word)}(?!\w)" for word in words))


def _pattern(sign: str) -> str:
    """A word or sign of ``topics.toml`` as a regular expression over folded text."""
    parts = []
    for piece in _PIECES.findall(fold(sign)):
        gap = piece == "..."
        parts.append(rf"\b[^.?!;\n]{{0,{GAP}}}?\b" if gap else _OF_A_SIGN.get(piece) or re.escape(piece))
    return re.sub(r"(?:\\s\+)?(\\b\[\^[^}]*\}\?\\b)(?:\\s\+)?", r"\1", "".join(parts))


def _first_words(sign: str) -> set[str]:
    """The words with which a sign can begin, each with its ``*``."""
    folded = fold(sign)
    choices = folded[1 : folded.index(")")].split("/") if folded.startswith("(") else [folded]
    found = (_FIRST_WORD.match(choice.strip()) for choice in choices)
    return {match[0].replace("'", "") for match in found if match}
