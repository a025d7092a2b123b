"""Vector file: rows of numbers read as they are asked for."""

from pathlib import Path

import numpy as np
import pytest

from ingest.collection import Collection, Rows
from ingest.lexical import LexicalIndex
from ingest.unit_vectors import UnitVectors
from ingest.vector_file import VectorFile, spans_of

WIDTH = 8


def matrix(rows: int) -> "np.ndarray[tuple[int, int], np.dtype[np.float16]]":
    raw = np.random.default_rng(rows).normal(size=(rows, WIDTH))
    unit: np.ndarray[tuple[int, int], np.dtype[np.float16]] = raw / np.linalg.norm(raw, axis=1, keepdims=True)
    return unit.astype(np.float16)


def stored(folder: Path, rows: int) -> tuple[VectorFile, "np.ndarray[tuple[int, int], np.dtype[np.float16]]"]:
    vectors = matrix(rows)
    np.save(folder / "vectors.npy", vectors)
    offset = np.load(folder / "vectors.npy", mmap_mode="r").offset
    return VectorFile(folder / "vectors.npy", offset, WIDTH), vectors


def test_spans(tmp_path: Path) -> None:
    """In the order asked for, empty ones too."""
    file, vectors = stored(tmp_path, 9)
    found = file.spans([(7, 9), (0, 1), (3, 3)])
    assert found is not None
    assert [one.tolist() for one in found] == [vectors[7:9].tolist(), vectors[0:1].tolist(), []]


def test_removed(tmp_path: Path) -> None:
    """Whoever has the rows mapped still reads them."""
    file, vectors = stored(tmp_path, 4)
    file.path.unlink()
    assert file.spans([(0, 2)]) is None
    assert spans_of(vectors, file, [(1, 3)])[0].tolist() == vectors[1:3].tolist()


def test_cut_off(tmp_path: Path) -> None:
    """Never fewer rows than were asked for."""
    file, _ = stored(tmp_path, 4)
    file.path.write_bytes(file.path.read_bytes()[:-5])
    with pytest.raises(OSError, match="ends too early"):
        file.spans([(2, 4)])


def test_a_collection_searches_the_same(tmp_path: Path) -> None:
    """From the file as from memory, whole and with one row hidden."""
    file, vectors = stored(tmp_path, 12)
    owner, part = np.repeat(np.arange(4, dtype=np.int32), 3), np.tile(np.array([0, 1, 2], np.int8), 4)
    rows = Rows([f"c{i}" for i in range(12)], ["a", "b", "c", "d"], owner, part)
    lexical = LexicalIndex.build(["apples", "pears", "plums", "figs"], "en")

    def make(source: VectorFile | None) -> Collection:
        def nearest(vector: "np.ndarray[tuple[int], np.dtype[np.float32]]", limit: int) -> list[str]:
            return [rows.ids[row] for row in np.argsort(-(vectors.astype(np.float32) @ vector))[:limit]]

        return Collection("faq", "buyer", "en", rows, vectors, lexical, nearest, UnitVectors.none(12), [5], file=source)

    question = vectors[4].astype(np.float32)
    one, other = make(None), make(file)
    assert one.search("pears", question, 4) == other.search("pears", question, 4)
    assert one.without(4, "pears").search("pears", question, 4) == other.without(4, "pears").search(
        "pears", question, 4
    )
    assert one.search("pears", question, 4) != one.without(4, "pears").search("pears", question, 4)
