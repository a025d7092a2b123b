"""Fit the confidence model that ships: a logistic model over a few signals, on public questions, the phrasings of our
own articles, and the dev side of the golden questions.

Only coefficients are written. Sets weigh as given in SHARES whatever their size, and within each the questions that
no article answers weigh UNANSWERABLE, as in the traffic of real sites.
"""

import json
from collections.abc import Sequence

import numpy as np
from rich.progress import track
from sklearn.linear_model import LogisticRegression

from app.answer.confidence import BASE_MODEL
from evals.base import eval_publisher
from evals.rows import Row, golden_rows, own_rows, set_rows

SIGNALS = (
    "score",
    "best",
    "title",
    "phrasing",
    "margin",
    "lexical_reach",
    "coverage",
    "unknown",
    "spread",
    "length",
)
SHARES = {
    "hint3_curekart": 0.30,
    "gumroad_help": 0.12,
    "mtrag159": 0.13,
    "own": 0.15,
    "own_translated": 0.05,
    "golden": 0.25,
}
UNANSWERABLE = 0.35
INVERSE_PENALTY = 0.3
CAREFUL = 0.5
"""Threshold without a certificate: an answer is more likely right than wrong, and people get the rest."""


def collect() -> list[Row]:
    """Every row to fit on."""
    rows: list[Row] = []
    with eval_publisher() as (settings, publisher):
        for folder, file, absent in track(
            [
                ("hint3_curekart", "queries.jsonl", False),
                ("gumroad_help", "anchor_queries.jsonl", True),
                ("mtrag159", "queries.jsonl", True),
            ],
            description="public sets",
        ):
            rows += set_rows(settings, publisher, folder, file, absent)
        rows += own_rows(settings, publisher)
        rows += golden_rows(settings, publisher)
    return [row for row in rows if row.decision.signals]


def weights_of(rows: Sequence[Row]) -> np.ndarray:
    """A weight for each row, mean 1."""
    weights = np.zeros(len(rows))
    for group, share in SHARES.items():
        for answerable, part in ((True, 1 - UNANSWERABLE), (False, UNANSWERABLE)):
            chosen = [n for n, row in enumerate(rows) if row.group == group and row.answerable == answerable]
            if chosen:
                weights[chosen] = share * part / len(chosen)
    weights *= len(rows) / weights.sum()
    return weights


def run() -> None:
    """Fit and write ``app/answer/base_model.json``."""
    rows = collect()
    matrix = np.array([[row.decision.signals[name] for name in SIGNALS] for row in rows])
    right = np.array([row.right for row in rows])
    means, deviations = matrix.mean(axis=0), matrix.std(axis=0)
    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=2_000)
    model.fit((matrix - means) / deviations, right, sample_weight=weights_of(rows))

    def named(values: Sequence[float]) -> dict[str, float]:
        return {name: round(float(value), 5) for name, value in zip(SIGNALS, values, strict=True)}

    fields = {
        "weights": named(model.coef_[0]),
        "means": named(means),
        "deviations": named(deviations),
        "intercept": round(float(model.intercept_[0]), 5),
        "careful": CAREFUL,
    }
    BASE_MODEL.write_text(json.dumps(fields, indent=1) + "\n")
    print(f"{BASE_MODEL}: fitted on {len(rows)} rows, {int(right.sum())} of them right")
