"""Bootstrap: the interval of any statistic over questions (Efron 1979, percentile method).

Rows about one question, such as with and without its article, are drawn together.
"""

from collections.abc import Callable, Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from evals.scorers.figure import NOTHING, Figure

RESAMPLES = 300
Statistic = Callable[[NDArray[np.intp]], float]
"""Of the rows with these numbers."""


def bootstrap(statistic: Statistic, clusters: Sequence[Hashable], seed: int = 0) -> Figure:
    """``clusters`` names for each row what it is drawn with. Draws that have no value, such as an AUROC of one kind
    only, are left out."""
    if not clusters:
        return NOTHING
    numbers = {name: number for number, name in enumerate(dict.fromkeys(clusters))}
    owner = np.array([numbers[name] for name in clusters])
    order = np.argsort(owner, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(owner))[:-1])
    random = np.random.default_rng(seed)
    drawn = []
    for _ in range(RESAMPLES):
        chosen = random.integers(0, len(members), len(members))
        drawn.append(statistic(np.concatenate([members[number] for number in chosen])))
    values = np.array(drawn)[np.isfinite(drawn)]
    low, high = np.quantile(values, [0.025, 0.975]) if len(values) else (np.nan, np.nan)
    return Figure(float(statistic(np.arange(len(clusters)))), float(low), float(high), len(members))
