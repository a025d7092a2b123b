"""Seen: all sites of one run of the evals, and what is worked out from them, each once."""

from collections.abc import Callable, Mapping
from functools import cache

from app.settings import Settings
from evals.cross_fit import CrossFit, decided
from evals.datasets.golden import golden
from evals.proofs.left_out import LeftOut, left_out
from evals.proofs.shift import Shift, shift
from evals.proofs.splits import Splits, splits
from evals.proofs.unseen import Unseen, unseen
from evals.rows import Row
from evals.sites import GUMROAD, OWN, SHOP, TALKS, Visit

CERTIFYING = ("answerable", "unanswered", "off_topic", "other_side")
"""Kinds of golden questions that a certificate is made of, as ``app.calibration.probes`` has it."""
ASKED = (*CERTIFYING, "follow_up")
"""Kinds that a confidence decides about."""
SHIFTS = {OWN: SHOP, SHOP: TALKS}
"""Sites, and whose messages are mixed into their traffic."""


class Seen:
    """``visits`` by name of the site."""

    def __init__(self, settings: Settings, visits: Mapping[str, Visit]) -> None:
        self.settings, self.visits = settings, visits
        self.fit = CrossFit(visits)
        self.confidences: Callable[[str], list[float]] = cache(self.fit.confidences)
        """Of a site's rows."""
        self.unseen: Callable[[str], Unseen] = cache(self._unseen)
        """A site's calibration of itself, and how it fared."""

    def unknown(self, name: str) -> list[Row]:
        """A site's questions that its calibration does not know."""
        rows = self.visits[name].rows
        if name != OWN:
            return rows
        held_back = {question.id for question in golden("test") if question.kind in ASKED}
        return [row for row in rows if row.question.id in held_back]

    def splits(self) -> dict[str, Splits]:
        """Of every site's questions."""
        found: dict[str, Splits] = {}
        for name in self.visits:
            pairs = self._fit_to_certify(name)
            right = [row.right for row, _ in pairs]
            alpha, delta = self.settings.max_risk, self.settings.max_doubt
            found[name] = splits([confidence for _, confidence in pairs], right, alpha, delta)
        return found

    def shifts(self) -> dict[str, Shift]:
        """The same sets, with another's messages mixed in."""
        found: dict[str, Shift] = {}
        for name, other in SHIFTS.items():
            if name in self.visits and self.visits[name].foreign:
                own = [confidence for _, confidence in self._fit_to_certify(name)]
                pairs = zip(self.visits[name].foreign, self.fit.foreign(name), strict=True)
                foreign = [confidence for row, confidence in pairs if decided(row)]
                found[f"{name}, then {other}"] = shift(own, foreign)
        return found

    def left_out(self) -> dict[str, LeftOut]:
        """Of the set of link texts."""
        if GUMROAD not in self.visits:
            return {}
        rows = self.visits[GUMROAD].rows
        ids = [row.question.id for row in rows]
        return {GUMROAD: left_out(ids, self.confidences(GUMROAD), [row.answerable for row in rows])}

    def _unseen(self, name: str) -> Unseen:
        return unseen(self.settings, self.visits[name], self.fit.base(name), self.unknown(name))

    def _fit_to_certify(self, name: str) -> list[tuple[Row, float]]:
        """Questions that a confidence decides about and a certificate may be made of, with their confidences."""
        pairs = [pair for pair in zip(self.visits[name].rows, self.confidences(name), strict=True) if decided(pair[0])]
        if name != OWN:
            return pairs
        fit = {question.id for question in golden() if question.kind in CERTIFYING and not question.history}
        return [pair for pair in pairs if pair[0].question.id in fit]
