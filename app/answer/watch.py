"""Watch: does traffic still look like the questions that a certificate was made of?

A conformal test martingale. Each confidence is ranked among those of the certificate's questions and of the traffic so
far; as long as all are exchangeable the rank is uniform, whatever the confidences are. A bettor who stakes on low ranks
gets rich only when it is not: by Ville's inequality a capital of 1 / s is reached with a chance of at most s, however
long the watch lasts. The bettor is the simple jumper (Vovk et al. 2021, "Retrain or not retrain", arXiv:2102.10439),
staking on low confidences alone: questions that are easier than certified do no harm.
"""

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from random import Random

ALARM = 0.02
"""Chance that a watch ever suspends a certificate for no reason."""
STAKES = (0.0, -0.5, -1.0, -1.8)
"""Slopes of the bet ``1 + stake * (rank - 1/2)``; the capital moves between them."""
JUMP = 0.01
"""Share of the capital that is dealt out anew before each bet, as in the paper."""


class Watch:
    """Fed with confidences in the order of their questions. Not thread-safe."""

    def __init__(self, reference: Iterable[float], seed: int = 0) -> None:
        self._seen = sorted(reference)
        self._random = Random(seed)
        self._log_capitals = [-math.log(len(STAKES))] * len(STAKES)
        self.questions = 0
        self.suspended = not self._seen
        """Stays true once it is: with nothing to compare with, from the start."""

    @property
    def log_capital(self) -> float:
        """Natural logarithm of what the bettor has, 0 at the start."""
        top = max(self._log_capitals)
        return top + math.log(sum(math.exp(value - top) for value in self._log_capitals))

    def observe(self, confidence: float) -> bool:
        """Take note of a question's confidence; whether the certificate is suspended now."""
        if self.suspended or not math.isfinite(confidence):
            return self.suspended
        below = bisect_left(self._seen, confidence)
        equal = bisect_right(self._seen, confidence) - below
        rank = (below + self._random.random() * (equal + 1)) / (len(self._seen) + 1)
        total = self.log_capital
        shared = math.log(JUMP / len(STAKES)) + total
        for number, stake in enumerate(STAKES):
            kept = math.log1p(-JUMP) + self._log_capitals[number]
            mixed = max(kept, shared) + math.log1p(math.exp(-abs(kept - shared)))
            self._log_capitals[number] = mixed + math.log(1.0 + stake * (rank - 0.5))
        insort(self._seen, confidence)
        self.questions += 1
        self.suspended = self.log_capital >= -math.log(ALARM)
        return self.suspended
