"""Hit@k: whether a relevant article stands among the first k.

``success_k`` of trec_eval (github.com/usnistgov/trec_eval, m_success.c); averaged over questions it is the hit rate.
"""

from collections.abc import Collection, Sequence

from evals.scorers.ranks import relevant_ranks


def hit(ranking: Sequence[str], relevant: Collection[str], k: int = 1) -> float:
    """1 or 0. Raises ValueError when nothing is relevant."""
    return float(any(rank <= k for rank in relevant_ranks(ranking, relevant)))
