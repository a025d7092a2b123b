"""Content: what one collection holds besides its Chroma part — rows, vectors, words — made whole or by a change."""

import hashlib
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.collection import PARTS, Rows
from ingest.errors import IndexBroken
from ingest.lexical import tokenizer
from ingest.store import StoredChunk
from ingest.terms import Terms
from ingest.unit_vectors import UnitVectors
from ingest.vector_file import VectorFile


@dataclass(frozen=True)
class Content:
    """Row i has ``vectors[i]``; document i of ``terms`` is article i. Rows stand by article, then in reading order.

    Vectors are kept in half precision: a similarity is right to three digits, in half of the memory.
    """

    rows: Rows
    vectors: NDArray[np.float16]
    terms: Terms
    units: UnitVectors
    file: VectorFile | None = None
    """Where ``vectors`` stand, if they were loaded."""

    @classmethod
    def of(
        cls,
        pieces: Sequence[StoredChunk],
        vectors: Mapping[str, NDArray[np.float32]],
        locale: str,
        units: Mapping[str, NDArray[np.float32]] | None = None,
    ) -> "Content":
        """The content of chunks that come in reading order; ``vectors`` are by content hash, those of ``units`` by the
        id of their chunk."""
        ordered = sorted(pieces, key=lambda piece: piece.article_id)
        articles = sorted({piece.article_id for piece in ordered})
        number = {article: row for row, article in enumerate(articles)}
        rows = Rows(
            ids=[piece.id for piece in ordered],
            articles=articles,
            owner=np.array([number[piece.article_id] for piece in ordered], dtype=np.int32),
            part=np.array([PARTS.index(piece.part) for piece in ordered], dtype=np.int8),
        )
        texts: list[list[str]] = [[] for _ in articles]
        for piece in ordered:
            texts[number[piece.article_id]].append(piece.indexed)
        tokenize = tokenizer(locale)
        terms = Terms.count([tokenize(" ".join(text)) for text in texts])
        stacked = [vectors[piece.content_hash] for piece in ordered]
        matrix = np.stack(stacked).astype(np.float16) if stacked else np.zeros((0, 0), np.float16)
        return cls(rows, matrix, terms, UnitVectors.of([(units or {}).get(piece.id) for piece in ordered]))

    def changed(self, removed: AbstractSet[str], brought: "Content") -> "Content":
        """This without the articles in ``removed``, and with ``brought``, whose articles are new or in ``removed``."""
        mine = [article for article in self.rows.articles if article not in removed]
        articles = sorted([*mine, *brought.rows.articles])
        number = {article: row for row, article in enumerate(articles)}
        moves = [
            np.array([-1 if article in removed else number[article] for article in self.rows.articles], dtype=np.int32),
            np.array([number[article] for article in brought.rows.articles], dtype=np.int32),
        ]
        stay = np.flatnonzero(moves[0][self.rows.owner] >= 0)
        owner = np.concatenate([moves[0][self.rows.owner[stay]], moves[1][brought.rows.owner]])
        order = np.argsort(owner, kind="stable")
        ids = [*(self.rows.ids[row] for row in stay), *brought.rows.ids]
        part = np.concatenate([self.rows.part[stay], brought.rows.part])
        both = [vectors for vectors in (self.vectors[stay], brought.vectors) if len(vectors)]
        return Content(
            Rows([ids[row] for row in order], articles, owner[order], part[order]),
            np.concatenate(both)[order] if both else brought.vectors,
            Terms.join(zip((self.terms, brought.terms), moves, strict=True), len(articles)),
            self.units.take(stay).joined(brought.units).take(order),
        )

    def digest(self) -> str:
        """Equal for equal rows and vectors, whichever way they came about."""
        digest = hashlib.sha256(np.ascontiguousarray(self.vectors).data)
        digest.update("\0".join(self.rows.ids).encode())
        return digest.hexdigest()

    def save(self, folder: Path) -> None:
        """Write into ``folder``, which is made."""
        folder.mkdir()
        np.save(folder / "vectors.npy", self.vectors)
        self.rows.save(folder / "rows.json")
        self.terms.save(folder / "bm25")
        self.units.save(folder)

    @classmethod
    def load(cls, folder: Path) -> "Content":
        """Open what :meth:`save` wrote; vectors are read when they are used. Raises IndexBroken when damaged."""
        try:
            rows = Rows.load(folder / "rows.json")
            mapped = np.load(folder / "vectors.npy", mmap_mode="r")
            file = VectorFile(folder / "vectors.npy", mapped.offset, mapped.shape[1])
            units = UnitVectors.load(folder, file.width)
            content = cls(rows, mapped.view(np.ndarray), Terms.load(folder / "bm25"), units, file)
        except Exception as error:
            raise IndexBroken(f"{folder} cannot be read: {error}") from error
        if not len(content.vectors) == len(units.counts) == len(rows.ids) or len(content.terms.lengths) != len(
            rows.articles
        ):
            raise IndexBroken(f"{folder} does not hold together")
        return content
