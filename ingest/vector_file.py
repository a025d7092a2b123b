"""Vector file: rows of half precision numbers on disk, read as they are asked for.

A mapped file would count as the process's own memory, page by page, and a page brings its neighbours along: 5,000
articles stood there as a whole after a few searches.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ITEM = np.dtype(np.float16)


@dataclass(frozen=True, slots=True)
class VectorFile:
    """Rows of ``width`` numbers in ``path``, from byte ``offset`` on."""

    path: Path
    offset: int
    width: int

    def spans(self, bounds: Sequence[tuple[int, int]]) -> list[NDArray[np.float16]] | None:
        """The rows from ``begin`` up to ``end`` for each pair, shape (end - begin, width) each; None when the file was
        removed. Raises OSError when it is cut off."""
        try:
            place = os.open(self.path, os.O_RDONLY)
        except FileNotFoundError:
            return None
        try:
            return [self._span(place, begin, end) for begin, end in bounds]
        finally:
            os.close(place)

    def _span(self, place: int, begin: int, end: int) -> NDArray[np.float16]:
        size = ITEM.itemsize * self.width
        read = os.pread(place, (end - begin) * size, self.offset + begin * size)
        if len(read) != (end - begin) * size:
            raise OSError(f"{self.path} ends too early; run `baton ingest` again")
        return np.frombuffer(read, ITEM).reshape(-1, self.width)


def spans_of(
    vectors: NDArray[np.float16], file: VectorFile | None, bounds: Sequence[tuple[int, int]]
) -> list[NDArray[np.float16]]:
    """Those rows of ``vectors``, from ``file``, which holds the same, when there is one."""
    read = file.spans(bounds) if file else None
    return [vectors[begin:end] for begin, end in bounds] if read is None else read
