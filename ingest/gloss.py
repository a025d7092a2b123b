"""Gloss: a question in Spanish or Portuguese as English words, good enough to search English articles with.

The embedder knows English. An article that is not translated is found by the English of the question's words and
phrases, from glossaries written by hand; the gloss is for searching only, and nobody is shown it.
"""

import re
from functools import lru_cache
from pathlib import Path

import Stemmer

from ingest.lexical import fold

FOLDER = Path(__file__).with_name("glossary")
LONGEST = 4
"""Words of a phrase at most."""
SHORTEST_STEM = 4
"""Letters of a word whose other forms are known by its stem; shorter ones collide."""
NOTHING = "-"
"""What a word that English does not say is glossed as."""
_STEMMERS = {"es": "spanish", "pt": "portuguese"}
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[.,;:!?]")


class Glossary:
    """Of one language. Not thread-safe: a stemmer is not."""

    def __init__(self, language: str) -> None:
        self._stemmer = Stemmer.Stemmer(_STEMMERS[language])
        self._entries: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        for line in (FOLDER / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
            words, _, english = line.partition("\t")
            key = " ".join(_TOKEN.findall(fold(words)))
            self._entries.setdefault(key, english)
            if " " not in key and len(key) >= SHORTEST_STEM:
                self._stems.setdefault(self._stemmer.stemWord(key), english)

    def __call__(self, text: str) -> str:
        """The gloss; words that the glossary lacks stay as they are."""
        tokens = _TOKEN.findall(text)
        folded = [fold(token) for token in tokens]
        said: list[str] = []
        place = 0
        while place < len(tokens):
            for length in range(min(LONGEST, len(tokens) - place), 0, -1):
                english = self._entries.get(" ".join(folded[place : place + length]))
                if english is not None:
                    break
            else:
                length, english = 1, self._stems.get(self._stemmer.stemWord(folded[place]), tokens[place])
            if english != NOTHING:
                said.append(english)
            place += length
        return re.sub(r" (?=[.,;:!?])", "", " ".join(said))

    def knows(self, word: str) -> bool:
        """Whether a folded word is in it, itself or by its stem."""
        return word in self._entries or self._stemmer.stemWord(word) in self._stems


@lru_cache(maxsize=4)
def glossary(language: str) -> Glossary | None:
    """The glossary of a language; None when there is none."""
    return Glossary(language) if language in _STEMMERS else None
