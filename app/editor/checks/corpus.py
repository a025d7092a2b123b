"""Corpus: the live articles as checks read them, kept between checks and brought up to date after a publish."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from app.editor.checks.draft import Draft
from app.editor.checks.internal import Vocabulary
from app.editor.checks.phrasings import phrasing_key
from app.editor.checks.said import Said, said_in
from app.editor.checks.weights import Weights
from ingest.article import Article
from ingest.chunk import chunk
from ingest.embed import Embedder
from ingest.meaning import sayer
from ingest.pipeline import Publisher
from ingest.revisions import Key
from ingest.store import Publication
from ingest.units import text_hash

NEAREST = 12
"""Live chunks that are looked at for each of a draft's."""
NEAR = 0.35
"""Cosine of chunks below which they are about something else."""
BATCH = 500
KEPT_ARTICLES = 400
"""Articles whose statements are kept taken apart: some 100 kB each."""
KEPT_VECTORS = 20_000
"""Vectors of sentences that are kept: 1.5 kB each."""


@dataclass(frozen=True)
class Live:
    """A live article with its stored vectors: title and phrasings, and the pieces of its body."""

    revision_id: int
    article: Article
    titles: NDArray[np.float32]
    bodies: NDArray[np.float32]


class Corpus:
    """One publication's articles. Immutable but for what it remembers; safe to share between threads."""

    def __init__(
        self, kb_version: str, live: Sequence[Live], embedder: Embedder, before: "Corpus | None" = None
    ) -> None:
        self.kb_version, self.embedder = kb_version, embedder
        self.live = list(live)
        self.articles = [one.article for one in self.live]
        self.by_id: dict[str, list[Article]] = {}
        self.phrasings: dict[tuple[str, str], list[Article]] = {}
        for article in self.articles:
            self.by_id.setdefault(article.id, []).append(article)
            for question in article.questions:
                self.phrasings.setdefault((article.locale, phrasing_key(question)), []).append(article)
        width = next((one.bodies.shape[1] for one in self.live if one.bodies.size), 1)
        self.bodies = _stacked([one.bodies for one in self.live], width)
        self.titles = _stacked([one.titles for one in self.live], width)
        self.body_owner = np.repeat(np.arange(len(self.live)), [len(one.bodies) for one in self.live])
        self.title_owner = np.repeat(np.arange(len(self.live)), [len(one.titles) for one in self.live])
        self.weights: Weights = Weights(self.articles, before.weights if before else None)
        self.vocabulary = Vocabulary(self.articles)
        self._said: OrderedDict[int, list[Said]] = OrderedDict()
        self._vectors: OrderedDict[str, NDArray[np.float32]] = before._vectors if before else OrderedDict()
        self._lock: Lock = before._lock if before else Lock()

    def said(self, number: int) -> list[Said]:
        """What article ``number`` states."""
        with self._lock:
            if (known := self._said.get(number)) is not None:
                self._said.move_to_end(number)
                return known
        found = said_in(self.articles[number], Draft.of(self.articles[number]).passages)
        with self._lock:
            self._said[number] = found
            while len(self._said) > KEPT_ARTICLES:
                self._said.popitem(last=False)
        return found

    def vectors(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Vectors of sentences, by text."""
        with self._lock:
            known = {text: self._vectors[text] for text in texts if text in self._vectors}
        missing = list(dict.fromkeys(text for text in texts if text not in known))
        fresh = dict(zip(missing, self.embedder.matrix(missing), strict=True)) if missing else {}
        with self._lock:
            self._vectors.update(fresh)
            while len(self._vectors) > KEPT_VECTORS:
                self._vectors.popitem(last=False)
        return known | fresh

    def near(self, article: Article, bodies: NDArray[np.float32]) -> list[int]:
        """Live articles in the same language of which a chunk is near one of ``bodies``, shape (chunks, width)."""
        if not bodies.size or not self.bodies.size:
            return []
        scores = bodies @ self.bodies.T
        scores[:, ~self._others(article)[self.body_owner]] = -1.0
        rows = {int(row) for line in scores for row in np.argsort(-line)[:NEAREST] if line[row] >= NEAR}
        return sorted({int(self.body_owner[row]) for row in rows})

    def find(self, key: Key) -> Article | None:
        """The live article of a key."""
        return next((article for article in self.by_id.get(key[0], ()) if article.key == key), None)

    def _others(self, article: Article) -> NDArray[np.bool_]:
        """Which live articles are in the same language and not the same article."""
        return np.array([one.locale == article.locale and one.id != article.id for one in self.articles], dtype=bool)


def read_corpus(publisher: Publisher, publication: Publication, before: Corpus | None) -> Corpus:
    """The corpus of a publication; what ``before`` has of it is not read again."""
    known = {one.revision_id: one for one in before.live} if before else {}
    wanted = sorted(stored.id for stored in publisher.store.revisions(publication.id))
    fresh = [revision_id for revision_id in wanted if revision_id not in known]
    for start in range(0, len(fresh), BATCH):
        known.update(_read(publisher, fresh[start : start + BATCH]))
    live = [known[revision_id] for revision_id in wanted]
    return Corpus(publication.kb_version, live, publisher.embedder, before)


def _read(publisher: Publisher, revision_ids: Sequence[int]) -> Iterator[tuple[int, Live]]:
    """Articles with their stored vectors; what is not stored, which a publish always does, is embedded."""
    articles = publisher.store.articles_of(revision_ids)
    chunks = {revision_id: chunk(article) for revision_id, article in articles.items()}
    say = sayer(publisher.glosses)
    said = {revision_id: [say(piece.indexed, piece.locale) for piece in of] for revision_id, of in chunks.items()}
    texts = {text_hash(text): text for of in said.values() for text in of}
    stored = publisher.store.vectors(publisher.embedder.name, list(texts))
    if missing := [digest for digest in texts if digest not in stored]:
        fresh = publisher.embedder.matrix([texts[digest] for digest in missing])
        stored |= dict(zip(missing, fresh, strict=True))
    for revision_id, pieces in chunks.items():
        vectors = [stored[text_hash(text)] for text in said[revision_id]]
        titles = [vector for vector, piece in zip(vectors, pieces, strict=True) if piece.part != "body"]
        bodies = [vector for vector, piece in zip(vectors, pieces, strict=True) if piece.part == "body"]
        yield revision_id, Live(revision_id, articles[revision_id], np.array(titles), np.array(bodies))


def _stacked(parts: Sequence[NDArray[np.float32]], width: int) -> NDArray[np.float32]:
    filled = [part for part in parts if part.size]
    return np.concatenate(filled) if filled else np.zeros((0, width), dtype=np.float32)
