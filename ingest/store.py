"""The repository of knowledge: all SQL that ingest and answering need. Synchronous, for worker threads."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Date,
    Dialect,
    Engine,
    Integer,
    Select,
    and_,
    bindparam,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.sql.compiler import SQLCompiler

from ingest.article import Article, Audience, Kind
from ingest.chunk import Chunk
from ingest.errors import Outdated
from ingest.revisions import BATCH, Key, save_batch, save_sources
from ingest.tables import chunk, embedding, in_publication, live_publication, live_revision, publication, revision

_T = TypeVar("_T")
Also = Callable[[Connection, int], None]
"""Called within the transaction that makes a publication live, with its number: all of it happens, or nothing."""
AUDIENCES: tuple[Audience, ...] = ("buyer", "seller", "agent")
_AUDIENCE: dict[Audience, Column[bool]] = {
    "buyer": revision.c.for_buyer,
    "seller": revision.c.for_seller,
    "agent": revision.c.for_agent,
}


@dataclass(frozen=True, slots=True)
class Publication:
    """A set of revisions that went live together; ``kb_version`` names its index."""

    id: int
    kb_version: str


@dataclass(frozen=True, slots=True)
class StoredRevision:
    """A row of ``revision`` without its text."""

    id: int
    article_id: str
    locale: str
    number: int
    content_hash: str
    chunker: str

    @property
    def key(self) -> tuple[str, str]:
        return self.article_id, self.locale


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk with what the index needs to place it. ``content_hash`` is the key of its embedding."""

    id: str
    article_id: str
    locale: str
    kind: Kind
    audiences: tuple[Audience, ...]
    part: str
    indexed: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk returned for a question, read from SQL at one publication: what may reach a prompt or a visitor."""

    chunk_id: str
    article_id: str
    revision: int
    locale: str
    topic: str
    title: str
    part: str
    ordinal: int
    section: str
    text: str


def _valid_on(day: BindParameter[date]) -> ColumnElement[bool]:
    return and_(
        or_(revision.c.valid_from.is_(None), revision.c.valid_from <= day),
        or_(revision.c.valid_until.is_(None), revision.c.valid_until >= day),
    )


def _batches(items: "Iterable[_T]") -> "Iterator[list[_T]]":
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch


class KnowledgeStore:
    """Reads and writes knowledge through one SQLAlchemy engine. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._single = engine.execution_options(single=True)
        self._writer = engine.execution_options(writes=True)
        """On SQLite its transactions begin as writers: a read that becomes a write does not wait for its turn."""

    def live(self) -> Publication | None:
        """The publication that is live, or None before the first."""
        query = select(publication.c.id, publication.c.kb_version).join(
            live_publication, live_publication.c.publication_id == publication.c.id
        )
        with self.engine.connect() as connection:
            row = connection.execute(query).first()
        return Publication(row.id, row.kb_version) if row else None

    def topics(self, publication_id: int) -> dict[str, Any]:
        """The topics that were published, as ``Topics`` dumps them."""
        with self.engine.connect() as connection:
            found = connection.execute(select(publication.c.topics).where(publication.c.id == publication_id))
            topics: dict[str, Any] = found.scalar_one()
            return topics

    def revisions(self, publication_id: int) -> list[StoredRevision]:
        """The revisions of a publication."""
        query = (
            select(
                revision.c.id,
                revision.c.article_id,
                revision.c.locale,
                revision.c.number,
                revision.c.content_hash,
                revision.c.chunker,
            )
            .join(live_revision, live_revision.c.revision_id == revision.c.id)
            .where(in_publication(publication_id))
        )
        with self.engine.connect() as connection:
            return [StoredRevision(*row) for row in connection.execute(query)]

    def article_topics(self, publication_id: int) -> dict[str, str]:
        """The topic of every article of a publication, by its id."""
        query = (
            select(revision.c.article_id, revision.c.topic)
            .join(live_revision, live_revision.c.revision_id == revision.c.id)
            .where(in_publication(publication_id))
        )
        with self.engine.connect() as connection:
            return {row.article_id: row.topic for row in connection.execute(query)}

    def articles(self, revision_ids: Sequence[int]) -> list[Article]:
        """What the editors wrote in these revisions."""
        return list(self.articles_of(revision_ids).values())

    def articles_of(self, revision_ids: Sequence[int]) -> dict[int, Article]:
        """The same, by revision."""
        found: dict[int, Article] = {}
        with self.engine.connect() as connection:
            for batch in _batches(revision_ids):
                query = select(revision.c.id, revision.c.article).where(revision.c.id.in_(batch))
                found.update((row.id, Article.model_validate(row.article)) for row in connection.execute(query))
        return found

    def save_revisions(
        self, articles: Sequence[tuple[Article, Sequence[Chunk]]], sources: Mapping[Key, str] | None = None
    ) -> list[int]:
        """Store what is new and return a revision id for each article; an equal text keeps its revision. ``sources``
        are the files that they stand in."""
        ids: list[int] = []
        with self._writer.begin() as connection:
            for batch in _batches(articles):
                ids.extend(save_batch(connection, batch))
            save_sources(connection, [article.key for article, _ in articles], ids, sources or {})
        return ids

    def save_sources(self, revisions: Sequence[StoredRevision], sources: Mapping[Key, str]) -> None:
        """Keep the files of revisions whose content is the same in them, however it is laid out."""
        if sources:
            with self._writer.begin() as connection:
                save_sources(connection, [stored.key for stored in revisions], [r.id for r in revisions], sources)

    def publication(self, publication_id: int) -> Publication | None:
        """An earlier publication, or the live one."""
        query = select(publication.c.id, publication.c.kb_version).where(publication.c.id == publication_id)
        with self.engine.connect() as connection:
            row = connection.execute(query).first()
        return Publication(row.id, row.kb_version) if row else None

    def chunks(self, revision_ids: Sequence[int]) -> list[StoredChunk]:
        """Every chunk of the given revisions, in a stable order."""
        found: list[StoredChunk] = []
        columns = [chunk.c.id, revision.c.article_id, revision.c.locale, revision.c.kind]
        columns += [*_AUDIENCE.values(), chunk.c.part, chunk.c.indexed, chunk.c.content_hash]
        with self.engine.connect() as connection:
            for batch in _batches(sorted(revision_ids)):
                query = (
                    select(*columns)
                    .join(revision, revision.c.id == chunk.c.revision_id)
                    .where(chunk.c.revision_id.in_(batch))
                    .order_by(chunk.c.revision_id, chunk.c.ordinal)
                )
                for row in connection.execute(query):
                    audiences = tuple(name for name, on in zip(AUDIENCES, row[4:7], strict=True) if on)
                    found.append(StoredChunk(row[0], row[1], row[2], row[3], audiences, *row[7:]))
        return found

    def bodies_of(self, revision_ids: Sequence[int]) -> dict[str, str]:
        """The Markdown of every body chunk of the given revisions, by chunk id."""
        found: dict[str, str] = {}
        with self.engine.connect() as connection:
            for batch in _batches(sorted(revision_ids)):
                query = select(chunk.c.id, chunk.c.text).where(chunk.c.revision_id.in_(batch), chunk.c.part == "body")
                found.update((row.id, row.text) for row in connection.execute(query))
        return found

    def vectors(self, embedder: str, hashes: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The stored embeddings among ``hashes``, by hash."""
        found: dict[str, NDArray[np.float32]] = {}
        with self.engine.connect() as connection:
            for batch in _batches(hashes):
                query = select(embedding.c.content_hash, embedding.c.vector).where(
                    embedding.c.embedder == embedder, embedding.c.content_hash.in_(batch)
                )
                for row in connection.execute(query):
                    found[row[0]] = np.frombuffer(row[1], dtype="<f4")
        return found

    def known_vectors(self, embedder: str, hashes: Sequence[str]) -> set[str]:
        """Which of ``hashes`` have a stored embedding."""
        found: set[str] = set()
        with self.engine.connect() as connection:
            for batch in _batches(hashes):
                query = select(embedding.c.content_hash).where(
                    embedding.c.embedder == embedder, embedding.c.content_hash.in_(batch)
                )
                found.update(connection.execute(query).scalars())
        return found

    def save_vectors(self, embedder: str, hashes: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keep embeddings; each hash must be new."""
        rows = [
            {"embedder": embedder, "content_hash": digest, "vector": vector.astype("<f4").tobytes()}
            for digest, vector in zip(hashes, vectors, strict=True)
        ]
        with self._writer.begin() as connection:
            for batch in _batches(rows):
                connection.execute(insert(embedding), batch)

    def publish(
        self,
        kb_version: str,
        revision_ids: Sequence[int],
        summary: dict[str, int],
        topics: dict[str, Any],
        base: int | None = None,
        also: Also = lambda *_: None,
    ) -> Publication:
        """Record a publication of exactly these revisions and make it live, in one transaction.

        Raises Outdated when the publication that it was built upon, ``base`` (0: none), is live no more.
        """
        with self._writer.begin() as connection:
            pointer = select(live_publication.c.publication_id).with_for_update()
            if base is not None and (connection.execute(pointer).scalar() or 0) != base:
                raise Outdated("something else was published meanwhile; publish again")
            added = connection.execute(
                insert(publication).values(kb_version=kb_version, summary=summary, topics=topics)
            )
            assert added.inserted_primary_key is not None
            new = int(added.inserted_primary_key[0])
            open_rows = select(live_revision.c.revision_id).where(live_revision.c.until.is_(None))
            before = set(connection.execute(open_rows).scalars())
            after = set(revision_ids)
            for batch in _batches(sorted(before - after)):
                gone = and_(live_revision.c.until.is_(None), live_revision.c.revision_id.in_(batch))
                connection.execute(update(live_revision).where(gone).values(until=new))
            for batch in _batches(sorted(after - before)):
                connection.execute(insert(live_revision), [{"revision_id": row, "since": new} for row in batch])
            switched = connection.execute(update(live_publication).values(publication_id=new))
            if not switched.rowcount:
                connection.execute(insert(live_publication).values(id=1, publication_id=new))
            also(connection, new)
        return Publication(new, kb_version)

    def passages(
        self, publication_id: int, chunk_ids: Sequence[str], kind: Kind, audience: Audience, day: date
    ) -> dict[str, Passage]:
        """Those chunks that are published, for ``audience`` and valid on ``day``, by id. Others are left out."""
        if not chunk_ids:
            return {}
        if self.engine.dialect.name == "sqlite":
            text, places, fixed = _on_sqlite(self.engine.dialect, kind, audience, len(chunk_ids))
            given = (publication_id, day.isoformat(), *chunk_ids, *fixed)
            return {row[0]: Passage(*row) for row in self._read(text, [given[place] for place in places])}
        values = {"publication": publication_id, "day": day, "ids": list(chunk_ids)}
        with self._single.connect() as connection:
            rows = connection.execute(_passages(kind, audience, by_article=False), values)
            return {row[0]: Passage(*row) for row in rows}

    def _read(self, text: str, values: Sequence[Any]) -> list[Any]:
        """Ask SQLite itself: what SQLAlchemy does around it takes twice as long, and every question waits for it.
        Raises OperationalError as SQLAlchemy would."""
        with closing(self.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            try:
                cursor.execute(text, values)
                return list(cursor.fetchall())
            except sqlite3.Error as error:
                raise OperationalError(text, None, error) from error

    def bodies(
        self, publication_id: int, article_id: str, locale: str, kind: Kind, audience: Audience, day: date
    ) -> list[Passage]:
        """The body chunks of one article, in reading order; empty when it may not be shown."""
        values = {"publication": publication_id, "day": day, "article": article_id, "locale": locale}
        with self._single.connect() as connection:
            rows = connection.execute(_passages(kind, audience, by_article=True), values)
            return [Passage(*row) for row in rows]


@lru_cache(maxsize=16)
def _passages(kind: Kind, audience: Audience, by_article: bool) -> Select[Any]:
    """Built once: this runs for every question."""
    columns = [chunk.c.id, revision.c.article_id, revision.c.number, revision.c.locale, revision.c.topic]
    columns += [revision.c.title, chunk.c.part, chunk.c.ordinal, chunk.c.section, chunk.c.text]
    publication_id = bindparam("publication", type_=Integer)
    day = bindparam("day", type_=Date)
    query: Select[Any] = (
        select(*columns)
        .join(revision, revision.c.id == chunk.c.revision_id)
        .join(live_revision, live_revision.c.revision_id == revision.c.id)
        .where(in_publication(publication_id), revision.c.kind == kind, _AUDIENCE[audience].is_(True), _valid_on(day))
    )
    if not by_article:
        return query.where(chunk.c.id.in_(bindparam("ids", expanding=True)))
    same_article = and_(revision.c.article_id == bindparam("article"), revision.c.locale == bindparam("locale"))
    return query.where(same_article, chunk.c.part == "body").order_by(chunk.c.ordinal)


@lru_cache(maxsize=64)
def _on_sqlite(dialect: Dialect, kind: Kind, audience: Audience, ids: int) -> tuple[str, list[int], list[Any]]:
    """The same for so many ids as SQLite takes it: its text, which of (publication, day, ids..., fixed...) stands
    where, and what is fixed. The way from a query to its text takes SQLAlchemy, each time, longer than the answer."""
    compiled = _passages(kind, audience, by_article=False).compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    state = compiled.construct_expanded_state({"publication": 0, "day": date.min, "ids": [""] * ids})
    given = ["publication", "day", *state.parameter_expansion["ids"]]
    fixed = [name for name in dict.fromkeys(state.positiontup or ()) if name not in given]
    order = [*given, *fixed]
    places = [order.index(name) for name in state.positiontup or ()]
    return state.statement, places, [state.parameters[name] for name in fixed]
