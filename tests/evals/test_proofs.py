"""The proofs, on confidences whose truth is known: they pass what is sound, and catch what is not."""

import numpy as np
import pytest

from evals.proofs.left_out import left_out
from evals.proofs.shift import REPLAYS, WITHIN, shift
from evals.proofs.splits import splits

ALPHA = DELTA = 0.05
RANDOM = np.random.default_rng(5)


def test_splits_of_sound_confidences() -> None:
    """Much is certified, the true risk is seldom exceeded, and beyond noise next to never."""
    u = RANDOM.random(1_000)
    found = splits((1 - u**2).tolist(), (RANDOM.random(1_000) >= 0.5 * u**2).tolist(), ALPHA, DELTA, times=40)
    assert len(found.halves) == 40
    assert found.certified.value >= 0.7
    assert found.exceeded_over_all.value <= 0.1
    assert found.beyond_noise.value <= found.exceeded.value < 0.5
    assert 0.2 < found.coverage < 0.6
    assert (np.diff(found.risks) >= 0).all()


def test_splits_of_confidences_that_certify_nothing() -> None:
    """One answer in ten is wrong wherever one looks: nothing is answered, so that nothing is wrong."""
    found = splits(RANDOM.random(600).tolist(), (RANDOM.random(600) >= 0.1).tolist(), ALPHA, DELTA, times=40)
    assert found.certified.value <= 0.1
    assert found.exceeded.value <= found.certified.value
    assert all(half.risk == 0.0 for half in found.halves if half.threshold is None)


def test_splits_are_always_the_same() -> None:
    """A report can be made again."""
    scores, right = RANDOM.random(200).tolist(), (RANDOM.random(200) < 0.9).tolist()
    assert splits(scores, right, ALPHA, DELTA, times=5) == splits(scores, right, ALPHA, DELTA, times=5)


def test_a_shift_is_told_from_none() -> None:
    """Foreign messages of low confidence are noticed in every replay, own ones in next to none."""
    own = RANDOM.beta(4, 2, 600).tolist()
    found = shift(own, RANDOM.beta(1, 6, 200).tolist(), calm_replays=60)
    assert (len(found.after), len(found.calm)) == (REPLAYS, 60)
    assert found.noticed + sum(count is not None and count < 0 for count in found.after) == REPLAYS
    assert found.missed == 0
    assert found.for_no_reason <= 1
    assert all(count is None or count <= WITHIN for count in found.after)


def test_foreign_messages_like_our_own_are_no_shift() -> None:
    """The watch sees confidences only: what looks the same is missed, and the proof says so."""
    own = RANDOM.beta(4, 2, 600).tolist()
    assert shift(own, RANDOM.beta(4, 2, 200).tolist(), calm_replays=20).missed >= REPLAYS - 3


@pytest.mark.parametrize(("lower", "abstained"), [(1.0, 1.0), (0.0, 0.1)])
def test_left_out(lower: float, abstained: float) -> None:
    """At the threshold that answers nine in ten with their article: all silent where confidences fall far without it,
    one in ten where they stay."""
    with_article = np.linspace(1.0, 2.0, 101)
    ids = [f"q{number}" for number in range(101)] * 2
    found = left_out(ids, [*with_article, *(with_article - lower * 1.5)], [True] * 101 + [False] * 101)
    assert found.kept == pytest.approx(0.9, abs=0.01)
    assert found.abstained.value == pytest.approx(abstained, abs=0.01)
    assert found.abstained.n == 101
