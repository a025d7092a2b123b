"""Reliability: what share of the answers of about one confidence is right (Niculescu-Mizil and Caruana 2005)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.scorers.figure import Figure
from evals.scorers.rate import rate

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of about one confidence: its mean, and the share whose first article was right."""

    confidence: float
    right: Figure


def reliability(confidence: Sequence[float], right: Sequence[bool]) -> list[Bin]:
    """Bins of equal width that hold anything, rising."""
    scores, labels = np.asarray(confidence, dtype=float), np.asarray(right, dtype=bool)
    places = np.clip((scores * BINS).astype(int), 0, BINS - 1)
    groups = [places == place for place in np.unique(places)]
    return [Bin(float(scores[one].mean()), rate(int(labels[one].sum()), int(one.sum()))) for one in groups]
