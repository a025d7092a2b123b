"""Own words: whether a sentence is the passage's own, so that there is nothing to check."""

import re
from collections.abc import Mapping
from functools import lru_cache

from ingest.chunk import plain
from ingest.lexical import fold
from ingest.sentences import split_sentences
from ingest.store import Passage

KEPT = 2_048
_BARE = re.compile(r"^\s*\d+[.)]\s+|[.!?\s]+$")


def bare(text: str) -> str:
    """A sentence, folded, without the number of a step and its full stop: what its own words are known by."""
    return _BARE.sub("", fold(text)).strip()


@lru_cache(maxsize=KEPT)
def sentences_of(passage: Passage) -> Mapping[str, str]:
    """The passage's sentences as they stand there, by their bare words. A tenth of the work of :func:`source_of`."""
    sentences = [plain(sentence) for sentence in split_sentences(passage.text)]
    return {bare(sentence): sentence for sentence in sentences if sentence}


def stands_in(text: str, passage: Passage) -> bool:
    """Whether a text is made of nothing but sentences that stand in the passage, word for word."""
    sentences = [bare(sentence) for sentence in split_sentences(plain(text))]
    return bool(sentences) and all(sentence in sentences_of(passage) for sentence in sentences)
