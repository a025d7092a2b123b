"""Figures: what a set of rows comes to, each number with its interval."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from evals.cross_fit import given
from evals.rows import Row
from evals.scorers.aurc import aurc
from evals.scorers.auroc import auroc
from evals.scorers.bootstrap import bootstrap
from evals.scorers.coverage import coverage_at_risk, unanswerable_recall
from evals.scorers.ece import ece
from evals.scorers.figure import Figure
from evals.scorers.hit import hit
from evals.scorers.mrr import reciprocal_rank
from evals.scorers.ndcg import ndcg
from evals.scorers.rate import rate_of
from evals.scorers.recall import recall
from evals.scorers.risk_coverage import selected


def figures(rows: Sequence[Row], confidences: Sequence[float], threshold: float) -> dict[str, Figure]:
    """Every figure of a set: retrieval over questions that an article answers, hand-off over all. ``answered`` and
    ``risk`` are those at ``threshold``."""
    names = [row.question.id for row in rows]
    scores = np.array(confidences)
    right = np.array([row.right for row in rows], dtype=bool)
    can = np.array([row.answerable for row in rows], dtype=bool)

    def over_all(score: Callable[[NDArray[np.float64], NDArray[np.bool_]], float], by: NDArray[np.bool_]) -> Figure:
        return bootstrap(lambda chosen: score(scores[chosen], by[chosen]), names)

    answered = selected(given(rows, confidences, threshold), right.tolist())
    return {
        **_retrieval([row for row in rows if row.answerable]),
        "AUROC": over_all(lambda s, r: auroc(s.tolist(), r.tolist()), can),
        "AURC": over_all(lambda s, r: aurc(s.tolist(), r.tolist()), right),
        "ECE": over_all(lambda s, r: ece(s.tolist(), r.tolist()), right),
        "coverage@10%": over_all(lambda s, r: coverage_at_risk(s.tolist(), r.tolist(), 0.1), right),
        "unanswerable recall@90": over_all(lambda s, r: unanswerable_recall(s.tolist(), r.tolist()), can),
        "answered": answered.coverage,
        "risk": answered.risk,
    }


def _retrieval(rows: Sequence[Row]) -> dict[str, Figure]:
    ranked = [([entry.article_id for entry in row.decision.ranking], row.question.relevant) for row in rows]
    names = [row.question.id for row in rows]
    values = {
        "R@5": np.array([recall(ids, relevant) for ids, relevant in ranked]),
        "MRR@10": np.array([reciprocal_rank(ids, relevant) for ids, relevant in ranked]),
        "nDCG@10": np.array([ndcg(ids, relevant) for ids, relevant in ranked]),
    }

    def mean_of(value: NDArray[np.float64]) -> Figure:
        return bootstrap(lambda chosen: float(value[chosen].mean()), names)

    first = rate_of(hit(ids, relevant) > 0 for ids, relevant in ranked)
    return {"Hit@1": first, **{name: mean_of(value) for name, value in values.items()}}
