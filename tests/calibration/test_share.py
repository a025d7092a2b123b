"""The share of questions without an answer, from confidences alone."""

import numpy as np
import pytest

from app.calibration.share import LIMITS, MIN_TRAFFIC, estimate_share

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
    assert estimate_share(HAVE, LACK, mixture(share, 1_000, seed)) == pytest.approx(share, abs=0.06)


@pytest.mark.parametrize("share", [0.2, 0.7])
def test_the_least_traffic_tells_roughly(share: float) -> None:
    """As few as are taken at all come near enough to beat the setting."""
    assert estimate_share(HAVE, LACK, mixture(share, MIN_TRAFFIC, 4)) == pytest.approx(share, abs=0.12)


def test_it_stays_within_limits() -> None:
    """Neither nobody nor everybody asks what no article answers."""
    assert estimate_share(HAVE, LACK, HAVE) == pytest.approx(LIMITS[0], abs=0.02)
    assert estimate_share(HAVE, LACK, [0.001] * 500) == LIMITS[1]


@pytest.mark.parametrize(
    ("have", "lack", "traffic"),
    [(HAVE, LACK, HAVE[: MIN_TRAFFIC - 1]), (HAVE[:50], LACK, HAVE), (HAVE, LACK[:50], HAVE), ([], [], [])],
)
def test_too_few_say_nothing(have: list[float], lack: list[float], traffic: list[float]) -> None:
    """Then the setting holds."""
    assert estimate_share(have, lack, traffic) is None
