"""Fit: the confidence model of one knowledge base, from its own questions, never worse than the one that ships.

A logistic regression whose prior is the shipped model: few questions leave it as it is, many may move it. It keeps the
shipped model's curve, so that it is fitted to what that curve was made for (:func:`target`), and judged by the chances
that come out of it, on people's questions alone. A known wording that is asked with itself left out is another thing
than a question: what is alike to all of these has a coefficient of its own, which is dropped. Plain numpy, so that
publishing needs no scikit-learn, which would cost a process 100 MB.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.answer.confidence import ConfidenceModel

FOLDS = 5
MOVED = "moved"
PRIORS = (300.0, 30.0)
"""Strengths of the pull towards the shipped model, in questions: how many of them move it half of the way or so."""
STEPS = 25
KNOWN_PULL = 0.5
"""Of the coefficient that known wordings have in common: just enough to keep it finite."""
LEAST_CHANCE = 0.001
"""That a model is taken to have given what happened: one surprise is not to decide alone."""
ANSWERABLE_SHARE = 0.5
"""How much it is fitted to whether an article answers at all, beside whether the first one does: a wrong first article
whose right one is there is a near miss. On companies left out it orders answers better than either alone."""
GAIN = 0.005
"""Natural logarithms a question by which a model must beat the shipped one on questions that it was not fitted on."""
MOVE_PULL = 10.0
"""Towards leaving every chance where it is, in questions."""
MOVE_GAIN = 2.0
"""Natural logarithms that a move must gain in all, on questions that it was not found by: luck gives one parameter as
many in one of twenty samples (Wilks 1938), on the very questions that it was found by. None of 29 companies with half
of their questions given gains as much."""


@dataclass(frozen=True)
class Sample:
    """Questions as rows: ``signals`` by name, whether the first article was ``right``, whether any article of those
    that were there is (``answerable``), whether it is a ``known`` wording with itself left out and whether ``people``
    asked it, what each ``weight``s (mean 1), and ``group``: questions about the same article, which stay on one side
    when a model is tested."""

    signals: Sequence[dict[str, float]]
    right: NDArray[np.bool_]
    answerable: NDArray[np.bool_]
    known: NDArray[np.bool_]
    people: NDArray[np.bool_]
    weight: NDArray[np.float64]
    group: NDArray[np.int64]


@dataclass(frozen=True)
class Fitted:
    """``chosen`` is ``base`` when nothing beat the shipped model, and ends in MOVED when the best was moved; ``losses``
    are mean log losses by name."""

    model: ConfidenceModel
    chosen: str
    losses: dict[str, float]


def target(right: NDArray[np.bool_], answerable: NDArray[np.bool_]) -> NDArray[np.float64]:
    """What a confidence's logit is fitted to, in [0, 1]; a curve makes chances of being right of it."""
    return (1.0 - ANSWERABLE_SHARE) * right + ANSWERABLE_SHARE * answerable


def fit(base: ConfidenceModel, sample: Sample) -> Fitted:
    """The better of the shipped model and of those fitted on the sample, by cross-validation over groups; its chances
    are moved, all in one direction, where people's questions show that all are too low or too high."""
    if not _tells(sample):
        return Fitted(base, "base", {})
    matrix = base.matrix(sample.signals)
    fold = np.random.default_rng(0).permutation(int(sample.group.max()) + 1)[sample.group] % FOLDS
    held_out = {"base": base.logits(matrix)}
    for prior in PRIORS:
        logits = np.empty(len(matrix))
        for number in range(FOLDS):
            held = fold == number
            logits[held] = _regress(base, matrix, sample, ~held, prior).logits(matrix[held])
        held_out[f"own, prior {prior:.0f}"] = logits
    chances = {name: base.chances(logits) for name, logits in held_out.items()}
    losses = {name: _loss(given, sample) for name, given in chances.items()}
    best = min(losses, key=lambda name: losses[name])
    chosen, model, everything = "base", base, np.ones(len(matrix), dtype=np.bool_)
    if losses[best] <= losses["base"] - GAIN:
        chosen, model = best, _regress(base, matrix, sample, everything, float(best.rsplit(" ", 1)[1]))
    given, moved = chances[chosen], np.empty(len(matrix))
    for number in range(FOLDS):
        held = fold == number
        moved[held] = _moved(given[held], _move(given, sample, ~held))
    losses[MOVED] = _loss(moved, sample)
    if (losses[chosen] - losses[MOVED]) * _number(sample) >= MOVE_GAIN:
        chosen, model = f"{chosen}, {MOVED}", model.moved(math.exp(_move(given, sample, everything)))
    return Fitted(model, chosen, {name: round(loss, 4) for name, loss in losses.items()})


def _number(sample: Sample) -> float:
    """How many of people's questions there are, as many as count the same (Kish 1965)."""
    weight = sample.weight[sample.people]
    return float(weight.sum() ** 2 / np.square(weight).sum())


def _move(chances: NDArray[np.float64], sample: Sample, chosen: NDArray[np.bool_]) -> float:
    """By how many logits people's questions are answered better than ``chances`` say, or worse."""
    right, weight = sample.right[chosen], (sample.weight * sample.people)[chosen]
    move = 0.0
    for _ in range(STEPS):
        chance = _moved(chances[chosen], move)
        slope = float(np.sum(weight * (right - chance))) - MOVE_PULL * move
        move += slope / (float(np.sum(weight * chance * (1.0 - chance))) + MOVE_PULL)
    return move


def _moved(chances: NDArray[np.float64], move: float) -> NDArray[np.float64]:
    """As :meth:`ConfidenceModel.moved` does, by logits."""
    sure = np.clip(chances, LEAST_CHANCE, 1.0 - LEAST_CHANCE)
    moved: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-move) * (1.0 - sure) / sure)
    return moved


def _tells(sample: Sample) -> bool:
    """Whether people's questions are there that a model could be judged by."""
    asked = sample.right[sample.people]
    return len(asked) >= FOLDS and bool(asked.any()) and not asked.all()


def _regress(
    base: ConfidenceModel,
    matrix: NDArray[np.float64],
    sample: Sample,
    chosen: NDArray[np.bool_],
    prior: float,
) -> ConfidenceModel:
    """Intercept and weights by Newton's method on the log likelihood less ``prior / 8 * |w - base|^2``: an eighth,
    because a question moves a logit by at most a quarter of its weight, twice over."""
    start = np.array([base.intercept, *base.weights.values(), 0.0])
    design, w = np.column_stack([np.ones(len(matrix)), matrix, sample.known])[chosen], start.copy()
    aim, weight = target(sample.right, sample.answerable)[chosen], sample.weight[chosen]
    pull = np.full(len(start), prior / 4.0)
    pull[0] /= 10.0
    pull[-1] = KNOWN_PULL
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(design @ w, -30, 30)))
        gradient = design.T @ (weight * (aim - chance)) - pull * (w - start)
        curvature = (design * (weight * chance * (1 - chance))[:, None]).T @ design + np.diag(pull)
        step = np.linalg.solve(curvature, gradient)
        w = w + step
        if np.abs(step).max() < 1e-6:
            break
    weights = {name: round(float(c), 5) for name, c in zip(base.weights, w[1:-1], strict=True)}
    return replace(base, weights=weights, intercept=round(float(w[0]), 5))


def _loss(chances: NDArray[np.float64], sample: Sample) -> float:
    sure = np.clip(np.where(sample.right, chances, 1.0 - chances), LEAST_CHANCE, 1.0)
    return float(np.average(-np.log(sure), weights=sample.weight * sample.people))
