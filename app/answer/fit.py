"""Fit: the confidence model of one knowledge base, from its own questions, never worse than the one that ships.

A logistic regression whose prior is the shipped model: few questions leave it as it is, many may move it. Plain numpy,
so that publishing needs no scikit-learn, which would cost a process 100 MB.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.answer.confidence import ConfidenceModel

FOLDS = 5
PRIORS = (300.0, 30.0)
"""Strengths of the pull towards the shipped model, in questions: how many of them move it half of the way or so."""
STEPS = 25
GAIN = 0.005
"""Natural logarithms a question by which a model must beat the shipped one on questions that it was not fitted on."""


@dataclass(frozen=True)
class Sample:
    """Questions as rows: ``signals`` by name, whether the first article was ``right``, what each ``weight``s (mean 1),
    and ``group``: questions about the same article, which stay on one side when a model is tested."""

    signals: Sequence[dict[str, float]]
    right: NDArray[np.bool_]
    weight: NDArray[np.float64]
    group: NDArray[np.int64]


@dataclass(frozen=True)
class Fitted:
    """``chosen`` is ``base`` when nothing beat the shipped model; ``losses`` are mean log losses by name."""

    model: ConfidenceModel
    chosen: str
    losses: dict[str, float]


def fit(base: ConfidenceModel, sample: Sample) -> Fitted:
    """The better of the shipped model and of those fitted on the sample, by cross-validation over groups."""
    if len(sample.right) < FOLDS or sample.right.all() or not sample.right.any():
        return Fitted(base, "base", {})
    matrix = base.matrix(sample.signals)
    fold = np.random.default_rng(0).permutation(int(sample.group.max()) + 1)[sample.group] % FOLDS
    losses = {"base": _loss(base.logits(matrix), sample.right, sample.weight)}
    for prior in PRIORS:
        logits = np.empty(len(matrix))
        for number in range(FOLDS):
            rest, held = fold != number, fold == number
            coefficients = _regress(base, matrix[rest], sample.right[rest], sample.weight[rest], prior)
            logits[held] = _design(matrix[held]) @ coefficients
        losses[f"own, prior {prior:.0f}"] = _loss(logits, sample.right, sample.weight)
    best = min(losses, key=lambda name: losses[name])
    rounded = {name: round(loss, 4) for name, loss in losses.items()}
    if losses[best] > losses["base"] - GAIN:
        return Fitted(base, "base", rounded)
    coefficients = _regress(base, matrix, sample.right, sample.weight, float(best.rsplit(" ", 1)[1]))
    weights = {name: round(float(c), 5) for name, c in zip(base.weights, coefficients[1:], strict=True)}
    return Fitted(replace(base, weights=weights, intercept=round(float(coefficients[0]), 5)), best, rounded)


def _design(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack([np.ones(len(matrix)), matrix])


def _regress(
    base: ConfidenceModel,
    matrix: NDArray[np.float64],
    right: NDArray[np.bool_],
    weight: NDArray[np.float64],
    prior: float,
) -> NDArray[np.float64]:
    """Intercept and weights by Newton's method on the log likelihood less ``prior / 8 * |w - base|^2``: an eighth,
    because a question moves a logit by at most a quarter of its weight, twice over."""
    start = np.array([base.intercept, *base.weights.values()])
    design, w = _design(matrix), start.copy()
    pull = np.full(len(start), prior / 4.0)
    pull[0] /= 10.0
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(design @ w, -30, 30)))
        gradient = design.T @ (weight * (right - chance)) - pull * (w - start)
        curvature = (design * (weight * chance * (1 - chance))[:, None]).T @ design + np.diag(pull)
        step = np.linalg.solve(curvature, gradient)
        w = w + step
        if np.abs(step).max() < 1e-6:
            break
    return w


def _loss(logits: NDArray[np.float64], right: NDArray[np.bool_], weight: NDArray[np.float64]) -> float:
    signed = np.where(right, logits, -logits)
    return float(np.average(np.logaddexp(0.0, -signed), weights=weight))
