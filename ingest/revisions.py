"""Revisions: how articles and their chunks are written to SQL, once for each content."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from ingest.article import Article
from ingest.chunk import CHUNKER, Chunk
from ingest.tables import chunk, revision

BATCH = 500
Key = tuple[str, str]
"""An article's id and locale."""


def save_batch(connection: Connection, batch: Sequence[tuple[Article, Sequence[Chunk]]]) -> list[int]:
    """Store what is new; a revision id for each article."""
    query = select(
        revision.c.id,
        revision.c.article_id,
        revision.c.locale,
        revision.c.content_hash,
        revision.c.number,
        revision.c.chunker,
    ).where(revision.c.article_id.in_([article.id for article, _ in batch]))
    known: dict[tuple[str, str, str], tuple[int, str]] = {}
    numbers: dict[tuple[str, str], int] = {}
    for row in connection.execute(query):
        known[row.article_id, row.locale, row.content_hash] = (row.id, row.chunker)
        numbers[row.article_id, row.locale] = max(row.number, numbers.get((row.article_id, row.locale), 0))
    fresh = [(article, chunks) for article, chunks in batch if (*article.key, article.content_hash) not in known]
    rows = [_revision_row(article, numbers.get(article.key, 0) + 1) for article, _ in fresh]
    pieces: list[dict[str, Any]] = []
    if rows:
        added = connection.execute(insert(revision).returning(revision.c.id, sort_by_parameter_order=True), rows)
        for (article, chunks), new in zip(fresh, added.scalars(), strict=True):
            known[*article.key, article.content_hash] = (new, CHUNKER)
            pieces += _chunk_rows(new, chunks)
    for article, chunks in batch:
        old, chunker = known[*article.key, article.content_hash]
        if chunker != CHUNKER:
            connection.execute(delete(chunk).where(chunk.c.revision_id == old))
            connection.execute(update(revision).where(revision.c.id == old).values(chunker=CHUNKER))
            pieces += _chunk_rows(old, chunks)
    if pieces:
        connection.execute(insert(chunk), pieces)
    return [known[*article.key, article.content_hash][0] for article, _ in batch]


def save_sources(connection: Connection, keys: Sequence[Key], ids: Sequence[int], sources: Mapping[Key, str]) -> None:
    """Keep the files that revisions stand in, as they were last written."""
    wanted = {row: sources[key] for key, row in zip(keys, ids, strict=True) if key in sources}
    changed: list[dict[str, Any]] = []
    rows = sorted(wanted)
    for start in range(0, len(rows), BATCH):
        query = select(revision.c.id, revision.c.source).where(revision.c.id.in_(rows[start : start + BATCH]))
        changed += [{"row": r.id, "text": wanted[r.id]} for r in connection.execute(query) if r.source != wanted[r.id]]
    if changed:
        kept = update(revision).where(revision.c.id == bindparam("row")).values(source=bindparam("text"))
        connection.execute(kept, changed)


def _revision_row(article: Article, number: int) -> dict[str, Any]:
    return {
        "article_id": article.id,
        "locale": article.locale,
        "number": number,
        "content_hash": article.content_hash,
        "chunker": CHUNKER,
        "kind": article.kind,
        "topic": article.topic,
        "title": article.title,
        "for_buyer": "buyer" in article.audience,
        "for_seller": "seller" in article.audience,
        "for_agent": "agent" in article.audience,
        "valid_from": article.valid_from,
        "valid_until": article.valid_until,
        "article": article.model_dump(mode="json"),
    }


def _chunk_rows(revision_id: int, chunks: Sequence[Chunk]) -> list[dict[str, Any]]:
    return [
        {
            "revision_id": revision_id,
            "ordinal": piece.ordinal,
            "id": piece.id,
            "part": piece.part,
            "section": piece.section,
            "text": piece.text,
            "indexed": piece.indexed,
            "content_hash": piece.content_hash,
        }
        for piece in chunks
    ]
