"""The certificate, where the truth is known in closed form: it fails as rarely as it promises."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import binom

from app.answer.certify import MIN_QUESTIONS, allowed_wrong, binomial_cdf, certify

ALPHA = DELTA = 0.05
DRAWS = 400
Numbers = NDArray[np.float64]
Truth = tuple[Callable[[Numbers], Numbers], Callable[[float], float]]
"""The chance to be wrong of a question with doubt ``u * u``, and the true risk of answering all with u <= s."""


def doubts(scale: float) -> Truth:
    """Confidence is 1 - u^2 and the chance to be wrong ``scale`` times u^2: risk(s) = scale * s^2 / 3."""
    return (lambda u: np.minimum(scale * u**2, 1.0)), (lambda s: scale * s**2 / 3.0)


def flat(chance: float) -> Truth:
    """The same chance to be wrong whatever the confidence."""
    return (lambda u: np.full_like(u, chance)), (lambda s: chance)


def rising(floor: float) -> Truth:
    """Wrong now and then even where confidence is highest: risk(s) = floor + s^2 / 3 for u up to 0.9."""
    return (lambda u: np.minimum(floor + u**2, 1.0)), (lambda s: floor + s**2 / 3.0)


def backwards() -> Truth:
    """The surest answers are the worst: risk(s) = 0.2 - 0.1 s."""
    return (lambda u: 0.2 - 0.2 * u), (lambda s: 0.2 - 0.1 * s)


TRUTHS: dict[str, Truth] = {
    "calibrated": doubts(1.0),
    "overconfident": doubts(1.0 / 0.6),
    "underconfident": doubts(0.3),
    "just above alpha": flat(ALPHA * 1.0001),
    "with a floor": rising(0.03),
    "backwards": backwards(),
}


@pytest.mark.parametrize("n", [MIN_QUESTIONS, 250])
@pytest.mark.parametrize("name", TRUTHS)
def test_the_true_risk_exceeds_alpha_as_rarely_as_promised(name: str, n: int) -> None:
    """Over 400 draws of questions the true risk at the certified threshold exceeds alpha in at most delta of them,
    but for what binomial noise gives in one case of a thousand."""
    chance, risk = TRUTHS[name]
    random = np.random.default_rng(len(name) + n)
    failed = certified = 0
    for _ in range(DRAWS):
        u = random.random(n)
        found = certify(1.0 - u**2, random.random(n) >= chance(u), ALPHA, DELTA)
        if found.threshold is not None:
            certified += 1
            failed += risk(math.sqrt(1.0 - found.threshold)) > ALPHA
    assert failed <= binom.isf(0.001, DRAWS, DELTA), f"{failed} of {certified}"
    if name == "underconfident" and n == 250:
        assert certified > 0.5 * DRAWS


def test_more_questions_answer_more() -> None:
    """A certificate is worth having: from many good questions it comes near the loosest threshold that is true."""
    random = np.random.default_rng(3)
    u = random.random(4_000)
    found = certify(1.0 - u**2, random.random(4_000) >= u**2, ALPHA, DELTA)
    assert found.threshold is not None
    best = math.sqrt(3 * ALPHA)
    assert 0.75 * best < found.coverage <= 1.05 * best
    assert found.wrong <= allowed_wrong(found.answered, ALPHA, DELTA)


@given(st.lists(st.floats(0, 1), max_size=MIN_QUESTIONS - 1))
def test_fewer_than_sixty_questions_never_certify(confidences: list[float]) -> None:
    """However right they all are; and it is said how many are missing."""
    found = certify(confidences, [True] * len(confidences), ALPHA, DELTA)
    assert found.threshold is None
    assert found.coverage == 0.0
    assert found.missing is not None
    assert found.missing >= MIN_QUESTIONS - len(confidences)


def test_seventy_seven_flawless_answers_certify_and_one_fault_does_not() -> None:
    """0.95 ** 77 is below 2 %, the part of delta that a threshold is tested at."""
    confidences = [0.9] * 77
    assert certify(confidences, [True] * 77, ALPHA, DELTA).threshold == 0.9
    assert certify(confidences[1:], [True] * 76, ALPHA, DELTA).threshold is None
    faulty = certify(confidences, [False] + [True] * 76, ALPHA, DELTA)
    assert faulty.threshold is None
    assert faulty.missing


@pytest.mark.parametrize("name", TRUTHS)
def test_the_risk_that_shows_exceeds_alpha_as_rarely(name: str) -> None:
    """Of as many fresh questions: what a lead will see, luck included."""
    chance, _ = TRUTHS[name]
    random = np.random.default_rng(len(name))
    exceeded = 0
    for _ in range(DRAWS):
        u, fresh = random.random(250), random.random(250)
        found = certify(1.0 - u**2, random.random(250) >= chance(u), ALPHA, DELTA)
        answered = fresh[1.0 - fresh**2 >= (2.0 if found.threshold is None else found.threshold)]
        exceeded += bool(len(answered)) and bool((random.random(len(answered)) < chance(answered)).mean() > ALPHA)
    assert exceeded <= binom.isf(0.001, DRAWS, DELTA)


def test_equal_confidences_are_answered_together() -> None:
    """A threshold cannot part a tie: the wrong answers in it count as well."""
    confidences = [0.9] * 100 + [0.8] * 100
    right = [True] * 100 + [False] * 50 + [True] * 50
    found = certify(confidences, right, ALPHA, DELTA)
    assert (found.threshold, found.answered, found.wrong) == (0.9, 100, 0)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_refused(value: float) -> None:
    """A broken confidence makes no certificate."""
    with pytest.raises(ValueError, match="not a number"):
        certify([0.5] * 99 + [value], [True] * 100, ALPHA, DELTA)


@given(st.integers(-1, 400), st.integers(0, 400), st.floats(0, 1))
def test_binomial_cdf_is_scipys(successes: int, trials: int, chance: float) -> None:
    """The exact sum agrees with the library that we do not want at run time."""
    expected = binom.cdf(successes, trials, chance) if successes < trials else float(successes >= 0)
    assert binomial_cdf(successes, trials, chance) == pytest.approx(expected, abs=1e-9)


@given(st.integers(1, 500), st.floats(0.01, 0.5), st.floats(0.001, 0.5))
def test_allowed_wrong_is_the_most_that_passes(answered: int, alpha: float, delta: float) -> None:
    """As many wrong answers prove the risk, and one more does not."""
    most = allowed_wrong(answered, alpha, delta)
    assert most < 0 or binom.cdf(most, answered, alpha) <= delta * (1 + 1e-9)
    assert most == answered or binom.cdf(most + 1, answered, alpha) > delta * (1 - 1e-9)
