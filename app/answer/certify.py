"""Certify: the loosest threshold at which few enough of the given answers are wrong, with proof.

Learn then test (Angelopoulos et al. 2021, arXiv:2110.01052). Each threshold is a hypothesis "more than alpha of the
answers given at it are wrong". Of the questions answered at a threshold, those answered wrong are a binomial draw, so
its p-value is exact: ``P(Binomial(n, alpha) <= wrong)``. Thresholds are tested from strict to loose and testing ends at
the first that fails (fixed sequence testing, their section 4), so that the chance that any accepted threshold is wrong
is at most the level they are tested at, TESTED of delta; the rest is for the luck of the answers that follow. Where to
begin is chosen by the confidences alone, never by what was right: where, if they are true, the most answers can be
expected to pass.

MAPIE's ``BinaryClassificationController`` does the same, with scikit-learn and scipy at run time.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MIN_QUESTIONS = 60
"""Fewer are never enough: 0.95 ** 59 > 0.048 says that 59 flawless answers only just prove 5 % at 95 %."""
TESTED = 0.4
"""Share of delta that the threshold is tested at. What a lead sees is no true risk but that of the next answers, and a
threshold whose true risk lies just below alpha shows more than alpha almost every second time. Over random halves of
16 sets, the half that certified nothing showed more than alpha in over 5 % of the splits in 6 of them when the
threshold had all of delta, in none with a half; of six that were certified as a whole one was so no more. With the next
embedder it was 5.5 % of curekart's with a half, 3.5 % with this."""
STEPS = 400
"""Thresholds at most in a sequence."""


@dataclass(frozen=True, slots=True)
class Certified:
    """``threshold`` is None when nothing could be proved; ``n`` questions were used, ``answered`` of them at it, and
    ``wrong`` of those were wrong. ``missing`` is how many more questions a proof would take, if these are typical; None
    when no number would do, because too many of even the surest answers are wrong."""

    threshold: float | None
    n: int
    answered: int
    wrong: int
    missing: int | None

    @property
    def coverage(self) -> float:
        """Share of the questions that are answered at the threshold."""
        return self.answered / self.n if self.n else 0.0


def binomial_cdf(successes: int, trials: int, chance: float) -> float:
    """``P(X <= successes)`` for X of ``trials`` with probability ``chance`` each; exact sum of the terms."""
    if successes < 0:
        return 0.0
    if successes >= trials or chance <= 0.0:
        return 1.0
    if chance >= 1.0:
        return 0.0
    log_odds = math.log(chance) - math.log1p(-chance)
    term = trials * math.log1p(-chance)
    total = math.exp(term)
    for k in range(1, successes + 1):
        term += math.log((trials - k + 1) / k) + log_odds
        total += math.exp(term)
    return min(total, 1.0)


def certify(
    confidence: Sequence[float] | NDArray[np.float64],
    right: Sequence[bool] | NDArray[np.bool_],
    alpha: float,
    delta: float,
) -> Certified:
    """The certified threshold for questions drawn as traffic draws them. An answer is given when ``confidence >=
    threshold``; ``right`` says whether it would be right. Raises ValueError when a confidence is no number."""
    scores = np.asarray(confidence, dtype=np.float64)
    if not np.isfinite(scores).all():
        raise ValueError("a confidence is not a number; calibrate again")
    correct = np.asarray(right, dtype=np.bool_)
    order = np.argsort(-scores, kind="stable")
    scores, wrong = scores[order], np.cumsum(~correct[order], dtype=np.int64)
    n = len(scores)
    counts = _ends_of_ties(scores)
    loosest, delta = 0, TESTED * delta
    for answered in counts[_start(scores, counts, alpha, delta) :] if n >= MIN_QUESTIONS else ():
        if binomial_cdf(int(wrong[answered - 1]), int(answered), alpha) > delta:
            break
        loosest = int(answered)
    if loosest:
        return Certified(float(scores[loosest - 1]), n, loosest, int(wrong[loosest - 1]), 0)
    return Certified(None, n, 0, 0, _missing(n, wrong, counts, alpha, delta))


def _ends_of_ties(scores: NDArray[np.float64]) -> NDArray[np.intp]:
    """Counts of answered questions that a threshold can bring about, STEPS of them at most: equal confidences are
    answered together."""
    if not len(scores):
        return np.zeros(0, dtype=np.intp)
    ends = np.flatnonzero(np.append(scores[1:] != scores[:-1], True)) + 1
    return ends[np.unique(np.linspace(0, len(ends) - 1, min(len(ends), STEPS)).astype(np.intp))]


def allowed_wrong(answered: int, alpha: float, delta: float) -> int:
    """The most wrong answers of ``answered`` that still prove the risk; -1 when none would be few enough."""
    wrong, term = -1, answered * math.log1p(-alpha)
    total, log_odds = math.exp(term), math.log(alpha) - math.log1p(-alpha)
    while total <= delta and wrong < answered:
        wrong += 1
        term += math.log((answered - wrong) / (wrong + 1)) + log_odds if wrong < answered else -math.inf
        total += math.exp(term)
    return wrong


def _start(scores: NDArray[np.float64], counts: NDArray[np.intp], alpha: float, delta: float) -> int:
    """The place in ``counts`` to begin at: the greatest expected share of answers that pass, if each is wrong with a
    chance of 1 - confidence."""
    expected_wrong = np.cumsum(1.0 - np.clip(scores, 0.0, 1.0))
    best, place = -1.0, 0
    for number, answered in enumerate(counts):
        chance = float(expected_wrong[answered - 1] / answered)
        passes = binomial_cdf(allowed_wrong(int(answered), alpha, delta), int(answered), chance)
        if passes * answered > best:
            best, place = passes * float(answered), number
    return place


def _missing(
    n: int, wrong: NDArray[np.signedinteger], counts: NDArray[np.intp], alpha: float, delta: float
) -> int | None:
    """The fewest further questions after which as large a share of wrong answers would prove some threshold."""
    lacking = max(MIN_QUESTIONS - n, 0)
    best = math.inf
    for answered in counts[:: max(len(counts) // 20, 1)]:
        share = wrong[answered - 1] / answered
        for times in (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 32.0):
            trials = int(answered * times)
            if math.ceil(share * trials) <= allowed_wrong(trials, alpha, delta):
                best = min(best, math.ceil(n * (times - 1.0)))
                break
    if math.isfinite(best):
        return max(lacking, int(best))
    return lacking or None
