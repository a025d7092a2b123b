"""Unit vectors: rows taken, joined, kept on disk and read back give the same units."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.unit_vectors import VECTORS, UnitVectors

WIDTH = 4


def units(counts: list[int], seed: int = 0) -> UnitVectors:
    """Rows with so many units each; no two units are alike."""
    values = np.arange(sum(counts) * WIDTH, dtype=np.float32).reshape(-1, WIDTH) + 1000 * seed
    edges = np.cumsum([0, *counts])
    rows = [values[a:b] if b > a else None for a, b in pairwise(edges.tolist())]
    return UnitVectors.of(rows)


def by_row(of: UnitVectors) -> list[list[list[float]]]:
    """Plain lists, a row each."""
    return [of.between([bounds]).tolist() for bounds in pairwise(of.starts.tolist())]


@given(counts=st.lists(st.integers(0, 3), max_size=8), data=st.data())
def test_rows_taken_keep_their_units(counts: list[int], data: st.DataObject) -> None:
    """In any order, and any of them twice."""
    whole = units(counts)
    rows = data.draw(st.lists(st.integers(0, len(counts) - 1), max_size=8)) if counts else []
    taken = whole.take(np.array(rows, dtype=np.int64))
    assert by_row(taken) == [by_row(whole)[row] for row in rows]


@given(one=st.lists(st.integers(0, 3), max_size=5), other=st.lists(st.integers(0, 3), max_size=5))
def test_joined(one: list[int], other: list[int]) -> None:
    """The rows of one, then those of the other."""
    first, second = units(one), units(other, seed=1)
    assert by_row(first.joined(second)) == by_row(first) + by_row(second)


def test_read_from_disk(tmp_path: Path) -> None:
    """Several rows at once, as a search reads an article."""
    whole = units([2, 0, 3, 1])
    whole.save(tmp_path)
    loaded = UnitVectors.load(tmp_path, WIDTH)
    assert loaded.file is not None
    assert by_row(loaded) == by_row(whole)
    loaded.file.path.unlink()
    assert by_row(loaded) == by_row(whole), "a version that was removed is still read by whoever opened it"
    begin, end = int(loaded.starts[1]), int(loaded.starts[3])
    assert loaded.between([(begin, end)]).tolist() == by_row(whole)[2]
    assert loaded.between([(begin, end), (0, 2)]).tolist() == by_row(whole)[2] + by_row(whole)[0]
    assert by_row(loaded.take(np.array([2, 0]))) == [by_row(whole)[2], by_row(whole)[0]]


def test_rows_without_units(tmp_path: Path) -> None:
    """A collection whose bodies say nothing that can be quoted."""
    UnitVectors.none(3).save(tmp_path)
    assert by_row(UnitVectors.load(tmp_path, WIDTH)) == [[], [], []]


def test_a_file_cut_off_is_found_out(tmp_path: Path) -> None:
    """Before anything is read from it."""
    units([2, 2]).save(tmp_path)
    file = tmp_path / VECTORS
    file.write_bytes(file.read_bytes()[:-3])
    with pytest.raises(ValueError, match="does not hold 4 vectors of 4"):
        UnitVectors.load(tmp_path, WIDTH)
