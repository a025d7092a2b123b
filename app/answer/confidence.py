"""Confidence: the chance that the first cited article is right, from the signals."""

import json
import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.answer.signals import NAMES
from ingest.ranking import SAME

BASE_MODEL = Path(__file__).with_name("base_model.json")
_LIMIT = 30.0
"""Logits beyond this are all but 0 and 1."""

KNOWN, KNOWN_MARGIN = 0.97, 0.015
"""Confidence at least of a question that is a title or a known phrasing of the first article (``ingest.ranking.SAME``),
and how far in cosine every other must stay behind. No fit can learn it: it asks phrasings with themselves left out."""


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """A logistic model over standardised signals, and a rising curve that brings its chances to what they should be.

    ``curve`` are points (logit, chance), both rising, with straight lines between; none: the logistic function itself.
    ``careful`` is the threshold without a certificate. ``levels`` are what some signals come to, on average, for a
    question whose article is missing: knowledge bases differ most in these, and each can measure its own.
    """

    weights: Mapping[str, float]
    means: Mapping[str, float]
    deviations: Mapping[str, float]
    intercept: float
    careful: float
    curve: Sequence[tuple[float, float]] = ()
    levels: Mapping[str, float] = field(default_factory=dict)
    unanswerable: float = 0.3
    mistakes: float = 0.3
    """Shares that it was fitted at: questions that no article answers, and wrong first articles of the others."""

    @classmethod
    def load(cls, file: Path) -> "ConfidenceModel":
        """Raises ValueError when the file is not such a model."""
        try:
            return cls.of(json.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise ValueError(f"{file}: {error}; run `baton calibrate --base`") from error

    @classmethod
    def of(cls, fields: Any) -> "ConfidenceModel":
        """From what :meth:`fields` gave. Raises ValueError when it is something else."""
        try:
            curve = tuple((float(at), float(chance)) for at, chance in fields["curve"])
            model = cls(**{**{name: fields[name] for name in cls.__slots__}, "curve": curve})
            numbers = [
                model.intercept,
                model.careful,
                model.unanswerable,
                model.mistakes,
                *model.weights.values(),
                *(v for pair in curve for v in pair),
            ]
            numbers += [*model.means.values(), *model.deviations.values(), *model.levels.values()]
            sound = all(isinstance(number, int | float) and math.isfinite(number) for number in numbers)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"no confidence model ({type(error).__name__}: {error})") from error
        if not sound or not (
            0.0 < model.careful <= 1.0 and 0.0 <= model.unanswerable < 1.0 and 0.0 <= model.mistakes < 1.0
        ):
            raise ValueError("holds a number that is none")
        rising = all(a[0] < b[0] and 0.0 <= a[1] <= b[1] <= 1.0 for a, b in pairwise(curve))
        if len(curve) == 1 or not rising:
            raise ValueError("holds a curve that does not rise")
        if not {*model.weights, *model.levels} <= set(NAMES) & set(model.means) & set(model.deviations):
            raise ValueError("was made for other signals")
        return model

    def fields(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)

    def levelled(self, levels: Mapping[str, float]) -> "ConfidenceModel":
        """For a knowledge base whose own ``levels`` are these: a signal counts by how far it lies above them."""
        shift = {name: levels[name] - self.levels[name] for name in self.levels.keys() & levels.keys()}
        means = {name: round(mean + shift.get(name, 0.0), 5) for name, mean in self.means.items()}
        return replace(self, means=means, levels={**self.levels, **levels})

    def for_share(self, unanswerable: float) -> "ConfidenceModel":
        """Where this share of the questions has no answer: the odds of being right change with those of the classes, as
        in Saerens, Latinne and Decaestecker 2002; that a wrong answer and a missing one look alike is assumed."""
        factor = self.odds(min(max(unanswerable, 0.0), 0.99)) / self.odds(self.unanswerable)
        return replace(self.moved(factor), unanswerable=unanswerable)

    def moved(self, factor: float) -> "ConfidenceModel":
        """With the odds of every chance times ``factor``."""
        if not self.curve:
            return replace(self, intercept=self.intercept + math.log(factor))
        curve = [(at, round(chance * factor / (1.0 - chance + chance * factor), 4)) for at, chance in self.curve]
        return replace(self, curve=curve)

    def odds(self, unanswerable: float) -> float:
        """Of any question's first article being right, where this share has no answer."""
        right = (1.0 - unanswerable) * (1.0 - self.mistakes)
        return right / max(1.0 - right, 1e-9)

    def logit(self, signals: Mapping[str, float]) -> float:
        """Before the curve; NaN when a signal is missing or no number."""
        total = self.intercept
        for name, weight in self.weights.items():
            value = signals.get(name, math.nan)
            total += weight * (value - self.means[name]) / (self.deviations[name] or 1.0)
        return total

    def predict(self, signals: Mapping[str, float]) -> float:
        """Probability in [0, 1]; signals that are missing or no numbers make it 0."""
        logit = self.logit(signals)
        if not math.isfinite(logit):
            return 0.0
        known = signals.get("best", 0.0) >= SAME and signals.get("best_margin", 0.0) >= KNOWN_MARGIN
        return max(self.chance(logit), KNOWN if known else 0.0)

    def chance(self, logit: float) -> float:
        """The probability that a logit stands for."""
        if not self.curve:
            return 1.0 / (1.0 + math.exp(-max(min(logit, _LIMIT), -_LIMIT)))
        place = bisect_right(self.curve, (logit, math.inf))
        if place in (0, len(self.curve)):
            return self.curve[min(place, len(self.curve) - 1)][1]
        (x0, y0), (x1, y1) = self.curve[place - 1 : place + 1]
        # Never flat: a higher logit is a higher confidence, so that thresholds can tell questions apart.
        return y0 + (y1 - y0) * (logit - x0) / (x1 - x0)

    def chances(self, logits: NDArray[np.float64]) -> NDArray[np.float64]:
        """:meth:`chance` of each."""
        if not self.curve:
            return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -_LIMIT, _LIMIT))))
        at, chance = np.array(self.curve).T
        return np.asarray(np.interp(logits, at, chance), dtype=np.float64)

    def matrix(self, signals: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """Standardised signals, shape (len(signals), len(weights))."""
        names = list(self.weights)
        raw = np.array([[row[name] for name in names] for row in signals], dtype=np.float64)
        deviations = np.array([self.deviations[name] or 1.0 for name in names])
        standard: NDArray[np.float64] = (raw - np.array([self.means[name] for name in names])) / deviations
        return standard

    def logits(self, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of rows of :meth:`matrix`, shape (rows,)."""
        logits: NDArray[np.float64] = self.intercept + matrix @ np.array(list(self.weights.values()))
        return logits


@lru_cache(maxsize=1)
def base_model() -> ConfidenceModel:
    """The model that ships, fitted on public questions by ``baton calibrate --base``."""
    return ConfidenceModel.load(BASE_MODEL)
