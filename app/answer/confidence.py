"""Confidence: the chance that the first cited article is right, from the signals."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.answer.signals import NAMES
from app.answer.types import Certificate

BASE_MODEL = Path(__file__).with_name("base_model.json")
ALPHA = 0.05
DELTA = 0.05


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """A logistic model over standardised signals; ``careful`` is the threshold without a certificate."""

    weights: Mapping[str, float]
    means: Mapping[str, float]
    deviations: Mapping[str, float]
    intercept: float
    careful: float

    @classmethod
    def load(cls, file: Path) -> "ConfidenceModel":
        """Raises ValueError when the file is not such a model."""
        try:
            fields = json.loads(file.read_text(encoding="utf-8"))
            model = cls(**{name: fields[name] for name in cls.__slots__})
            numbers = [model.intercept, model.careful, *model.weights.values()]
            numbers += [*model.means.values(), *model.deviations.values()]
            sound = all(isinstance(number, int | float) and math.isfinite(number) for number in numbers)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"{file} holds no confidence model ({error}); run `baton calibrate --base`") from error
        if not sound:
            raise ValueError(f"{file} holds a number that is none; run `baton calibrate --base`")
        if not set(model.weights) <= set(NAMES) & set(model.means) & set(model.deviations):
            raise ValueError(f"{file} was made for other signals; run `baton calibrate --base`")
        return model

    def predict(self, signals: Mapping[str, float]) -> float:
        """Probability in [0, 1]; signals that are missing or no numbers make it 0."""
        total = self.intercept
        for name, weight in self.weights.items():
            value = signals.get(name, math.nan)
            total += weight * (value - self.means[name]) / (self.deviations[name] or 1.0)
        if not math.isfinite(total):
            return 0.0
        return 1.0 / (1.0 + math.exp(-max(min(total, 30.0), -30.0)))


@lru_cache(maxsize=1)
def base_model() -> ConfidenceModel:
    """The model that ships, fitted on public questions by ``baton calibrate --base``."""
    return ConfidenceModel.load(BASE_MODEL)


def uncertified(model: ConfidenceModel) -> Certificate:
    """The careful threshold, and the plain statement that nothing was proved of it yet."""
    return Certificate(certified=False, alpha=ALPHA, delta=DELTA, n=0, threshold=model.careful, coverage=None)
