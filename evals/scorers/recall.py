"""Recall@k: the share of the relevant articles that stand among the first k.

Manning, Raghavan and Schütze, Introduction to Information Retrieval (2008), section 8.3, cut at rank k.
"""

from collections.abc import Collection, Sequence

from evals.scorers.ranks import relevant_ranks


def recall(ranking: Sequence[str], relevant: Collection[str], k: int = 5) -> float:
    """In [0, 1]. Raises ValueError when nothing is relevant."""
    return sum(rank <= k for rank in relevant_ranks(ranking, relevant)) / len(set(relevant))
