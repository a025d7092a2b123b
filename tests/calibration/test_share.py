"""The share of questions without an answer, from confidences alone."""

from dataclasses import replace

import numpy as np
import pytest

from app.answer.confidence import base_model
from app.calibration.share import LIMITS, MIN_TRAFFIC, USUAL, consistent_share, estimate_share, mixed_share

RANDOM = np.random.default_rng(0)
HAVE = RANDOM.beta(5, 2, 600).tolist()
LACK = RANDOM.beta(2, 5, 600).tolist()


def mixture(share: float, n: int, seed: int) -> list[float]:
    """Traffic of which ``share`` has no answer."""
    random = np.random.default_rng(seed)
    mixed = np.where(random.random(n) < share, random.beta(2, 5, n), random.beta(5, 2, n))
    return [float(value) for value in mixed]


@pytest.mark.parametrize("share", [0.2, 0.3, 0.5, 0.7])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_mixtures_are_told(share: float, seed: int) -> None:
    """From a thousand questions to within six in a hundred."""
    assert mixed_share(HAVE, LACK, mixture(share, 1_000, seed)) == pytest.approx(share, abs=0.06)


@pytest.mark.parametrize("share", [0.2, 0.7])
def test_the_least_traffic_tells_roughly(share: float) -> None:
    """As few as are taken at all come near enough to beat the setting."""
    assert mixed_share(HAVE, LACK, mixture(share, MIN_TRAFFIC, 4)) == pytest.approx(share, abs=0.12)


def test_it_stays_within_limits() -> None:
    """Neither nobody nor everybody asks what no article answers."""
    assert mixed_share(HAVE, LACK, HAVE) == pytest.approx(LIMITS[0], abs=0.02)
    assert mixed_share(HAVE, LACK, [0.001] * 500) == LIMITS[1]


@pytest.mark.parametrize(
    ("have", "lack", "traffic"),
    [(HAVE, LACK, HAVE[: MIN_TRAFFIC - 1]), (HAVE[:50], LACK, HAVE), (HAVE, LACK[:50], HAVE), ([], [], [])],
)
def test_too_few_say_nothing(have: list[float], lack: list[float], traffic: list[float]) -> None:
    """Then the setting holds."""
    assert mixed_share(have, lack, traffic) is None


MODEL = replace(base_model(), unanswerable=0.3, mistakes=0.2)


def calibrated(share: float, n: int, seed: int) -> list[float]:
    """Confidences that are true at MODEL's share, for questions of which ``share`` has no answer."""
    random = np.random.default_rng(seed)
    chances = random.beta(2.8, 2.2, 40 * n)
    right = random.random(40 * n) < chances
    wanted = (1.0 - share) * (1.0 - MODEL.mistakes)
    kept = [*chances[right][: round(n * wanted)], *chances[~right][: n - round(n * wanted)]]
    assert len(kept) == n
    return [float(chance) for chance in kept]


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7])
def test_calibrated_confidences_tell_their_share(share: float) -> None:
    """Without a known question to compare with."""
    assert consistent_share(MODEL, calibrated(share, 1_000, 7)) == pytest.approx(share, abs=0.08)


def test_the_estimate_lies_between_both_and_what_is_usual() -> None:
    """And there is none where the known questions are too few."""
    traffic = mixture(0.5, 600, 5)
    both = (mixed_share(HAVE, LACK, traffic), consistent_share(MODEL, traffic))
    assert estimate_share(MODEL, HAVE, LACK, traffic) == pytest.approx((sum(filter(None, both)) + USUAL) / 3)
    assert estimate_share(MODEL, HAVE[:50], LACK, traffic) is None
