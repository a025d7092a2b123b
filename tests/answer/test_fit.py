"""Fitting: scikit-learn's coefficients where it can say them, and the shipped model where nothing is gained."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from app.answer.confidence import ConfidenceModel
from app.answer.fit import PRIORS, Sample, fit

NAMES = ("score", "margin")


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
    return Sample(signals, right, weight / weight.mean(), np.arange(n) // 2)


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
    assert set(found.losses) == {"base", *(f"own, prior {prior:.0f}" for prior in PRIORS)}


def test_a_better_model_is_taken_and_is_better() -> None:
    """Where the base is wrong its loss on fresh questions is the greater."""
    true = model(2.0, 1.0, intercept=-1.0)
    found = fit(model(0.5, 0.0), questions(600, true, seed=1))
    assert found.chosen != "base"
    assert min(found.losses, key=lambda name: found.losses[name]) == found.chosen
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
    sample = Sample([dict.fromkeys(NAMES, 0.1)] * n, np.array(right), np.ones(n), np.arange(n))
    assert fit(base, sample).model is base


def test_few_questions_move_it_little() -> None:
    """The prior is the shipped model: contrary questions, few, do not turn it round."""
    base = model(1.5, 0.0)
    found = fit(base, questions(30, model(-1.5, 0.0), seed=4))
    assert abs(found.model.weights["score"] - 1.5) < 1.5
