"""Standpoint: one version to answer from, the live one or a candidate, as an answerer reads it.

A known phrasing is asked as a visitor would who does not know it: without the chunk that is the phrasing itself.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from app.answer.opened import Opened, Passages
from app.answer.retriever import Reader
from app.today import Today
from ingest.article import Audience, Kind
from ingest.candidate import key_of
from ingest.collection import Collection
from ingest.embed import Embedder
from ingest.lexical import LexicalIndex
from ingest.store import Publication
from ingest.topics import Topics

REMEMBERED = 60_000
"""Vectors of questions and of sentences that are kept, 1.5 kB each."""


class Remembering:
    """An embedder that embeds no text twice: both sides of an edit ask the same and mostly quote the same."""

    def __init__(self, embedder: Embedder, limit: int = REMEMBERED) -> None:
        self._embedder, self._limit = embedder, limit
        self.name, self.english_only = embedder.name, embedder.english_only
        self._known: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def learn(self, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Vectors that are known from elsewhere, by text."""
        self._known.update(vectors)
        self._forget()

    def vector(self, text: str) -> NDArray[np.float32]:
        """One text, shape (width,)."""
        known = self._known.get(text)
        if known is None:
            self._known[text] = known = self._embedder.vector(text)
            self._forget()
        return known

    def _forget(self) -> None:
        while len(self._known) > self._limit:
            self._known.popitem(last=False)

    def matrix(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Many texts, shape (len(texts), width)."""
        return np.stack([self.vector(text) for text in texts])


class Standpoint:
    """Readers on one version. ``hidden`` is the id of a chunk that is passed over, with its words in BM25."""

    def __init__(
        self,
        version: Opened,
        passages: Passages,
        topics: Topics,
        embedder: Embedder,
        embeddings: Callable[[list[str]], NDArray[np.float32]],
        reads_at_once: bool,
        today: Today,
    ) -> None:
        self.version, self.embedder, self.reads_at_once = version, embedder, reads_at_once
        self._passages, self._topics, self._embeddings, self._today = passages, topics, embeddings, today
        self.hidden: tuple[str, str] | None = None
        """A chunk's id and its text."""

    def embeddings(self, texts: list[str]) -> NDArray[np.float32]:
        """Vectors of texts that recur."""
        return self._embeddings(texts)

    @contextmanager
    def reading(self, kind: Kind, audience: Audience) -> Iterator[Reader]:
        """A reader on this version."""
        version = Without(self.version, *self.hidden) if self.hidden else self.version
        yield Reader(version, self._topics, self._passages, kind, audience, self._today)


class Without:
    """A version that lacks one chunk."""

    def __init__(self, version: Opened, chunk_id: str, text: str) -> None:
        self._version, self._chunk_id, self._text = version, chunk_id, text
        self._locale = key_of(chunk_id)[1]

    @property
    def kb_version(self) -> str:
        """As if nothing were missing."""
        return self._version.kb_version

    @property
    def publication(self) -> Publication:
        """As if nothing were missing."""
        return self._version.publication

    def collection(self, kind: Kind, audience: Audience, locale: str) -> Collection | None:
        """The collection without the chunk, if it had it."""
        whole = self._version.collection(kind, audience, locale)
        row = whole.row_of(self._chunk_id) if whole and locale == self._locale else None
        if whole is None or row is None:
            return whole
        assert isinstance(whole.lexical, LexicalIndex)
        return whole.without(row, self._text)

    def locales(self, kind: Kind, audience: Audience) -> list[str]:
        """As if nothing were missing."""
        return self._version.locales(kind, audience)
