"""Cross fit: confidences from models that did not see the questions they are graded on.

The shipped model is fitted on some of the sets that the report grades. What it says of those is no measure of it; what
a model says that was fitted without them is. ``baton calibrate --base`` writes those models beside the shipped one.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from app.answer.confidence import ConfidenceModel, base_model
from app.answer.policy import counts
from evals.fitting import fold_of
from evals.rows import Row
from evals.sites import Visit

CROSS_FIT = Path(__file__).with_name("cross_fit.json")


class CrossFit:
    """Over the sites of one run. A site that no model was fitted on goes by the shipped one, which is new to it."""

    def __init__(self, visits: Mapping[str, Visit]) -> None:
        self._visits = visits

    @cached_property
    def _models(self) -> dict[str, Any]:
        models: dict[str, Any] = json.loads(CROSS_FIT.read_text(encoding="utf-8"))
        return models

    def how(self, name: str) -> str:
        """Whose confidences a site is graded by."""
        if name in self._models["folds"]:
            return "fitted without the question's fold"
        return "fitted without the site" if name in self._models["without"] else "shipped"

    def confidences(self, name: str) -> list[float]:
        """Of a site's rows, in their order."""
        levels, rows = self._visits[name].levels, self._visits[name].rows
        if name not in self._models["folds"]:
            return self._by(self.base(name).levelled(levels), rows)
        folds = [ConfidenceModel.of(fields).levelled(levels) for fields in self._models["folds"][name]]
        return [self._by(folds[fold_of(row.question.id)], [row])[0] for row in rows]

    def foreign(self, name: str) -> list[float]:
        """Of another site's messages to it."""
        return self._by(self.base(name).levelled(self._visits[name].levels), self._visits[name].foreign)

    def base(self, name: str) -> ConfidenceModel:
        """What a site begins from that nobody has seen yet: the shipped model, fitted without it."""
        fields = self._models["without"].get(name)
        return ConfidenceModel.of(fields) if fields else base_model()

    @staticmethod
    def _by(model: ConfidenceModel, rows: Sequence[Row]) -> list[float]:
        return [model.predict(row.decision.signals) if row.decision.ranking else 0.0 for row in rows]


def given(rows: Sequence[Row], confidences: Sequence[float], threshold: float) -> list[bool]:
    """Whether each would be answered at a threshold: not when it was no confidence that decided about it."""
    return [confidence >= threshold and decided(row) for row, confidence in zip(rows, confidences, strict=True)]


def decided(row: Row) -> bool:
    """Whether a confidence decided about a row."""
    return counts(row.decision.outcome, row.decision.reason)
