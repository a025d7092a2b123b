"""The retrieval scorers on rankings that can be worked out by hand."""

import math
from collections.abc import Callable, Collection, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scorers.hit import hit
from evals.scorers.mrr import reciprocal_rank
from evals.scorers.ndcg import ndcg
from evals.scorers.recall import recall

Scorer = Callable[[Sequence[str], Collection[str], int], float]
SCORERS: list[Scorer] = [hit, recall, reciprocal_rank, ndcg]
RANKING = ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("relevant", "k", "expected"), [({"a"}, 1, 1.0), ({"b"}, 1, 0.0), ({"b"}, 2, 1.0), ({"x"}, 4, 0.0)]
)
def test_hit(relevant: set[str], k: int, expected: float) -> None:
    """A hit is a relevant article among the first k."""
    assert hit(RANKING, relevant, k) == expected


@pytest.mark.parametrize(
    ("relevant", "k", "expected"), [({"a", "d"}, 3, 0.5), ({"a", "d"}, 4, 1.0), ({"a", "x"}, 4, 0.5), ({"x"}, 4, 0.0)]
)
def test_recall(relevant: set[str], k: int, expected: float) -> None:
    """Recall counts relevant articles found, over all there are."""
    assert recall(RANKING, relevant, k) == expected


@pytest.mark.parametrize(
    ("relevant", "k", "expected"), [({"a"}, 10, 1.0), ({"c"}, 10, 1 / 3), ({"c", "b"}, 10, 0.5), ({"c"}, 2, 0.0)]
)
def test_reciprocal_rank(relevant: set[str], k: int, expected: float) -> None:
    """The first relevant article counts, unless it stands below k."""
    assert reciprocal_rank(RANKING, relevant, k) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("relevant", "k", "expected"),
    [
        ({"a"}, 10, 1.0),
        ({"b"}, 10, 1 / math.log2(3)),
        ({"b", "d"}, 10, (1 / math.log2(3) + 1 / math.log2(5)) / (1 + 1 / math.log2(3))),
        ({"d"}, 3, 0.0),
        ({"a", "b", "c"}, 2, 1.0),
    ],
)
def test_ndcg(relevant: set[str], k: int, expected: float) -> None:
    """Gain is discounted by log2(1 + rank) and set against the best ranking of length k."""
    assert ndcg(RANKING, relevant, k) == pytest.approx(expected)


@pytest.mark.parametrize("scorer", SCORERS)
def test_nothing_relevant_is_refused(scorer: Scorer) -> None:
    """A question that no article answers is left out instead of counted as a miss."""
    with pytest.raises(ValueError, match="leave it out"):
        scorer(RANKING, set(), 10)


@pytest.mark.parametrize("scorer", SCORERS)
def test_a_repeated_article_counts_once(scorer: Scorer) -> None:
    """An article that is listed twice gains nothing, and moves nobody below it down."""
    assert scorer(["a", "a", "b"], {"a", "b"}, 3) == scorer(["a", "b"], {"a", "b"}, 3)
    assert scorer(["x", "x", "b"], {"b"}, 2) == scorer(["x", "b"], {"b"}, 2) > 0


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.sets(st.sampled_from("abcdefgh"), min_size=1))
def test_a_better_place_never_scores_worse(ranking: list[str], relevant: set[str]) -> None:
    """Moving a relevant article to the top lowers no score, and all stay within [0, 1]."""
    better = sorted(ranking, key=lambda article: article not in relevant)
    for scorer in SCORERS:
        assert 0.0 <= scorer(ranking, relevant, 5) <= scorer(better, relevant, 5) <= 1.0
