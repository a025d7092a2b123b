"""Confidence: a probability, whatever the signals, and no model but a whole one."""

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer.confidence import BASE_MODEL, KNOWN, ConfidenceModel, base_model
from app.answer.signals import NAMES

GOOD = {
    "weights": {"score": 2.0, "margin": 1.0},
    "means": {"score": 0.5, "margin": 0.0},
    "deviations": {"score": 0.1, "margin": 0.0},
    "intercept": 0.0,
    "careful": 0.7,
    "curve": [],
    "levels": {},
    "unanswerable": 0.3,
    "mistakes": 0.3,
}


def load(tmp_path: Path, fields: Any) -> ConfidenceModel:
    """A model from a file with these fields."""
    file = tmp_path / "model.json"
    file.write_text(fields if isinstance(fields, str) else json.dumps(fields))
    return ConfidenceModel.load(file)


def test_the_formula(tmp_path: Path) -> None:
    """A logistic function of standardised signals; a deviation of zero divides nothing."""
    model = load(tmp_path, GOOD)
    assert model.predict({"score": 0.5, "margin": 0.0}) == 0.5
    assert model.predict({"score": 0.6, "margin": 0.0}) == pytest.approx(1 / (1 + math.exp(-2)))
    assert model.predict({"score": 0.5, "margin": 1.0}) == pytest.approx(1 / (1 + math.exp(-1)))


def test_a_known_phrasing_is_sure(tmp_path: Path) -> None:
    """What an article's editors wrote down as its question is answered by it, unless another has the same."""
    model, weak = load(tmp_path, GOOD), {"score": 0.4, "margin": 0.0}
    assert model.predict({**weak, "best": 0.99, "best_margin": 0.3}) == KNOWN
    assert model.predict({**weak, "best": 0.99, "best_margin": 0.0}) == model.predict(weak)
    assert model.predict({**weak, "best": 0.95, "best_margin": 0.3}) == model.predict(weak)
    assert model.predict({"score": 2.0, "margin": 0.0, "best": 0.99, "best_margin": 0.3}) > KNOWN


@pytest.mark.parametrize(
    "signals",
    [
        {},
        {"score": 0.9},
        {"score": math.nan, "margin": 0.0},
        {"score": math.inf, "margin": 0.0},
        {"score": math.inf, "margin": -math.inf},
    ],
)
def test_broken_signals_are_no_confidence(tmp_path: Path, signals: dict[str, float]) -> None:
    """Missing signals and what is no number fail towards a person."""
    assert load(tmp_path, GOOD).predict(signals) == 0.0


@given(st.dictionaries(st.sampled_from(NAMES), st.floats()))
def test_always_a_probability(signals: dict[str, float]) -> None:
    """The shipped model gives a number in [0, 1] for anything."""
    assert 0.0 <= base_model().predict(signals) <= 1.0


def test_the_shipped_model() -> None:
    """It is whole, a careful threshold lies within reach, and a clear match is worth more than none."""
    model = ConfidenceModel.load(BASE_MODEL)
    assert model == base_model()
    assert 0.0 < model.careful < 1.0
    sure = {
        name: model.means[name] + (2 if weight > 0 else -2) * model.deviations[name]
        for name, weight in model.weights.items()
    }
    unsure = {
        name: model.means[name] - (2 if weight > 0 else -2) * model.deviations[name]
        for name, weight in model.weights.items()
    }
    assert model.predict(sure) > model.careful > model.predict(unsure)


def test_the_curve_bends_chances(tmp_path: Path) -> None:
    """Straight between its points, flat beyond them, and never falling."""
    model = load(tmp_path, {**GOOD, "curve": [[-1.0, 0.1], [0.0, 0.4], [2.0, 0.8]]})
    assert [model.chance(logit) for logit in (-9.0, -1.0, -0.5, 0.0, 1.0, 2.0, 9.0)] == pytest.approx(
        [0.1, 0.1, 0.25, 0.4, 0.6, 0.8, 0.8]
    )
    assert ConfidenceModel.of(json.loads(json.dumps(model.fields()))) == model


@pytest.mark.parametrize("curve", [(), ((-2.0, 0.1), (0.0, 0.5), (1.0, 0.9))], ids=["none", "a curve"])
def test_many_chances_are_the_same_as_each(curve: tuple[tuple[float, float], ...]) -> None:
    """A fit is judged by what an answer will be given by."""
    model = replace(base_model(), curve=curve)
    logits = np.array([-50.0, -2.0, -1.3, 0.0, 0.4, 1.0, 7.0, 50.0])
    assert model.chances(logits).tolist() == pytest.approx([model.chance(logit) for logit in logits.tolist()])


def test_rows_are_reckoned_like_single_questions() -> None:
    """The matrix that fitting works on gives the logits that answering does."""
    model = base_model()
    rows = [dict.fromkeys(NAMES, value) for value in (0.0, 0.3, 1.0)]
    assert model.logits(model.matrix(rows)) == pytest.approx([model.logit(row) for row in rows])


@pytest.mark.parametrize(
    "fields",
    [
        "",
        "{",
        "[]",
        "null",
        {},
        {**GOOD, "intercept": None},
        {**GOOD, "careful": "high"},
        {**GOOD, "weights": []},
        {**GOOD, "weights": {"score": "heavy"}},
        {**GOOD, "weights": {"unheard-of": 1.0}},
        {**GOOD, "means": {"score": 0.5}},
        {**GOOD, "deviations": {"score": 0.1}},
        {**GOOD, "curve": [[0.0, 0.5]]},
        {**GOOD, "curve": [[0.0, 0.5], [1.0, 0.4]]},
        {**GOOD, "curve": [[1.0, 0.5], [0.0, 0.6]]},
        {**GOOD, "curve": [[0.0, 0.5], [1.0, 1.4]]},
        json.dumps(GOOD).replace("2.0", "NaN"),
        json.dumps(GOOD).replace("2.0", "Infinity"),
    ],
)
def test_a_corrupt_file_is_refused(tmp_path: Path, fields: Any) -> None:
    """A file that is no such model is a ValueError at start, not a wrong confidence or a crash at the first question."""
    with pytest.raises(ValueError):  # noqa: PT011  the message differs with the fault
        load(tmp_path, fields)
