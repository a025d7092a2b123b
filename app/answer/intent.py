"""Intent: what a message is besides a question: a greeting, a wish for a person, or a case for one.

Rules are words in three languages, matched on folded text; cases are compared with the phrases that editors keep
in ``topics.toml``, by meaning.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from ingest.lexical import fold
from ingest.topics import Topics

SENSITIVE_WITH_WORD = 0.36
"""Cosine to a phrase of a sensitive topic from which one of the topic's words makes a message such a case."""
SENSITIVE_WITHOUT_WORDS = 0.72
"""The same for a topic whose editors gave phrases and no words."""
SENSITIVE_ALONE = 0.9
"""Cosine from which a message without any of the topic's words is one: it all but is the phrase."""

_GREETING = (
    r"h+i+|he+y+|hello+|hel+o|hiya|howdy|yo|hy|hai|hlo|good (?:morning|afternoon|evening|day)|greetings|"
    r"hola+|buen(?:os|as) (?:dias|tardes|noches)|buenas|que tal|"
    r"oi+|ola+|bom dia|boa (?:tarde|noite)|e ai|opa"
)
_ADDRESSEE = (
    r"there|all|everyone|team|bot|baton|sir|madam|mam|bro|dear|again|friend|amigo|gente|pessoal|tudo bem|tudo bom"
)
_THANKS = (
    r"(?:ok(?:ay)? |great |perfect |cool )?(?:thanks?(?: you)?(?: so much| very much| a lot)?|thank u|thx|ty|tysm|cheers|"
    r"much appreciated|muchas gracias|mil gracias|gracias|(?:muito )?obrigad[oa]|valeu|brigad[oa]|agradecid[oa])"
    r"(?: so much| a lot| for (?:the|your) help| for helping| pela ajuda| por la ayuda| mate| bye| that helps?(?: a lot)?)?"
)
_FAREWELL = (
    r"bye+|good ?bye|see (?:you|ya)|cya|have a (?:nice|good) (?:day|one)|adios|hasta luego|chau|tchau|ate (?:logo|mais)"
)
_ASSENT = (
    r"ok+(?:ay)?|k|kk|alright|all right|sure|great|perfect|cool|nice|awesome|got it|understood|fine|lol|haha+|hmm+|wow|"
    r"yes|yep|yeah|no|nope|vale|listo|perfecto|entendido|genial|claro|si|sim|nao|beleza|blz|entendi|perfeito|certo|legal|show"
)
_CHAT = (
    r"how are you(?: doing)?(?: today)?|how(?:'s| is) it going|what'?s up|wassup|sup|how do you do|nice to meet you|"
    r"who are you|what are you|are you (?:a |an )?(?:bot|robot|human|ai|real|machine|real person)|what(?:'s| is) your name|"
    r"what can you do|how can you help(?: me)?|can you help(?: me)?|help(?: me)?(?: please)?|i need help|test(?:ing)?|"
    r"tell me a joke|i love you|you(?:'re| are) (?:great|awesome|the best|funny|smart|cute|nice)|good bot|"
    r"do you (?:love|like) me|are you single|happy (?:birthday|new year)|merry christmas|"
    r"como estas|como esta|quien eres|eres un (?:bot|robot)|como te llamas|que puedes hacer|(?:me )?puedes ayudar(?:me)?|ayuda|"
    r"necesito ayuda|tudo bem|como vai(?: voce)?|quem e voce|voce e um (?:bot|robo)|qual (?:e )?(?:o )?seu nome|"
    r"(?:voce )?pode (?:me )?ajudar|ajuda|preciso de ajuda"
)
_PIECE = rf"(?:{_GREETING}|{_ADDRESSEE}|{_THANKS}|{_FAREWELL}|{_ASSENT}|{_CHAT}|please|pls|plz|por favor|so much)"
_SMALLTALK = re.compile(rf"^{_PIECE}(?:[\s,.!?;:-]+{_PIECE})*$")
_THANKS_PATTERN = re.compile(rf"(?:^|\b)(?:{_THANKS})(?:\b|$)")
_FAREWELL_PATTERN = re.compile(rf"(?:^|\b)(?:{_FAREWELL})(?:\b|$)")
_SYMBOLS = re.compile(r"[^\w\s,.!?;:'-]+", re.UNICODE)

_ANGER = re.compile(
    r"\b(?:wtf|fuck\w*|shit\w*|bullshit|bastards?|idiots?|useless|pathetic|ridiculous|disgusting|furious|outrag\w+|scammers?|"
    r"worst|terrible|horrible|unacceptable|fed up|sick of|joke of|waste of time|crying|desperate|"
    r"mierda|puta\w*|inutil\w*|estafa\w*|ridiculo|inaceptable|hart[oa]|pesimo|basura|"
    r"merda|porra|caralho|inuteis|ridicul\w+|absurdo|pessimo|lixo|palhacada|vergonha)\b|!{3,}"
)


@dataclass(frozen=True, slots=True)
class Intent:
    """``smalltalk`` is its kind, or empty; ``sensitive`` is the topic of a case for people, or empty."""

    smalltalk: str = ""
    asks_for_person: bool = False
    sensitive: str = ""
    sensitive_similarity: float = 0.0
    anger: bool = False


def smalltalk(text: str) -> str:
    """``greeting``, ``thanks``, ``farewell``, ``chat`` or, for everything else, nothing."""
    folded = " ".join(_SYMBOLS.sub(" ", fold(text).replace("’", "'")).split()).strip(" ,.!?;:-'")
    if not folded or not _SMALLTALK.match(folded):
        return ""
    if _FAREWELL_PATTERN.search(folded):
        return "farewell"
    if _THANKS_PATTERN.search(folded):
        return "thanks"
    return "greeting" if re.match(rf"^(?:{_GREETING})\b", folded) else "chat"


def is_angry(text: str) -> bool:
    """Words of anger or despair, or shouting."""
    letters = [char for char in text if char.isalpha()]
    shouting = len(letters) >= 15 and sum(char.isupper() for char in letters) > 0.8 * len(letters)
    return shouting or bool(_ANGER.search(fold(text)))


@dataclass(frozen=True)
class _Watch:
    """The topics that always go to a person: their words as patterns, their phrases as vectors."""

    words: dict[str, re.Pattern[str]]
    slugs: list[str]
    vectors: NDArray[np.float32]


class SensitiveCases:
    """Tells messages that are cases for people from questions about the same subject."""

    def __init__(self, embed: Callable[[list[str]], NDArray[np.float32]]) -> None:
        self._embed = embed
        self._lock = Lock()
        self._known: tuple[Topics, _Watch] | None = None

    def topic_of(self, topics: Topics, text: str, vectors: Sequence[NDArray[np.float32]]) -> tuple[str, float]:
        """The sensitive topic of a message and how like its phrases it is; ``("", 0)`` for every other message.

        ``vectors`` are those of the whole message and of its sentences: a case is often told in passing.
        """
        watch = self._watch(topics)
        if not watch.slugs:
            return "", 0.0
        folded = fold(text).replace("’", "'")
        similarities = (np.stack(list(vectors)) @ watch.vectors.T).max(axis=0)
        best: dict[str, float] = {}
        for slug, similarity in zip(watch.slugs, similarities, strict=True):
            best[slug] = max(best.get(slug, 0.0), float(similarity))
        found = ("", 0.0)
        for slug, similarity in best.items():
            words = watch.words.get(slug)
            floor = SENSITIVE_WITHOUT_WORDS if words is None else SENSITIVE_ALONE
            if words is not None and words.search(folded):
                floor = SENSITIVE_WITH_WORD
            if similarity >= floor and similarity > found[1]:
                found = (slug, similarity)
        return found

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
                self._known = (topics, _Watch(words, [slug for slug, _ in pairs], vectors))
            return self._known[1]


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    patterns = []
    for word in words:
        stem = re.escape(fold(word).rstrip("*")).replace(r"\ ", r"\s+")
        patterns.append(rf"\b{stem}{'' if word.endswith('*') else chr(92) + 'b'}")
    return re.compile("|".join(patterns))
