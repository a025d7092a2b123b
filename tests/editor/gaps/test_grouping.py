"""Grouping: who joins a group that somebody writes about, and who does not."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from app.editor.gaps.grouping import Meant, group

WRITTEN, OPEN = 7, 8


def row(gap_id: int | None = None, covered_by: str | None = None) -> Any:
    """A question, as far as grouping reads it beside its meaning."""
    return SimpleNamespace(gap_id=gap_id, covered_by=covered_by)


def meant(alike: Any) -> Meant:
    """Only the likeness counts here."""
    return Meant(np.zeros((len(alike), 1), np.float32), np.zeros((len(alike), 1), np.float32), np.array(alike))


def test_nobody_is_drawn_out_of_a_group_of_its_own() -> None:
    """Two questions that are a little like a group that is written about, and much like each other, stay by
    themselves; a new one that is like that group alone joins it."""
    alike = [
        [1.0, 0.8, 0.3, 0.1, 0.3],
        [0.8, 1.0, 0.3, 0.1, 0.3],
        [0.3, 0.3, 1.0, 0.9, 0.0],
        [0.1, 0.1, 0.9, 1.0, 0.0],
        [0.3, 0.3, 0.0, 0.0, 1.0],
    ]
    rows = [row(WRITTEN), row(WRITTEN), row(OPEN), row(OPEN), row()]
    formed = group(rows, {WRITTEN: "an-article"}, meant(alike))
    assert {one.id: sorted(one.members) for one in formed} == {WRITTEN: [0, 1, 4], OPEN: [2, 3]}
    assert {one.id: one.changed for one in formed} == {WRITTEN: True, OPEN: False}


def test_answered_from_the_article() -> None:
    """Whom agents answered from the article that was written joins, however it was asked; and a group that lost all
    its questions stays."""
    rows = [row(WRITTEN), row(None, "an-article"), row(None, "another")]
    formed = group(rows, {WRITTEN: "an-article", 9: "a-third"}, meant(np.eye(3)))
    assert [(one.id, one.members, one.covered_by) for one in formed] == [
        (WRITTEN, [0, 1], None),
        (9, [], None),
        (None, [2], "another"),
    ]
