"""Gloss: a question in plain English words, to search English articles with.

The embedder knows plain English. A Spanish or Portuguese question finds articles that are not translated by the English
of its words and phrases; an English one finds them better without slang, idioms and misspellings. The glossaries were
written by hand. A gloss is for searching only, and nobody is shown it.
"""

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from threading import Lock

import Stemmer

from ingest.lexical import fold

FOLDER = Path(__file__).with_name("glossary")
LANGUAGES = ("en", "es", "pt")
LONGEST = 4
"""Words of a phrase at most."""
SHORTEST_STEM = 4
"""Letters of a word whose other forms are known by its stem; shorter ones collide."""
NOTHING = "-"
"""What a word that plain English does not say is glossed as."""
_STEMMERS = {"es": "spanish", "pt": "portuguese"}
"""Languages whose words are known by their stems too. English glosses stand for one form each."""
_TOKEN = re.compile(r"[^\W_]+(?:['’/&][^\W_]+)*/?|[.,;:!?]")
_SPLIT = re.compile(r"['’]")


class Glossary:
    """Of one language. Thread-safe."""

    def __init__(self, language: str) -> None:
        content = (FOLDER / f"{language}.tsv").read_text(encoding="utf-8")
        self.version = f"{language}-{hashlib.sha256(content.encode()).hexdigest()[:12]}"
        name = _STEMMERS.get(language)
        self._stemmer = Stemmer.Stemmer(name) if name else None
        self._lock = Lock()
        self._entries: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        for line in content.splitlines():
            words, _, english = line.partition("\t")
            key = " ".join(map(_key, _TOKEN.findall(words)))
            self._entries.setdefault(key, english)
            if self._stemmer and " " not in key and len(key) >= SHORTEST_STEM:
                self._stems.setdefault(self._stemmer.stemWord(key), english)

    def __call__(self, text: str) -> str:
        """The gloss; words that the glossary lacks stay as they are. The longest phrase goes first, and a phrase is
        known by its misspelled words as well."""
        tokens = _TOKEN.findall(text)
        keys = [_key(token) for token in tokens]
        spelled = [self._spelled(key) for key in keys]
        said: list[str] = []
        place = 0
        while place < len(tokens):
            for length in range(min(LONGEST, len(tokens) - place), 0, -1):
                part = slice(place, place + length)
                english = self._entries.get(" ".join(keys[part]), self._entries.get(" ".join(spelled[part])))
                if english is not None:
                    break
            else:
                length, english = 1, self._by_stem(keys[place]) or tokens[place]
            if english != NOTHING:
                said.append(english)
            place += length
        return re.sub(r" (?=[.,;:!?])", "", " ".join(said))

    def knows(self, word: str) -> bool:
        """Whether it has a word, itself or by its stem."""
        key = _key(word)
        return key in self._entries or self._by_stem(key) is not None

    def _spelled(self, key: str) -> str:
        english = self._entries.get(key, NOTHING)
        return key if english == NOTHING or " " in english else english

    def _by_stem(self, key: str) -> str | None:
        if self._stemmer is None or len(key) < SHORTEST_STEM:
            return None
        with self._lock:
            stem: str = self._stemmer.stemWord(key)
        return self._stems.get(stem)


def _key(word: str) -> str:
    return _SPLIT.sub("", fold(word))


@lru_cache(maxsize=len(LANGUAGES))
def glossary(language: str) -> Glossary | None:
    """The glossary of a language; None when there is none."""
    return Glossary(language) if language in LANGUAGES else None


def plain_english(text: str, locale: str) -> str:
    """A text of a locale in plain English words; as it is where no glossary knows its language, or nothing of it."""
    gloss = glossary(language_of(locale))
    return (gloss(text) or text) if gloss else text


def language_of(locale: str) -> str:
    """``pt`` of ``pt-BR``."""
    return locale.split("-", maxsplit=1)[0]
