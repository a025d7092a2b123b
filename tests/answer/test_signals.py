"""Signals: finite numbers for whatever a search finds."""

import math

import pytest

from app.answer.retriever import Retriever
from app.answer.signals import MOST_LEAD, NAMES, measure
from ingest.pipeline import Publisher
from tests.answer.work_factory import match


@pytest.mark.parametrize(
    "scores", [(0.8, 0.2), (0.4, 0.4), (0.5, -0.2), (0.0, 0.0), (-0.1, -0.1), (-0.2, -0.9), (0.7,), (-0.3,)]
)
def test_whatever_the_scores(small_publisher: Publisher, scores: tuple[float, ...]) -> None:
    """Two that are like nothing are no fault, and a lead is bounded."""
    ranking = [match(article, score) for article, score in zip(("refund", "parcel"), scores, strict=False)]
    with Retriever(small_publisher).reading("faq", "buyer") as reader:
        signals = measure("when is my refund paid", ranking, reader.collections("en")[0])
    assert set(signals) == set(NAMES)
    assert all(map(math.isfinite, signals.values()))
    assert 0.0 <= signals["lead"] <= math.log1p(MOST_LEAD) + 1e-5


def test_a_lead_grows_with_the_distance(small_publisher: Publisher) -> None:
    """Ties lead by the least; what stands alone leads by the most."""
    with Retriever(small_publisher).reading("faq", "buyer") as reader:
        collection = reader.collections("en")[0]
        leads = [
            measure("refund", [match("refund", 0.6), *others], collection)["lead"]
            for others in ([match("parcel", 0.6)], [match("parcel", 0.4)], [match("parcel", 0.1)], [])
        ]
    assert leads[0] == pytest.approx(math.log(2.0), abs=1e-5)
    assert leads[0] < leads[1] < leads[2] == leads[3] == pytest.approx(math.log1p(MOST_LEAD), abs=1e-5)
