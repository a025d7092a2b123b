"""Seen: all sites of one run of the evals, and what is worked out from them, each once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.answer.confidence import ConfidenceModel, base_model
from app.answer.policy import counts
from app.settings import Settings
from evals.chapters.golden import held_back
from evals.cross_fit import Models, chances, models_of
from evals.datasets.golden import golden
from evals.proofs.left_out import LeftOut, left_out
from evals.proofs.shift import Shift, shift
from evals.proofs.splits import Splits, splits
from evals.proofs.unseen import Unseen, unseen
from evals.rows import Row
from evals.sites import GUMROAD, OWN, SHOP, TALKS, Visit

CERTIFYING = ("answerable", "unanswered", "off_topic", "other_side")
"""Kinds of golden questions that a certificate is made of, as ``app.calibration.probes`` has it."""


@dataclass
class Seen:
    """``visits`` by name of the site."""

    settings: Settings
    visits: dict[str, Visit]
    _calibrated: dict[str, Unseen] = field(default_factory=dict)

    @property
    def rows(self) -> dict[str, list[Row]]:
        """By name of the site."""
        return {name: visited.rows for name, visited in self.visits.items()}

    @cached_property
    def models(self) -> Models:
        """Those that confidences come from."""
        return models_of(self.rows)

    @property
    def shipped(self) -> ConfidenceModel:
        """The model that ships."""
        return base_model()

    def unseen(self, name: str) -> Unseen:
        """A site's calibration of itself, and how it fared."""
        if name not in self._calibrated:
            base = self.models.get(name, self.shipped)
            self._calibrated[name] = unseen(self.settings, self.visits[name], base, self.unknown(name))
        return self._calibrated[name]

    def unknown(self, name: str) -> list[Row]:
        """A site's questions that its calibration does not know."""
        visited = self.visits[name]
        return held_back(visited) if name == OWN else visited.rows

    def splits(self) -> dict[str, Splits]:
        """Of the sets that people wrote and that are many."""
        found: dict[str, Splits] = {}
        for name in (OWN, SHOP):
            if name in self.visits:
                rows = self._decided(name)
                right = [row.right for row in rows]
                found[name] = splits(chances(rows, self.models), right, self.settings.max_risk, self.settings.max_doubt)
        return found

    def shifts(self) -> dict[str, Shift]:
        """The same sets, with another's messages mixed in."""
        found: dict[str, Shift] = {}
        for name, other in ((OWN, SHOP), (SHOP, TALKS)):
            if name in self.visits and self.visits[name].foreign:
                own = chances(self._decided(name), self.models)
                model = self.models.get(name)
                foreign = [row.decision.confidence for row in _counting(self.visits[name].foreign)]
                if model is not None:
                    foreign = chances(_counting(self.visits[name].foreign), {"foreign": model})
                found[f"{name}, then {other}"] = shift(own, foreign)
        return found

    def left_out(self) -> dict[str, LeftOut]:
        """Of the set of link texts."""
        if GUMROAD not in self.visits:
            return {}
        rows = self.visits[GUMROAD].rows
        ids = [row.question.id for row in rows]
        return {GUMROAD: left_out(ids, chances(rows, self.models), [row.answerable for row in rows])}

    def _decided(self, name: str) -> list[Row]:
        """Questions that a confidence decides about and a certificate may be made of."""
        rows = _counting(self.visits[name].rows)
        if name != OWN:
            return rows
        fit = {question.id for question in golden() if question.kind in CERTIFYING and not question.history}
        return [row for row in rows if row.question.id in fit]


def _counting(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if counts(row.decision.outcome, row.decision.reason)]
