"""ECE: how far confidence is from the share of right answers, over ten bins."""

from collections.abc import Sequence

import numpy as np

BINS = 10


def ece(confidence: Sequence[float], right: Sequence[bool]) -> float:
    """In [0, 1], bins of equal width weighted by their size (Guo et al. 2017, arXiv:1706.04599)."""
    scores, labels = np.asarray(confidence, dtype=float), np.asarray(right, dtype=float)
    places = np.clip((scores * BINS).astype(int), 0, BINS - 1)
    gaps = [
        abs(scores[places == place].mean() - labels[places == place].mean()) * np.mean(places == place)
        for place in np.unique(places)
    ]
    return float(sum(gaps))
