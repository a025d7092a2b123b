"""Rate: a share of independent questions with its exact interval (Clopper and Pearson 1934)."""

from collections.abc import Iterable

from scipy.stats import binomtest

from evals.scorers.figure import NOTHING, Figure


def rate(count: int, total: int) -> Figure:
    """``count`` of ``total``."""
    if not total:
        return NOTHING
    bounds = binomtest(count, total).proportion_ci(0.95, "exact")
    return Figure(count / total, float(bounds.low), float(bounds.high), total)


def rate_of(fine: Iterable[bool]) -> Figure:
    """The share of true ones."""
    all_of_them = list(fine)
    return rate(sum(all_of_them), len(all_of_them))
