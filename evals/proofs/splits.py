"""Splits: certify on one half of a set's questions, and see what happens on the other, many times.

The risk that shows on a finite half is noisy: at a threshold whose true risk is a little below alpha it lies above
alpha almost half the time. And the halves are complements of one fixed set, so that luck of the one is the other's bad
luck. So three shares are told: of splits in which the risk shown exceeds alpha; of those in which it does so by more
than a binomial draw at alpha would in one case of twenty; and of those in which the risk over the whole set, both
halves, exceeds alpha.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from app.answer.certify import certify
from evals.scorers.figure import Figure
from evals.scorers.rate import rate

SPLITS = 200
NOISE = 0.05
"""How rarely a binomial draw at alpha is as bad as what counts as beyond noise."""


@dataclass(frozen=True)
class Half:
    """One split: the certified threshold, None when nothing was certified, and what it did to the other half."""

    threshold: float | None
    answered: int
    wrong: int
    questions: int
    beyond_noise: bool
    risk_of_all: float

    @property
    def risk(self) -> float:
        """Share of the given answers that were wrong; 0 when none was given."""
        return self.wrong / self.answered if self.answered else 0.0


@dataclass(frozen=True)
class Splits:
    """All splits of one set."""

    alpha: float
    halves: list[Half]

    @property
    def certified(self) -> Figure:
        """Splits in which anything was certified."""
        return self._share(lambda half: half.threshold is not None)

    @property
    def exceeded(self) -> Figure:
        """Splits in which the risk that shows exceeds alpha."""
        return self._share(lambda half: half.risk > self.alpha)

    @property
    def beyond_noise(self) -> Figure:
        """Splits in which it does so by more than noise."""
        return self._share(lambda half: half.beyond_noise)

    @property
    def exceeded_over_all(self) -> Figure:
        """Splits whose threshold has a risk above alpha over both halves together."""
        return self._share(lambda half: half.risk_of_all > self.alpha)

    @property
    def risks(self) -> NDArray[np.float64]:
        """Risks that showed where something was certified, sorted."""
        return np.sort([half.risk for half in self.halves if half.threshold is not None])

    @property
    def coverage(self) -> float:
        """Mean share of the other half that was answered, uncertified splits as nothing."""
        return float(np.mean([half.answered / half.questions for half in self.halves]))

    def _share(self, fine: Callable[[Half], bool]) -> Figure:
        return rate(sum(map(fine, self.halves)), len(self.halves))


def splits(
    confidences: Sequence[float], right: Sequence[bool], alpha: float, delta: float, times: int = SPLITS
) -> Splits:
    """Split ``times`` times at random, always the same way."""
    scores, correct = np.asarray(confidences), np.asarray(right, dtype=bool)
    random = np.random.default_rng(0)
    halves = []
    for _ in range(times):
        order = random.permutation(len(scores))
        mine, other = order[: len(order) // 2], order[len(order) // 2 :]
        threshold = certify(scores[mine], correct[mine], alpha, delta).threshold
        shown = scores[other] >= (np.inf if threshold is None else threshold)
        answered, wrong = int(shown.sum()), int((shown & ~correct[other]).sum())
        chance = float(binom.sf(wrong - 1, answered, alpha)) if answered else 1.0
        everywhere = scores >= (np.inf if threshold is None else threshold)
        risk = float((~correct[everywhere]).mean()) if everywhere.any() else 0.0
        halves.append(Half(threshold, answered, wrong, len(other), chance <= NOISE, risk))
    return Splits(alpha, halves)
