"""Left out: does Baton keep silent when the right article is not there, at a threshold that answers when it is?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.scorers.bootstrap import bootstrap
from evals.scorers.coverage import unanswerable_recall
from evals.scorers.figure import Figure

KEPT = 0.9


@dataclass(frozen=True)
class LeftOut:
    """``abstained`` is the share of questions without their article that are not answered at ``threshold``, which
    answers ``kept`` of them when it is there. Its interval counts that the threshold is found on the same questions."""

    threshold: float
    kept: float
    abstained: Figure


def left_out(ids: Sequence[str], confidences: Sequence[float], answerable: Sequence[bool]) -> LeftOut:
    """Of questions asked both ways, ``ids`` saying which belong together."""
    scores, there = np.asarray(confidences), np.asarray(answerable, dtype=bool)
    threshold = float(np.quantile(scores[there], 1 - KEPT))
    return LeftOut(
        threshold,
        float(np.mean(scores[there] >= threshold)),
        bootstrap(lambda chosen: unanswerable_recall(scores[chosen].tolist(), there[chosen].tolist(), KEPT), list(ids)),
    )
