"""Risk and coverage: of all questions the share that is answered at a threshold, and of those the share that is wrong.

El-Yaniv and Wiener, On the Foundations of Noise-free Selective Classification (JMLR 11, 2010).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.scorers.figure import NOTHING, Figure
from evals.scorers.rate import rate


@dataclass(frozen=True, slots=True)
class Point:
    """At a threshold. ``risk`` is 0 where nothing is answered."""

    threshold: float
    coverage: float
    risk: float


def risk_coverage(confidence: Sequence[float], right: Sequence[bool]) -> list[Point]:
    """The curve: a point for every threshold that answers more than the one before; strict to loose."""
    scores = np.asarray(confidence, dtype=float)
    order = np.argsort(-scores, kind="stable")
    scores, wrong = scores[order], np.cumsum(~np.asarray(right, dtype=bool)[order])
    if not len(scores):
        return []
    ends = np.flatnonzero(np.append(scores[1:] != scores[:-1], True))
    return [Point(float(scores[n]), (n + 1) / len(scores), float(wrong[n]) / (n + 1)) for n in ends]


@dataclass(frozen=True, slots=True)
class Selected:
    """What a threshold does: exact intervals where every question weighs the same, else plain numbers."""

    coverage: Figure
    risk: Figure
    answered: int
    wrong: int


def selected(answered: Sequence[bool], right: Sequence[bool], weight: Sequence[float] | None = None) -> Selected:
    """Of questions that were ``answered`` or not; ``weight`` is what each stands for in traffic."""
    given, wrong = np.asarray(answered, dtype=bool), ~np.asarray(right, dtype=bool)
    answers, faults = int(given.sum()), int((given & wrong).sum())
    if weight is None:
        return Selected(rate(answers, len(given)), rate(faults, answers), answers, faults)
    share = np.asarray(weight, dtype=float)
    covered = _weighted(share * given, share, len(given))
    return Selected(covered, _weighted(share * (given & wrong), share * given, answers), answers, faults)


def _weighted(part: NDArray[np.float64], whole: NDArray[np.float64], n: int) -> Figure:
    """A share of weights. Its interval is that of as many equal questions as the weights are worth (Kish 1965)."""
    total = float(whole.sum())
    if not total:
        return NOTHING
    value, worth = float(part.sum()) / total, total**2 / float((whole**2).sum())
    exact = rate(round(value * worth), max(round(worth), 1))
    return Figure(value, min(exact.low, value), max(exact.high, value), n)
