"""Share: how many of the questions in traffic have no answer, estimated from their confidences alone."""

from collections.abc import Sequence

import numpy as np

from app.answer.confidence import ConfidenceModel

MIN_TRAFFIC = 200
"""Questions from which an estimate is better than the setting."""
ROUNDS = 200
LIMITS = (0.05, 0.9)
USUAL = 0.5
"""The middle of what real sites show, .3 to .7."""


def estimate_share(
    model: ConfidenceModel, answerable: Sequence[float], unanswerable: Sequence[float], traffic: Sequence[float]
) -> float | None:
    """The mean of :func:`mixed_share`, :func:`consistent_share` and USUAL; confidences are ``model``'s. None when there
    are too few of any to tell.

    The one believes that people's questions are like the known ones, the other that the model is calibrated; where
    either fails the other often holds. Where both do, as at help centres whose questions are harder than their
    phrasings, USUAL keeps the error small: at seventeen sites with shares from .3 to .7 it was .08 on average and .35
    at worst, without USUAL .12 and .47; with shares from .1 to .9 .11 either way.
    """
    mixed = mixed_share(answerable, unanswerable, traffic)
    return None if mixed is None else (mixed + consistent_share(model, traffic) + USUAL) / 3.0


def consistent_share(model: ConfidenceModel, traffic: Sequence[float]) -> float:
    """The share at which the confidences, moved to it, promise as many right answers as it leaves room for."""
    chances = np.array(traffic)
    shares = np.linspace(*LIMITS, 86)

    def off(share: float) -> float:
        factor = model.odds(share) / model.odds(model.unanswerable)
        moved = chances * factor / (1.0 - chances + chances * factor)
        return abs(float(moved.mean()) - (1.0 - share) * (1.0 - model.mistakes))

    return float(min(shares.tolist(), key=off))


def mixed_share(
    answerable: Sequence[float], unanswerable: Sequence[float], traffic: Sequence[float], bins: int = 12
) -> float | None:
    """The mixing weight under which traffic's confidences are likeliest, by expectation maximisation over a histogram
    (Saerens, Latinne and Decaestecker 2002). ``answerable`` and ``unanswerable`` are confidences of questions of either
    kind. None when there are too few of any to tell."""
    if len(traffic) < MIN_TRAFFIC or len(answerable) < MIN_TRAFFIC // 2 or len(unanswerable) < MIN_TRAFFIC // 2:
        return None
    pooled = np.concatenate([answerable, unanswerable])
    edges = np.quantile(pooled, np.linspace(0, 1, bins + 1)[1:-1])

    def histogram(values: Sequence[float]) -> np.ndarray:
        counts = np.bincount(np.searchsorted(edges, values), minlength=bins) + 0.5
        return np.asarray(counts / counts.sum())

    yes, no = histogram(answerable), histogram(unanswerable)
    seen = np.bincount(np.searchsorted(edges, traffic), minlength=bins) / len(traffic)
    share = 0.5
    for _ in range(ROUNDS):
        lacks = share * no / (share * no + (1 - share) * yes)
        share = float((seen * lacks).sum())
    return min(max(share, LIMITS[0]), LIMITS[1])
