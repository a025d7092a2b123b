"""AUROC: the chance that an answerable question is given more confidence than one that is not."""

from collections.abc import Sequence

import numpy as np


def auroc(confidence: Sequence[float], answerable: Sequence[bool]) -> float:
    """In [0, 1], 0.5 for guessing; NaN when only one kind is there. Ties count half (Mann and Whitney 1947)."""
    scores, labels = np.asarray(confidence, dtype=float), np.asarray(answerable, dtype=bool)
    positive, negative = int(labels.sum()), int((~labels).sum())
    if not positive or not negative:
        return float("nan")
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2.0)[inverse]
    return float((ranks[labels].sum() - positive * (positive + 1) / 2) / (positive * negative))
