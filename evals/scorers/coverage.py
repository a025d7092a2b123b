"""Coverage at a risk: the largest share of questions that can be answered with at most so many wrong answers."""

from collections.abc import Sequence

import numpy as np


def coverage_at_risk(confidence: Sequence[float], right: Sequence[bool], risk: float) -> float:
    """In [0, 1]; equal confidences are answered together or not at all."""
    scores = np.asarray(confidence, dtype=float)
    order = np.argsort(-scores, kind="stable")
    wrong = np.cumsum(~np.asarray(right, dtype=bool)[order])
    size = np.arange(1, len(order) + 1)
    last_of_tie = np.append(scores[order][1:] != scores[order][:-1], True)
    fits = last_of_tie & (wrong / size <= risk)
    return float(size[fits].max() / len(order)) if fits.any() else 0.0


def unanswerable_recall(confidence: Sequence[float], answerable: Sequence[bool], kept: float = 0.9) -> float:
    """Share of unanswerable questions abstained on at the threshold that keeps ``kept`` of the answerable."""
    scores, labels = np.asarray(confidence, dtype=float), np.asarray(answerable, dtype=bool)
    if not labels.any() or labels.all():
        return float("nan")
    threshold = np.quantile(scores[labels], 1 - kept)
    return float(np.mean(scores[~labels] < threshold))
