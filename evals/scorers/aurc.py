"""AURC: the mean risk over all coverages, answering in the order of confidence. Lower is better."""

from collections.abc import Sequence

import numpy as np


def aurc(confidence: Sequence[float], right: Sequence[bool]) -> float:
    """In [0, 1] (Geifman, Uziel and El-Yaniv 2019, arXiv:1805.08206)."""
    order = np.argsort(-np.asarray(confidence, dtype=float), kind="stable")
    wrong = ~np.asarray(right, dtype=bool)[order]
    return float(np.mean(np.cumsum(wrong) / np.arange(1, len(wrong) + 1)))
