"""Fitting: what the confidence that ships is fitted on, and how.

A logistic regression over few signals: more of them, squares and trees did no better on companies that were left out.
Sites weigh the same whatever their size and in however many guises they come, and within each the questions that no
article answers weigh UNANSWERABLE, as in the traffic of real sites. Three of the signals count from the set's own level
(``app.calibration.calibrate.LEVELLED``).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from app.answer.confidence import ConfidenceModel
from app.answer.fit import target
from app.calibration.calibrate import LEVELLED
from evals.rows import Row

SIGNALS = (
    "score",
    "best",
    "mean",
    "margin",
    "coverage",
    "unknown",
    "spread",
    "length",
    "lead",
    "surprise",
    "overall",
    "centroid",
)
UNANSWERABLE = 0.3
INVERSE_PENALTY = 0.1
"""On 21 companies that nothing is fitted on the log loss is .502 (.3: .503; .03: .501) and the order as good. With less
than .07 what curekart's halves certify turns out worse on the other half in more than one split of twenty."""
CAREFUL = 0.7
"""Threshold without a certificate: on companies that were left out, about one answer in ten is wrong."""
FOLDS = 5
KNOTS = 12
"""Points of the curve from logits to chances."""


@dataclass(frozen=True)
class Group:
    """The rows of one set, its levels, and the ``share`` that it has of its site's weight."""

    rows: Sequence[Row]
    levels: Mapping[str, float]
    share: float = 1.0


def weights_of(rows: Sequence[Row], unanswerable: float = UNANSWERABLE) -> NDArray[np.float64]:
    """A weight for each row, sum 1: all sets count alike."""
    have = np.array([row.answerable for row in rows])
    shares = ((have, 1.0 - unanswerable), (~have, unanswerable))
    weights = np.zeros(len(rows))
    for chosen, share in shares:
        weights[chosen] = share / max(int(chosen.sum()), 1)
    return np.asarray(weights / weights.sum())


def fit_model(groups: Sequence[Group]) -> ConfidenceModel:
    """The model of all groups together, with its curve from questions that their fold's model did not see."""
    raw = np.concatenate([_signals(group) for group in groups])
    right = np.array([row.right for group in groups for row in group.rows])
    aim = target(right, np.array([row.answerable for group in groups for row in group.rows]))
    weight = np.concatenate([weights_of(group.rows) * group.share for group in groups])
    weight *= len(raw) / sum(group.share for group in groups)
    means, deviations = raw.mean(axis=0), raw.std(axis=0)
    standard = (raw - means) / deviations
    logits = np.empty(len(raw))
    fold = np.concatenate([_folds(group.rows) for group in groups])
    for number in range(FOLDS):
        logits[fold == number] = _regression(standard, aim, weight, fold != number).decision_function(
            standard[fold == number]
        )
    model = _regression(standard, aim, weight, np.ones(len(raw), dtype=np.bool_))
    levels = {name: float(np.mean([group.levels[name] for group in groups])) for name in LEVELLED}
    centre = {name: levels.get(name, 0.0) for name in SIGNALS}

    def named(values: Sequence[float]) -> dict[str, float]:
        return {name: round(float(value), 5) for name, value in zip(SIGNALS, values, strict=True)}

    return ConfidenceModel(
        weights=named(model.coef_[0]),
        means={name: round(mean + centre[name], 5) for name, mean in named(means).items()},
        deviations=named(deviations),
        intercept=round(float(model.intercept_[0]), 5),
        careful=CAREFUL,
        curve=_curve(logits, right, weight),
        levels={name: round(level, 5) for name, level in levels.items()},
        unanswerable=UNANSWERABLE,
        mistakes=round(float(np.mean([_mistakes(group.rows) for group in groups])), 3),
    )


def fold_of(question_id: str) -> int:
    """The fold that a question lies in, with its twin without an article."""
    return hashlib.sha256(question_id.encode()).digest()[0] % FOLDS


def without(groups: Mapping[str, Group], name: str) -> ConfidenceModel:
    """The model of everything but a set, in whichever guise it comes."""
    return fit_model([group for key, group in groups.items() if not key.startswith(name)])


def _mistakes(rows: Sequence[Row]) -> float:
    answerable = [row for row in rows if row.answerable]
    return sum(not row.right for row in answerable) / max(len(answerable), 1)


def _signals(group: Group) -> NDArray[np.float64]:
    level = np.array([group.levels.get(name, 0.0) for name in SIGNALS])
    rows = np.array([[row.decision.signals[name] for name in SIGNALS] for row in group.rows], dtype=np.float64)
    return np.asarray(rows - level)


def _folds(rows: Sequence[Row]) -> NDArray[np.int64]:
    return np.array([fold_of(row.question.id) for row in rows], dtype=np.int64)


def _regression(
    standard: NDArray[np.float64], aim: NDArray[np.float64], weight: NDArray[np.float64], chosen: NDArray[np.bool_]
) -> LogisticRegression:
    """To targets between 0 and 1: a row counts as a yes by its target and as a no by the rest."""
    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=2_000)
    rows, yes, share = standard[chosen], aim[chosen], weight[chosen]
    return model.fit(
        np.concatenate([rows, rows]),
        np.repeat([True, False], len(rows)),
        sample_weight=np.concatenate([share * yes, share * (1.0 - yes)]),
    )


def _curve(
    logits: NDArray[np.float64], right: NDArray[np.bool_], weight: NDArray[np.float64]
) -> list[tuple[float, float]]:
    """Isotonic regression, read at KNOTS quantiles and made to rise between them."""
    isotonic = IsotonicRegression(y_min=0.01, y_max=0.99, out_of_bounds="clip").fit(logits, right, sample_weight=weight)
    edges = np.quantile(logits, np.linspace(0.0, 1.0, KNOTS + 1))
    middles = (edges[:-1] + edges[1:]) / 2.0
    chances = [
        float(np.average(isotonic.predict(logits[inside]), weights=weight[inside]))
        for low, high in pairwise(edges.tolist())
        if (inside := (logits >= low) & (logits <= high)).any()
    ]
    chances = np.maximum.accumulate(chances).tolist()
    points = [(float(edges[0]) - 2.0, chances[0] / 2.0), *zip(middles.tolist(), chances, strict=True)]
    points.append((float(edges[-1]) + 1.0, (1.0 + chances[-1]) / 2.0))
    return [(round(at, 4), round(chance, 4)) for at, chance in points]
