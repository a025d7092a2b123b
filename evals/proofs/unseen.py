"""Unseen: a help centre that no parameter was fitted on calibrates itself, as ``baton ingest`` does; does what it says
of itself hold for questions that it did not know?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.answer.confidence import ConfidenceModel
from app.answer.types import Certificate
from app.calibration.calibrate import Calibration, calibrate
from app.calibration.service import DEFAULT_SHARE, promise
from app.settings import Settings
from evals.cross_fit import given
from evals.rows import Row
from evals.scorers.risk_coverage import Selected, selected
from evals.sites import Visit
from ingest.topics import GENERAL


@dataclass(frozen=True)
class Unseen:
    """What was promised, and what came of it on held-back questions, weighted as traffic is. ``expected`` is the risk
    that the confidences themselves expect of the answers given."""

    made: Calibration
    certificate: Certificate
    held_back: Selected
    expected: float
    confidences: list[float]


def unseen(settings: Settings, visited: Visit, base: ConfidenceModel, rows: Sequence[Row]) -> Unseen:
    """Calibrate a visited site from its own phrasings and golden questions, on top of ``base``; ``rows`` are the
    questions that it did not know."""
    assert visited.prober is not None
    made = calibrate(
        visited.prober,
        base,
        visited.site.golden,
        (),
        DEFAULT_SHARE,
        settings.max_risk,
        settings.max_doubt,
        lambda article: visited.topic_of.get(article, GENERAL),
    )
    certificate = promise(settings, made)
    confidences = [made.model.predict(row.decision.signals) if row.decision.ranking else 0.0 for row in rows]
    answered = given(rows, confidences, certificate.threshold)
    there = np.array([row.answerable for row in rows])
    weight = np.where(there, (1 - DEFAULT_SHARE) / max(there.sum(), 1), DEFAULT_SHARE / max((~there).sum(), 1))
    shown = weight * np.array(answered)
    doubt = 1.0 - np.array(confidences)
    return Unseen(
        made=made,
        certificate=certificate,
        held_back=selected(answered, [row.right for row in rows], weight.tolist()),
        expected=float((shown * doubt).sum() / shown.sum()) if shown.any() else float("nan"),
        confidences=confidences,
    )
