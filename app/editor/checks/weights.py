"""Weights: how much each word tells the articles of a knowledge base apart."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from app.answer.canon import stems
from ingest.article import Article
from ingest.chunk import plain
from ingest.lexical import fold
from ingest.sentences import split_sentences

Part = tuple[Iterable[str], float]
"""Words, and what each counts beside the others."""


class Weights:
    """Inverse frequencies over sentences; words that no article has weigh most."""

    def __init__(self, articles: Sequence[Article], before: "Weights | None" = None) -> None:
        self._counts: dict[tuple[str, str, str], tuple[Counter[str], int]] = {}
        counted: Counter[str] = Counter()
        sentences = 0
        for article in articles:
            key = (*article.key, article.content_hash)
            kept = before._counts.get(key) if before else None
            self._counts[key] = found = kept or _count(article)
            counted.update(found[0])
            sentences += found[1]
        self._counted, self._sentences = counted, sentences

    def of(self, word: str) -> float:
        """Of one stem. Figures are compared on their own and weigh nothing."""
        return 0.0 if ":" in word else log(1 + (1 + self._sentences) / (1 + self._counted[word]))

    def covered(self, parts: Iterable[Part], held: frozenset[str]) -> float:
        """Share of the words, by weight, that ``held`` has; 0 of none."""
        whole = has = 0.0
        for words, share in parts:
            for word in words:
                weight = share * self.of(word)
                whole += weight
                has += weight if word in held else 0.0
        return has / whole if whole else 0.0


def _count(article: Article) -> tuple[Counter[str], int]:
    """In how many of an article's sentences each stem stands; a title stands over all of them."""
    sentences = [sentence for line in article.body.split("\n") for sentence in split_sentences(plain(line)) if sentence]
    counted = Counter(word for sentence in sentences for word in stems(fold(sentence), article.locale))
    for word in stems(fold(article.title), article.locale):
        counted[word] = len(sentences)
    return counted, len(sentences)
