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
from app.calibration.prober import Prober
from app.calibration.probes import Probe, own_probes, shuffled
from app.calibration.service import DEFAULT_SHARE
from app.calibration.share import estimate_share
from evals.rows import Row
from evals.sites import Visit

MOST_PHRASINGS = 400
CROSS_FIT = Path(__file__).with_name("cross_fit.json")


class CrossFit:
    """Over the sites of one run. A site that no model was fitted on goes by the shipped one, which is new to it."""

    def __init__(self, visits: Mapping[str, Visit]) -> None:
        self._visits = visits
        self._shares: dict[str, float] = {}

    @cached_property
    def _models(self) -> dict[str, Any]:
        models: dict[str, Any] = json.loads(CROSS_FIT.read_text(encoding="utf-8"))
        return models

    def how(self, name: str) -> str:
        """Whose confidences a site is graded by."""
        return "fitted without the site" if name in self._models["without"] else "shipped"

    def confidences(self, name: str) -> list[float]:
        """Of a site's rows, in their order."""
        visited = self._visits[name]
        return self._by(self.base(name).levelled(visited.levels).for_share(self.share(name)), visited.rows)

    def foreign(self, name: str) -> list[float]:
        """Of another site's messages to it."""
        model = self.base(name).levelled(self._visits[name].levels).for_share(self.share(name))
        return self._by(model, self._visits[name].foreign)

    def share(self, name: str) -> float:
        """The share of a site's questions that have no answer, as its calibration would estimate it from their
        confidences, without a look at what is right; the default where its phrasings are too few to tell."""
        if name not in self._shares:
            visited = self._visits[name]
            model = self.base(name).levelled(visited.levels)
            asked = _phrasings(visited.prober) if visited.prober else []
            have = self._of(model, visited.prober, asked)
            lack = self._of(model, visited.prober, [probe.without_article() for probe in asked])
            estimated = estimate_share(model, have, lack, self._by(model, visited.rows))
            self._shares[name] = DEFAULT_SHARE if estimated is None else estimated
        return self._shares[name]

    @staticmethod
    def _of(model: ConfidenceModel, prober: Prober | None, asked: Sequence[Probe]) -> list[float]:
        return [model.predict(prober(probe).signals) for probe in asked] if prober else []

    def base(self, name: str) -> ConfidenceModel:
        """What a site begins from that nobody has seen yet: the shipped model, fitted without it."""
        fields = self._models["without"].get(name)
        return ConfidenceModel.of(fields) if fields else base_model()

    @staticmethod
    def _by(model: ConfidenceModel, rows: Sequence[Row]) -> list[float]:
        return [model.predict(row.decision.signals) if row.decision.ranking else 0.0 for row in rows]


def _phrasings(prober: Prober) -> list[Probe]:
    own = own_probes(prober.collections, prober.texts)
    return shuffled((probe for probe in own if probe.source == "phrasing"), MOST_PHRASINGS)


def given(rows: Sequence[Row], confidences: Sequence[float], threshold: float) -> list[bool]:
    """Whether each would be answered at a threshold: not when it was no confidence that decided about it."""
    return [confidence >= threshold and decided(row) for row, confidence in zip(rows, confidences, strict=True)]


def decided(row: Row) -> bool:
    """Whether a confidence decided about a row."""
    return counts(row.decision.outcome, row.decision.reason)
