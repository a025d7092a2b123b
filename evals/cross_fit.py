"""Cross fit: confidences from models that did not see the questions they are graded on.

The shipped model is fitted on some of the sets that the report grades. What it says of those is no measure of it; what
a model says that was fitted without them is.
"""

from collections.abc import Mapping, Sequence

from app.answer.confidence import ConfidenceModel, base_model
from app.answer.policy import counts
from evals.rows import Row
from evals.sites import Visit


class CrossFit:
    """Over the sites of one run. This is the one place that knows what the shipped model was fitted on: until fitting
    says so, every site goes by the shipped one, and the report says that."""

    def __init__(self, visits: Mapping[str, Visit]) -> None:
        self._visits = visits

    def fresh(self, name: str) -> bool:
        """Whether a site's confidences come from models that did not see its questions."""
        del name
        return False

    def confidences(self, name: str) -> list[float]:
        """Of a site's rows, in their order."""
        return [row.decision.confidence for row in self._visits[name].rows]

    def foreign(self, name: str) -> list[float]:
        """Of another site's messages to it."""
        return [row.decision.confidence for row in self._visits[name].foreign]

    def base(self, name: str) -> ConfidenceModel:
        """What a site begins from that nobody has seen yet: the shipped model, fitted without it."""
        del name
        return base_model()


def given(rows: Sequence[Row], confidences: Sequence[float], threshold: float) -> list[bool]:
    """Whether each would be answered at a threshold: not when it was no confidence that decided about it."""
    return [confidence >= threshold and decided(row) for row, confidence in zip(rows, confidences, strict=True)]


def decided(row: Row) -> bool:
    """Whether a confidence decided about a row."""
    return counts(row.decision.outcome, row.decision.reason)
