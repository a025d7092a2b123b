"""MRR@k: one over the rank of the first relevant article, 0 when it is not among the first k.

Voorhees, The TREC-8 Question Answering Track Report (1999); averaged over questions it is the mean reciprocal rank.
"""

from collections.abc import Collection, Sequence

from evals.scorers.ranks import relevant_ranks


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str], k: int = 10) -> float:
    """In [0, 1]. Raises ValueError when nothing is relevant."""
    first = min(relevant_ranks(ranking, relevant), default=k + 1)
    return 1.0 / first if first <= k else 0.0
