"""Fitting: scikit-learn's coefficients where it can say them, and the shipped model where nothing is gained."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from app.answer.confidence import ConfidenceModel
from app.answer.fit import MOVED, PRIORS, Sample, fit

NAMES = ("score", "margin")
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def model(*weights: float, intercept: float = 0.0) -> ConfidenceModel:
    """A model over two signals that are standard already."""
    return ConfidenceModel(
        weights=dict(zip(NAMES, weights, strict=True)),
        means=dict.fromkeys(NAMES, 0.0),
        deviations=dict.fromkeys(NAMES, 1.0),
        intercept=intercept,
        careful=0.5,
    )


def questions(n: int, true: ConfidenceModel, seed: int = 0) -> Sample:
    """Questions of which those are right that ``true`` says."""
    random = np.random.default_rng(seed)
    matrix = random.normal(size=(n, len(NAMES)))
    right = random.random(n) < 1.0 / (1.0 + np.exp(-true.logits(matrix)))
    signals = [dict(zip(NAMES, row, strict=True)) for row in matrix.tolist()]
    weight = random.uniform(0.5, 1.5, n)
    return of_people(signals, right, right, weight / weight.mean(), np.arange(n) // 2)


def of_people(signals: list[dict[str, float]], right: Flags, answerable: Flags, weight: Floats, group: Ints) -> Sample:
    """Questions that people asked."""
    nobody = np.zeros(len(right), dtype=np.bool_)
    return Sample(signals, right, answerable, nobody, ~nobody, weight, group)


def bias(one: ConfidenceModel, sample: Sample) -> float:
    """What its chances come to on average, less what is right."""
    return float((one.chances(one.logits(one.matrix(sample.signals))) - sample.right).mean())


def test_it_is_scikit_learns_with_the_same_penalty() -> None:
    """From a base of nothing but zeros, a penalty on weights alone but for the intercept's tenth."""
    sample = questions(900, model(1.5, -0.8, intercept=0.4))
    found = fit(model(0.0, 0.0), sample)
    prior = next(prior for prior in PRIORS if found.chosen == f"own, prior {prior:.0f}")
    # A column scaled by the root of ten is penalised a tenth.
    design = np.column_stack([np.full(900, 10**0.5), [list(row.values()) for row in sample.signals]])
    theirs = LogisticRegression(C=4.0 / prior, fit_intercept=False, tol=1e-10, max_iter=1_000)
    theirs.fit(design, sample.right, sample_weight=sample.weight)
    intercept, *weights = theirs.coef_[0]
    assert found.model.intercept == pytest.approx(intercept * 10**0.5, abs=1e-4)
    assert list(found.model.weights.values()) == pytest.approx(weights, abs=1e-4)


def test_the_shipped_model_stays_where_nothing_is_gained() -> None:
    """Questions that are as it says give no reason to leave it, and what was tried is told."""
    base = model(1.5, -0.8, intercept=0.4)
    found = fit(base, questions(300, base))
    assert (found.model, found.chosen) == (base, "base")
    assert set(found.losses) == {"base", MOVED, *(f"own, prior {prior:.0f}" for prior in PRIORS)}


def test_a_better_model_is_taken_and_is_better() -> None:
    """Where the base is wrong its loss on fresh questions is the greater."""
    true = model(2.0, 1.0, intercept=-1.0)
    found = fit(model(0.5, 0.0), questions(600, true, seed=1))
    assert found.chosen != "base"
    assert found.losses[found.chosen] < found.losses["base"]
    fresh = questions(4_000, true, seed=2)
    matrix = found.model.matrix(fresh.signals)
    signs = np.where(fresh.right, 1.0, -1.0)
    loss = {
        name: float(np.logaddexp(0.0, -signs * one.logits(matrix)).mean())
        for name, one in {"own": found.model, "base": model(0.5, 0.0)}.items()
    }
    assert loss["own"] < loss["base"] - 0.05


@pytest.mark.parametrize("right", [[True] * 40, [False] * 40, [True, False]])
def test_too_little_to_fit(right: list[bool]) -> None:
    """Questions of one kind, or next to none, leave the base alone."""
    n = len(right)
    base = model(1.0, 1.0)
    sample = of_people([dict.fromkeys(NAMES, 0.1)] * n, np.array(right), np.array(right), np.ones(n), np.arange(n))
    assert fit(base, sample).model is base


def test_few_questions_move_it_little() -> None:
    """The prior is the shipped model: contrary questions, few, do not turn it round."""
    base = model(1.5, 0.0)
    found = fit(base, questions(30, model(-1.5, 0.0), seed=4))
    assert abs(found.model.weights["score"] - 1.5) < 1.5


def test_what_known_wordings_have_in_common_is_no_persons() -> None:
    """Asked with themselves left out they are found far less often than what people ask: that moves no intercept."""
    true = model(2.0, 1.0, intercept=0.5)
    asked, hidden = questions(400, true, seed=1), questions(1_200, model(2.0, 1.0, intercept=-2.5), seed=2)
    known = np.arange(1_600) >= 400
    sample = Sample(
        [*asked.signals, *hidden.signals],
        np.concatenate([asked.right, hidden.right]),
        np.concatenate([asked.answerable, hidden.answerable]),
        known,
        ~known,
        np.ones(1_600),
        np.arange(1_600) // 2,
    )
    found = fit(model(0.5, 0.0, intercept=0.5), sample)
    fresh = questions(4_000, true, seed=3)
    assert found.chosen != "base"
    assert abs(bias(found.model, fresh)) < 0.05
    mixed = replace(sample, known=np.zeros(1_600, dtype=np.bool_))
    assert fit(model(0.5, 0.0, intercept=0.5), mixed).chosen == f"base, {MOVED}"


def test_only_people_judge_it() -> None:
    """A model that is right about known wordings alone is not taken."""
    base = model(1.5, -0.8, intercept=0.4)
    sample = questions(600, model(-1.0, 2.0), seed=1)
    everyone = np.ones(600, dtype=np.bool_)
    assert fit(base, sample).chosen != "base"
    assert fit(base, replace(sample, known=everyone, people=~everyone)).model is base
    few = questions(100, base, seed=3)
    both = of_people(
        [*few.signals, *sample.signals],
        np.concatenate([few.right, sample.right]),
        np.concatenate([few.right, sample.right]),
        np.ones(700),
        np.arange(700) // 2,
    )
    wordings = np.arange(700) >= 100
    assert fit(base, replace(both, known=wordings, people=~wordings)).chosen == "base"


def test_chances_come_out_of_the_shipped_curve_once() -> None:
    """The curve takes near misses off: what is fitted under it still expects as many right answers as there are."""
    random = np.random.default_rng(5)
    there = model(2.0, 1.0, intercept=0.5)
    sample = questions(3_000, there, seed=6)
    right = sample.answerable & (random.random(3_000) < 0.6)
    # A target of 0.8 of the chance that an article is there, where a right one comes first with 0.6 of it.
    curve = [(at, round(0.75 / (1.0 + float(np.exp(-at))), 4)) for at in np.arange(-8.0, 8.5, 0.5).tolist()]
    found = fit(replace(model(0.5, 0.0, intercept=0.5), curve=curve), replace(sample, right=right))
    assert found.chosen != "base"
    assert abs(bias(found.model, replace(sample, right=right))) < 0.03


@pytest.mark.parametrize(("first", "up"), [(0.95, True), (0.35, False)])
def test_chances_are_moved_where_a_curve_made_elsewhere_does_not_fit(first: float, up: bool) -> None:
    """Where the right article comes first more often than at the companies that the curve was made of, or less often,
    the order of questions is as good as it was and every chance too low, or too high."""
    random = np.random.default_rng(7)
    sample = questions(1_200, model(2.0, 1.0, intercept=0.5), seed=8)
    sample = replace(sample, right=sample.answerable & (random.random(1_200) < first))
    curve = [(at, round(0.6 / (1.0 + float(np.exp(-at))), 4)) for at in np.arange(-8.0, 8.5, 0.5).tolist()]
    base = replace(model(1.6, 0.8, intercept=0.2), curve=curve)
    found = fit(base, sample)
    assert found.chosen.endswith(MOVED) or not up, "too high ones are lowered by a fit as well"
    assert (bias(base, sample) < -0.05) if up else (bias(base, sample) > 0.05)
    assert abs(bias(found.model, sample)) < 0.03


def test_some_luck_moves_nothing() -> None:
    """Sixty questions of which a few more than expected were answered well say nothing of the rest."""
    base = model(1.5, -0.8, intercept=0.4)
    moved = [fit(base, questions(60, base, seed=seed)).chosen.endswith(MOVED) for seed in range(40)]
    assert sum(moved) <= 2
