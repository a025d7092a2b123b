"""Unit vectors: what each row's units are like, kept on disk and read for the articles that a search weighs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.vector_file import VectorFile, spans_of

COUNTS, VECTORS = "unit_counts.npy", "units.f16"


@dataclass(frozen=True)
class UnitVectors:
    """``counts`` has one entry a row, the number of its units; ``vectors`` has shape (units, width), in rows' order.

    With ``file``, which holds the same, :meth:`between` reads no more than it is asked for.
    """

    counts: NDArray[np.int32]
    vectors: NDArray[np.float16]
    file: VectorFile | None = None

    @classmethod
    def none(cls, rows: int) -> "UnitVectors":
        """Of rows that have no units."""
        return cls(np.zeros(rows, dtype=np.int32), np.zeros((0, 0), dtype=np.float16))

    @classmethod
    def of(cls, rows: Sequence[NDArray[np.float32] | None]) -> "UnitVectors":
        """Of the units of each row, shape (units, width)."""
        counts = np.array([0 if row is None else len(row) for row in rows], dtype=np.int32)
        there = [row.astype(np.float16) for row in rows if row is not None and len(row)]
        return cls(counts, np.concatenate(there) if there else np.zeros((0, 0), dtype=np.float16))

    @property
    def starts(self) -> NDArray[np.int64]:
        """Where each row's units begin, and where the last one's end."""
        return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(self.counts, dtype=np.int64)])

    def take(self, rows: NDArray[np.int64]) -> "UnitVectors":
        """Of these rows, in this order."""
        counts, starts = self.counts[rows], self.starts
        places = np.repeat(starts[rows], counts)
        steps = np.arange(len(places)) - np.repeat(np.cumsum(counts) - counts, counts)
        return UnitVectors(counts, np.asarray(self.vectors[places + steps]) if len(places) else _empty(self.vectors))

    def joined(self, other: "UnitVectors") -> "UnitVectors":
        """Of the rows of both."""
        both = [one.vectors for one in (self, other) if len(one.vectors)]
        return UnitVectors(
            np.concatenate([self.counts, other.counts]), np.concatenate(both) if both else _empty(self.vectors)
        )

    def between(self, bounds: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
        """Units ``begin`` up to ``end`` of each pair, side by side; there is one pair at least."""
        return np.concatenate(spans_of(self.vectors, self.file, bounds), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write into ``folder``."""
        np.save(folder / COUNTS, self.counts)
        np.ascontiguousarray(self.vectors).tofile(folder / VECTORS)

    @classmethod
    def load(cls, folder: Path, width: int) -> "UnitVectors":
        """Open what :meth:`save` wrote. Raises ValueError when the two files do not belong together."""
        counts, file = np.load(folder / COUNTS), folder / VECTORS
        wanted = int(counts.sum())
        if file.stat().st_size != 2 * width * wanted:
            raise ValueError(f"{file} does not hold {wanted} vectors of {width}")
        if not wanted:
            return cls(counts, np.zeros((0, width), dtype=np.float16))
        return cls(counts, np.memmap(file, np.float16, "r", shape=(wanted, width)), VectorFile(file, 0, width))


def _empty(like: NDArray[np.float16]) -> NDArray[np.float16]:
    return np.zeros((0, like.shape[1]), dtype=np.float16)
