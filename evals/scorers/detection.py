"""Detection: precision and recall of a detector, and the share of harmless messages that it lets pass."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.scorers.figure import Figure
from evals.scorers.rate import rate_of


@dataclass(frozen=True, slots=True)
class Detection:
    """Each with its exact interval."""

    precision: Figure
    recall: Figure
    passed: Figure


def detection(said: Sequence[bool], true: Sequence[bool]) -> Detection:
    """``said`` is what the detector found, ``true`` what is so."""
    pairs = list(zip(said, true, strict=True))
    return Detection(
        precision=rate_of(there for found, there in pairs if found),
        recall=rate_of(found for found, there in pairs if there),
        passed=rate_of(not found for found, there in pairs if not there),
    )
