"""A real retailer's procedures: each keeps its steps, in order, whole and findable."""

import re

import pytest

from evals.datasets.public import EVAL_DATA, articles, rows
from ingest.article import Article
from ingest.chunk import Chunk, chunk, plain

pytestmark = pytest.mark.skipif(not (EVAL_DATA / "abcd_sop").is_dir(), reason="EVAL_DATA has no abcd_sop")
STEP = re.compile(r"^(\d+)\. ", re.MULTILINE)


@pytest.fixture(scope="module")
def procedures() -> list[tuple[Article, list[Chunk]]]:
    """Every procedure with its body chunks."""
    return [(article, [p for p in chunk(article) if p.part == "body"]) for article in articles("abcd_sop")]


def test_there_are_procedures(procedures: list[tuple[Article, list[Chunk]]]) -> None:
    """The set is all there."""
    assert len(procedures) == 55
    assert sum(len(pieces) for _, pieces in procedures) > 100


def test_no_word_is_lost(procedures: list[tuple[Article, list[Chunk]]]) -> None:
    """Every word of a procedure is in one of its chunks."""
    for article, pieces in procedures:
        indexed = set(" ".join(piece.indexed for piece in pieces).split())
        assert set(plain(article.body).split()) <= indexed, article.id


def test_steps_keep_their_numbers_and_order(procedures: list[tuple[Article, list[Chunk]]]) -> None:
    """The numbers of steps over all pieces are those of the procedure, in its order."""
    for article, pieces in procedures:
        found = [number for piece in pieces for number in STEP.findall(piece.text)]
        assert found == STEP.findall(article.body), article.id


def test_substeps_stay_with_their_step(procedures: list[tuple[Article, list[Chunk]]]) -> None:
    """Each step with everything indented under it is in one piece."""
    for article, pieces in procedures:
        for step in re.findall(r"^\d+\. .*(?:\n +.*)*", article.body, re.MULTILINE):
            assert any(plain(step) in plain(piece.text) for piece in pieces), f"{article.id}: {step}"


def test_expected_actions_are_found_in_order(procedures: list[tuple[Article, list[Chunk]]]) -> None:
    """The actions that the set expects of an agent stand in the chunks, in the expected order."""
    expected = {row["title"]: row["expected_actions"] for row in rows("abcd_sop/documents.jsonl")}
    for article, pieces in procedures:
        named = re.findall(r"\[([A-Z][^\]]+)\]", "\n".join(piece.text for piece in pieces))
        places = iter(named)
        assert all(action in places for action in expected[article.title] if action in article.body), article.id
