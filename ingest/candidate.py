"""Candidate: what an edit would make of the live knowledge, open for reading before anything of it is live.

It lies over the live version in memory: Chroma's part stays, new chunks are compared exactly, as they are right after
a publish, and passages of edited articles are read from the edit and all others from SQL. Nothing is written but
embeddings, so that an edit which is dropped, or a process that dies, leaves nothing to clear up.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ingest import chunk as chunks
from ingest.article import Article, Audience, Kind
from ingest.builder import Progress
from ingest.collection import Collection as Articles
from ingest.content import Content
from ingest.errors import NothingLive
from ingest.exact import exact_collection
from ingest.lexical import LexicalIndex
from ingest.meaning import Meanings, sayer
from ingest.pipeline import Published, Publisher, kb_version_of
from ingest.revisions import Key
from ingest.store import AUDIENCES, KnowledgeStore, Passage, Publication, StoredChunk
from ingest.topics import Topics
from ingest.version import Version

KINDS: tuple[Kind, ...] = ("faq", "sop")
UNSAVED = 0
"""The revision of a text that has none yet."""


class EditedVersion:
    """The live version with an edit over it; what :class:`Version` is to its readers."""

    def __init__(
        self,
        base: Version,
        name: str,
        removed: Collection[Key],
        pieces: Sequence[StoredChunk],
        vectors: "Vectors",
        units: "Vectors",
        glossed: Callable[[str], bool],
    ) -> None:
        self.base, self.kb_version = base, name
        self._collections: dict[tuple[Kind, Audience, str], Articles] = {}
        for kind in KINDS:
            for audience in AUDIENCES:
                mine = [piece for piece in pieces if piece.kind == kind and audience in piece.audiences]
                for locale in sorted({*base.locales(kind, audience), *(piece.locale for piece in mine)}):
                    old = base.collection(kind, audience, locale)
                    here = [piece for piece in mine if piece.locale == locale]
                    brought = Content.of(here, vectors, locale, units)
                    gone = {article for article, language in removed if language == locale}
                    place = kind, audience, locale
                    edited = _edited(old, gone, brought) if old else exact_collection(brought, *place, glossed(locale))
                    if edited.rows.ids:
                        self._collections[place] = edited

    @property
    def publication(self) -> Publication:
        """The publication that it lies over."""
        return self.base.publication

    def collection(self, kind: Kind, audience: Audience, locale: str) -> Articles | None:
        """As :meth:`Version.collection`."""
        return self._collections.get((kind, audience, locale))

    def locales(self, kind: Kind, audience: Audience) -> list[str]:
        """As :meth:`Version.locales`."""
        return [locale for (k, a, locale) in self._collections if (k, a) == (kind, audience)]


Vectors = Mapping[str, NDArray[np.float32]]
"""By content hash, or those of units by chunk id."""


def _edited(old: Articles, gone: set[str], brought: Content) -> Articles:
    gone &= set(old.rows.articles)
    if not gone and not brought.rows.ids:
        return old
    assert isinstance(old.lexical, LexicalIndex)
    content = Content(old.rows, old.vectors, old.lexical.terms, old.units).changed(gone, brought)
    return old.edited(content.rows, content.vectors, LexicalIndex(content.terms, old.locale), content.units)


class EditedPassages:
    """Passages of edited articles from the edit, under the same rules as SQL has; all others from SQL."""

    def __init__(self, store: KnowledgeStore, changed: Sequence[Article], removed: Collection[Key]) -> None:
        self._store, self._removed = store, frozenset(removed)
        self._changed = {article.key: article for article in changed}
        self._passages = {article.key: {passage.chunk_id: passage for passage in _read(article)} for article in changed}

    def passages(
        self, publication_id: int, chunk_ids: Sequence[str], kind: Kind, audience: Audience, day: date
    ) -> dict[str, Passage]:
        """As :meth:`KnowledgeStore.passages`."""
        found: dict[str, Passage] = {}
        rest: list[str] = []
        for chunk_id in chunk_ids:
            key = key_of(chunk_id)
            if key in self._changed:
                passage = self._passages[key].get(chunk_id)
                if passage is not None and self._shown(key, kind, audience, day):
                    found[chunk_id] = passage
            elif key not in self._removed:
                rest.append(chunk_id)
        return found | self._store.passages(publication_id, rest, kind, audience, day)

    def bodies(
        self, publication_id: int, article_id: str, locale: str, kind: Kind, audience: Audience, day: date
    ) -> list[Passage]:
        """As :meth:`KnowledgeStore.bodies`."""
        key = (article_id, locale)
        if key in self._changed:
            shown = self._shown(key, kind, audience, day)
            return [passage for passage in self._passages[key].values() if shown and passage.part == "body"]
        if key in self._removed:
            return []
        return self._store.bodies(publication_id, article_id, locale, kind, audience, day)

    def _shown(self, key: Key, kind: Kind, audience: Audience, day: date) -> bool:
        article = self._changed[key]
        return article.kind == kind and audience in article.audience and article.valid_on(day)


def _read(article: Article) -> Iterator[Passage]:
    for piece in chunks.chunk(article):
        yield Passage(
            chunk_id=piece.id,
            article_id=article.id,
            revision=UNSAVED,
            locale=article.locale,
            topic=article.topic,
            title=article.title,
            part=piece.part,
            ordinal=piece.ordinal,
            section=piece.section,
            text=piece.text,
        )


def key_of(chunk_id: str) -> Key:
    """The article and locale that a chunk belongs to."""
    article, _, locale = chunk_id.rpartition("#")[0].rpartition("@")
    return article, locale


class Candidate:
    """An edit that is not live: ``version`` and ``passages`` are read as those of a live one are."""

    def __init__(
        self,
        publisher: Publisher,
        base: Version,
        changed: Sequence[Article],
        removed: Collection[Key],
        progress: Progress,
        keeps: bool,
    ) -> None:
        revisions = {stored.key: stored for stored in publisher.store.revisions(base.publication.id)}
        new = [a for a in changed if a.key not in revisions or revisions[a.key].content_hash != a.content_hash]
        self.publisher, self.base = publisher, base
        self.changed = tuple(new)
        self.removed = frozenset(key for key in removed if key in revisions) - {article.key for article in changed}
        self.keys = self.removed | {article.key for article in new}
        """The articles that are another text in it, or gone."""
        self.before = publisher.store.articles([stored.id for key, stored in revisions.items() if key in self.keys])
        """The live texts of those."""
        self.topics = Topics.model_validate(publisher.store.topics(base.publication.id))
        content = {key: stored.content_hash for key, stored in revisions.items() if key not in self.removed}
        content |= {article.key: article.content_hash for article in new}
        name = kb_version_of(content, self.topics, publisher.embedder)
        cut = [(article, piece) for article in new for piece in chunks.chunk(article)]
        pieces = [_stored(article, piece) for article, piece in cut]
        bodies = {piece.id: piece.text for _, piece in cut if piece.part == "body"}
        glossed = partial(_is_glossed, base, publisher)
        meanings = Meanings.of(pieces, bodies, sayer(glossed))
        vectors = publisher.vectors_of(meanings.texts, progress, keeps)
        units = meanings.units.stacked(vectors)
        self.version = EditedVersion(base, name, self.keys, meanings.pieces, vectors, units, glossed)
        self.passages = EditedPassages(publisher.store, new, self.removed)

    def publish(self, progress: Progress = lambda *_: None) -> Published:
        """Make it live. Raises Outdated when something else went live since it was opened, else as
        :meth:`Publisher.publish_change`."""
        return self.publisher.publish_change(self.changed, self.removed, progress, self.base.publication)


def _is_glossed(base: Version, publisher: Publisher, locale: str) -> bool:
    """Whether articles of a locale are embedded in plain English: as those are that the edit lies among."""
    for kind in KINDS:
        for audience in AUDIENCES:
            if there := base.collection(kind, audience, locale):
                return there.glossed
    return publisher.glosses(locale)


def _stored(article: Article, piece: chunks.Chunk) -> StoredChunk:
    return StoredChunk(
        id=piece.id,
        article_id=article.id,
        locale=article.locale,
        kind=article.kind,
        audiences=article.audience,
        part=piece.part,
        indexed=piece.indexed,
        content_hash=piece.content_hash,
    )


@contextmanager
def candidate(
    publisher: Publisher,
    changed: Sequence[Article],
    removed: Collection[Key] = (),
    progress: Progress = lambda *_: None,
    keeps: bool = True,
) -> Iterator[Candidate]:
    """What these articles, and the lack of those, would make of the live version, which stays open until the block
    ends. With ``keeps`` new embeddings are stored, because the edit is meant to be published. Raises NothingLive."""
    with publisher.shelf.reading() as base:
        if base is None:
            raise NothingLive("nothing is published yet; publish some articles first")
        yield Candidate(publisher, base, changed, removed, progress, keeps)
