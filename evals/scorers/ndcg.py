"""nDCG@k: gain discounted by the logarithm of the rank, over that of the best possible ranking.

Järvelin and Kekäläinen, Cumulated Gain-Based Evaluation of IR Techniques (ACM TOIS 20, 2002), with binary gain and
the discount log2(1 + rank), as in trec_eval's ``ndcg_cut``.
"""

import math
from collections.abc import Collection, Sequence

from evals.scorers.ranks import relevant_ranks


def ndcg(ranking: Sequence[str], relevant: Collection[str], k: int = 10) -> float:
    """In [0, 1]. Raises ValueError when nothing is relevant."""
    gain = sum(1 / math.log2(1 + rank) for rank in relevant_ranks(ranking, relevant) if rank <= k)
    ideal = sum(1 / math.log2(1 + rank) for rank in range(1, min(len(set(relevant)), k) + 1))
    return gain / ideal
