"""The watch: it keeps still while traffic is what it was, and speaks up when it is not."""

import math

import numpy as np
import pytest
from scipy.stats import binom

from app.answer.watch import ALARM, Watch

REPLAYS = 300


def test_false_alarms_are_as_rare_as_villes_inequality_says() -> None:
    """Of 300 watches over 600 questions each, no more speak up than chance lets at a rate of ALARM."""
    random = np.random.default_rng(1)
    alarms = 0
    for seed in range(REPLAYS):
        values = random.beta(2, 1.3, 800)
        watch = Watch(values[:200].tolist(), seed)
        alarms += any(watch.observe(value) for value in values[200:].tolist())
    assert alarms <= binom.isf(0.001, REPLAYS, ALARM), alarms


def test_false_alarms_are_rare_among_equal_confidences() -> None:
    """Ties are broken at random, so that the same confidence again and again is no news."""
    alarms = 0
    for seed in range(100):
        watch = Watch([0.0] * 100 + [0.9] * 100, seed)
        alarms += any(watch.observe(value) for value in [0.0, 0.9] * 200)
    assert alarms <= binom.isf(0.001, 100, ALARM), alarms


def test_a_shift_is_noticed() -> None:
    """When most questions are much less like the articles, within 300 of them."""
    random = np.random.default_rng(2)
    for seed in range(20):
        watch = Watch(random.beta(4, 2, 300).tolist(), seed)
        shifted = np.where(random.random(300) < 0.6, random.beta(1, 6, 300), random.beta(4, 2, 300))
        assert any(watch.observe(value) for value in shifted.tolist())
        assert watch.suspended
        assert watch.questions <= 300


def test_easier_questions_do_no_harm() -> None:
    """Confidences above those of the certificate suspend nothing."""
    watch = Watch(np.random.default_rng(3).random(300).tolist())
    assert not any(watch.observe(0.999) for _ in range(1_000))


def test_once_suspended_it_stays_so() -> None:
    """A certificate does not come back because questions do."""
    watch = Watch([0.9] * 50)
    while not watch.observe(0.1):
        pass
    count = watch.questions
    assert watch.observe(0.9)
    assert (watch.suspended, watch.questions) == (True, count)


def test_nothing_to_compare_with() -> None:
    """Without a reference it is suspended from the start."""
    assert Watch(()).suspended
    assert Watch(()).observe(0.9)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_passed_over(value: float) -> None:
    """It neither counts nor moves the capital, which begins at one."""
    watch = Watch([0.1, 0.5])
    assert watch.log_capital == pytest.approx(0.0)
    assert not watch.observe(value)
    assert watch.questions == 0
    assert watch.log_capital == pytest.approx(0.0)
