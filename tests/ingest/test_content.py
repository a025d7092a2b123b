"""Content and terms: a change of a collection comes to the same as making it whole."""

import hashlib
import math
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ingest.chunk import chunk
from ingest.content import Content
from ingest.errors import IndexBroken
from ingest.lexical import LexicalIndex
from ingest.store import StoredChunk
from ingest.terms import K1, B, Terms
from tests.ingest.article_factory import faq

WORDS = st.lists(st.sampled_from(["refund", "card", "parcel", "the", "payout", "is", "late"]), min_size=1, max_size=6)
ARTICLES = st.dictionaries(st.sampled_from("abcdef"), WORDS, max_size=6)


def pieces_of(articles: dict[str, list[str]]) -> list[StoredChunk]:
    """Chunks as SQL has them, in the order of ids backwards, because the order of articles is not SQL's."""
    found = []
    for name, words in sorted(articles.items(), reverse=True):
        for piece in chunk(faq(name, " ".join(words))):
            fields = (piece.id, name, "en", "faq", ("buyer",), piece.part, piece.indexed, piece.content_hash)
            found.append(StoredChunk(*fields))  # type: ignore[arg-type]
    return found


def content_of(articles: dict[str, list[str]]) -> Content:
    """The content of articles, with vectors that follow from their texts."""
    pieces = pieces_of(articles)
    units = {piece.id: np.stack([vector(piece.id), vector(piece.part)]) for piece in pieces if piece.part == "body"}
    return Content.of(pieces, {piece.content_hash: vector(piece.content_hash) for piece in pieces}, "en", units)


def vector(text: str) -> NDArray[np.float32]:
    """Some numbers that are the same for the same text."""
    return np.frombuffer(hashlib.sha256(text.encode()).digest(), dtype=np.uint8).astype(np.float32)


def equal(one: Content, other: Content) -> bool:
    """Bit for bit."""

    def arrays(content: Content) -> list[NDArray[Any]]:
        rows, terms, units = content.rows, content.terms, content.units
        lists: list[NDArray[Any]] = [rows.owner, rows.part, terms.starts, terms.documents, terms.counts, terms.lengths]
        return [*lists, units.counts, units.vectors]

    return (
        (one.rows.ids, one.rows.articles, one.terms.words) == (other.rows.ids, other.rows.articles, other.terms.words)
        and one.digest() == other.digest()
        and all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in zip(arrays(one), arrays(other), strict=True))
    )


@given(before=ARTICLES, edits=ARTICLES, removed=st.sets(st.sampled_from("abcdef")))
def test_a_change_is_the_whole(before: dict[str, list[str]], edits: dict[str, list[str]], removed: set[str]) -> None:
    """Removing, replacing and adding articles gives rows, vectors and words as if all were new."""
    after = {**{name: words for name, words in before.items() if name not in removed}, **edits}
    gone = removed | edits.keys()
    assert equal(content_of(before).changed(gone, content_of(edits)), content_of(after))


def test_it_survives_the_disk(tmp_path: Path) -> None:
    """What was saved is read again as it was; what was damaged is refused."""
    content = content_of({"a": ["refund"], "b": ["card", "late"]})
    content.save(tmp_path / "one")
    assert equal(Content.load(tmp_path / "one"), content)
    (tmp_path / "one" / "rows.json").write_text("{")
    with pytest.raises(IndexBroken, match="one"):
        Content.load(tmp_path / "one")


def test_parts_of_two_collections_do_not_hold_together(tmp_path: Path) -> None:
    """Vectors of other rows are noticed."""
    content_of({"a": ["refund"]}).save(tmp_path / "one")
    content_of({"a": ["refund"], "b": ["card"]}).save(tmp_path / "two")
    (tmp_path / "two" / "vectors.npy").replace(tmp_path / "one" / "vectors.npy")
    with pytest.raises(IndexBroken, match="hold together"):
        Content.load(tmp_path / "one")


@given(corpus=st.lists(WORDS, min_size=1, max_size=8))
def test_weights_are_those_of_bm25s(corpus: list[list[str]]) -> None:
    """Another implementation of BM25 gives every document the same score for every word."""
    other = bm25s.BM25(k1=K1, b=B)
    other.index(corpus, show_progress=False)
    index = LexicalIndex(Terms.count(corpus), "en")
    for word in {word for words in corpus for word in words}:
        assert np.allclose(index.scores([word]), other.get_scores([word]), rtol=1e-6)
        holding = sum(word in words for words in corpus)
        assert math.isclose(index.idf(word), math.log(1 + (len(corpus) - holding + 0.5) / (holding + 0.5)))
