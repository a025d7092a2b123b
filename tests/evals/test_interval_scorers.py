"""Scorers with intervals, and those of hand-off, on cases that can be worked out by hand."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from evals.scorers.bootstrap import bootstrap
from evals.scorers.detection import detection
from evals.scorers.figure import NOTHING, Figure
from evals.scorers.rate import rate, rate_of
from evals.scorers.reliability import reliability
from evals.scorers.risk_coverage import Point, risk_coverage, selected

CONFIDENCE = [0.9, 0.8, 0.8, 0.3]
RIGHT = [True, True, False, False]


def test_a_rate_has_the_exact_interval() -> None:
    """Clopper and Pearson, from the beta distribution; nothing of nothing is nothing."""
    found = rate(8, 10)
    assert (found.value, found.n) == (0.8, 10)
    assert found.low == pytest.approx(beta.ppf(0.025, 8, 3))
    assert found.high == pytest.approx(beta.ppf(0.975, 9, 2))
    assert rate_of([True, False]).value == 0.5
    assert rate(0, 0) is NOTHING


def test_how_figures_are_said() -> None:
    """With the interval where there is one."""
    assert str(Figure(0.5, 0.25, 0.75, 9)) == "0.500 (0.250 to 0.750)"
    assert str(Figure(0.5, math.nan, math.nan, 9)) == "0.500"
    assert str(NOTHING) == "–"


def test_the_bootstrap_of_a_mean_is_about_its_standard_error() -> None:
    """Two standard errors to either side, for rows that are drawn each by itself."""
    values = np.random.default_rng(1).random(400)
    found = bootstrap(lambda chosen: float(values[chosen].mean()), range(400))
    error = values.std() / 400**0.5
    assert found.value == pytest.approx(values.mean())
    assert found.n == 400
    assert found.high - found.low == pytest.approx(2 * 1.96 * error, rel=0.2)


def test_the_bootstrap_draws_rows_of_one_question_together() -> None:
    """Each question twice is no more evidence than each once."""
    values = np.repeat(np.random.default_rng(2).random(200), 2)
    pairs = bootstrap(lambda chosen: float(values[chosen].mean()), [n // 2 for n in range(400)])
    alone = bootstrap(lambda chosen: float(values[chosen].mean()), range(400))
    assert pairs.n == 200
    assert (pairs.high - pairs.low) / (alone.high - alone.low) == pytest.approx(2**0.5, rel=0.25)


def test_the_bootstrap_of_what_has_no_value() -> None:
    """Draws without a value are left out, and no rows are nothing."""
    assert math.isnan(bootstrap(lambda _: math.nan, ["a", "b"]).low)
    assert bootstrap(lambda _: 1.0, []) is NOTHING


def test_reliability() -> None:
    """Bins that hold anything, with mean confidence and the share that was right; 1.0 belongs to the last."""
    bins = reliability([0.05, 0.15, 0.17, 1.0, 0.95], [False, False, True, True, True])
    assert [(round(one.confidence, 3), one.right.value, one.right.n) for one in bins] == [
        (0.05, 0.0, 1),
        (0.16, 0.5, 2),
        (0.975, 1.0, 2),
    ]


def test_risk_over_coverage() -> None:
    """Equal confidences are answered together."""
    assert risk_coverage(CONFIDENCE, RIGHT) == [
        Point(0.9, 0.25, 0.0),
        Point(0.8, 0.75, 1 / 3),
        Point(0.3, 1.0, 0.5),
    ]
    assert risk_coverage([], []) == []


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.5, 0.9]), st.booleans()), min_size=1, max_size=40))
def test_the_curve_says_what_a_threshold_does(rows: list[tuple[float, bool]]) -> None:
    """Every point is what answering at its threshold comes to, and coverage rises to all."""
    confidence, right = [row[0] for row in rows], [row[1] for row in rows]
    points = risk_coverage(confidence, right)
    assert points[-1].coverage == 1.0
    assert all(a.coverage < b.coverage and a.threshold > b.threshold for a, b in itertools.pairwise(points))
    for point in points:
        chosen = selected([score >= point.threshold for score in confidence], right)
        assert (chosen.coverage.value, chosen.risk.value) == pytest.approx((point.coverage, point.risk))


def test_selected_by_weight() -> None:
    """Weights make the shares those of traffic; equal weights change nothing, and intervals hold what they are of."""
    answered = [True, True, True, False]
    plain, equal = selected(answered, RIGHT), selected(answered, RIGHT, [2.0] * 4)
    assert (plain.answered, plain.wrong) == (3, 1)
    assert (equal.coverage.value, equal.risk.value) == pytest.approx((plain.coverage.value, plain.risk.value))
    heavy = selected(answered, RIGHT, [1.0, 1.0, 6.0, 2.0])
    assert (heavy.coverage.value, heavy.risk.value) == pytest.approx((0.8, 0.75))
    assert heavy.risk.low <= heavy.risk.value <= heavy.risk.high
    assert selected([False] * 4, RIGHT).risk is NOTHING
    assert selected([False] * 4, RIGHT, [1.0] * 4).risk is NOTHING


def test_detection() -> None:
    """Three found, two of them true, one true one missed, one of two harmless ones passed."""
    found = detection([True, True, True, False, False], [True, True, False, True, False])
    assert (found.precision.value, found.recall.value, found.passed.value) == pytest.approx((2 / 3, 2 / 3, 1 / 2))
