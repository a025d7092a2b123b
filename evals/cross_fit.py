"""Cross fit: confidences from a model that did not see the questions it is graded on.

The shipped model is fitted on some of the sets that the report grades. What it says of those is no measure of it; what
a model says that was fitted on all the others is.
"""

from collections.abc import Mapping, Sequence

from app.answer.confidence import ConfidenceModel
from app.answer.policy import counts
from evals.rows import Row

Models = Mapping[str, ConfidenceModel]
"""By the name of a set: the model for it, fitted without it. Sets that are missing go by the shipped one."""


def chance(row: Row, model: ConfidenceModel | None) -> float:
    """The confidence that ``model`` has in a row; without one that of its Decision."""
    if model is None:
        return row.decision.confidence
    return model.predict(row.decision.signals) if row.decision.ranking else 0.0


def chances(rows: Sequence[Row], models: Models) -> list[float]:
    """Of each row by the model for its group."""
    return [chance(row, models.get(row.group)) for row in rows]


def given(rows: Sequence[Row], confidences: Sequence[float], threshold: float) -> list[bool]:
    """Whether each would be answered at a threshold: not when it was no confidence that decided about it."""
    return [
        confidence >= threshold and counts(row.decision.outcome, row.decision.reason)
        for row, confidence in zip(rows, confidences, strict=True)
    ]


def models_of(rows_by_group: Mapping[str, Sequence[Row]]) -> Models:
    """The models that did not see the sets they are for. This is the one place where they come from: until
    ``evals.calibrate`` fits them, every set goes by the shipped model, and the report says so."""
    del rows_by_group
    return {}
