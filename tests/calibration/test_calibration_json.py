"""A calibration survives the database, and nothing else passes for one."""

import json
from dataclasses import replace
from typing import Any

import pytest

from app.answer.certify import Certified
from app.answer.confidence import base_model
from app.calibration.calibrate import Calibration

MADE = Calibration(
    model=base_model(),
    chosen="base",
    losses={"base": 0.4},
    certified=Certified(0.8, 200, 120, 2, 0),
    share=0.3,
    sources={"golden": 200},
    reference=[0.1, 0.9],
    answerable=[False, True],
    topics={"refunds": Certified(0.9, 80, 70, 0, 0)},
)


def changed(**fields: Any) -> str:
    """Its JSON with other fields; ``certified__n`` is a field of a field."""
    content: dict[str, Any] = json.loads(MADE.to_json())
    for name, value in fields.items():
        outer, _, inner = name.partition("__")
        if inner:
            content[outer][inner] = value
        else:
            content[outer] = value
    return json.dumps(content)


def test_it_comes_back_as_it_was() -> None:
    """Also one that certifies nothing."""
    assert Calibration.of_json(MADE.to_json()) == MADE
    nothing = replace(MADE, certified=Certified(None, 20, 0, 0, 40), topics={})
    assert Calibration.of_json(nothing.to_json()) == nothing


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        "7",
        '"text"',
        "{}",
        MADE.to_json()[:-40],
        changed(model=None),
        changed(model={}),
        changed(model__careful=0.0),
        changed(model__weights={"another product's signal": 1.0}),
        changed(certified=None),
        changed(certified={"threshold": 0.5}),
        changed(certified__threshold=0.0),
        changed(certified__threshold=-0.2),
        changed(certified__threshold=1.01),
        changed(certified__threshold="0.5"),
        changed(certified__answered=300),
        changed(certified__wrong=-1),
        changed(certified__wrong=121),
        changed(reference=None),
        changed(reference=["high"]),
        changed(reference=[float("nan")]),
        changed(reference=[float("inf")]),
        changed(certified__threshold=float("nan")),
        changed(model__intercept=float("nan")),
        changed(topics=None),
        changed(topics={"refunds": {"threshold": 7}}),
        changed(another="field"),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    """Corrupt, cut off, of another kind, or with what is no number: a ValueError, and nothing that could be believed."""
    with pytest.raises(ValueError):  # noqa: PT011  the message differs with the fault
        Calibration.of_json(text)
