"""Loader for the golden questions: written by hand about ``knowledge/``, with what is right for each.

Those that may be tuned on (``dev``) are content: ``knowledge/golden.jsonl`` calibrates our own help centre. The others
(``test``) stand below ``golden/`` here, share no article with them, and nothing is ever fitted on them.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.answer.types import HistoryTurn, VisitorAudience
from evals.datasets.public import EvalQuestion
from ingest.errors import InvalidArticles
from ingest.golden import FILE, GoldenKind, GoldenRow, parse_golden

Kind = GoldenKind
Split = Literal["dev", "test"]

FOLDER = Path(__file__).parent / "golden"
KNOWLEDGE = Path("knowledge")


@dataclass(frozen=True)
class GoldenQuestion:
    """A message and every article that answers it; ``topic`` is the sensitive case that a ``sensitive`` one is."""

    id: str
    kind: Kind
    text: str
    relevant: frozenset[str]
    audience: VisitorAudience
    locale: str
    history: tuple[HistoryTurn, ...]
    split: Split
    topic: str = ""

    def asked(self, group: str) -> EvalQuestion:
        """The question as it is put to an answerer."""
        return EvalQuestion(self.id, self.text, self.relevant, self.audience, self.locale, self.history, group=group)


def golden(split: Split | None = None) -> list[GoldenQuestion]:
    """The questions of a split, or all of them, in order of file name and line.

    Raises ValueError with file, line and field of every faulty line.
    """
    files = [KNOWLEDGE / FILE, *sorted(FOLDER.glob("*.jsonl"))]
    try:
        rows = [row for path in files if path.is_file() for row in parse_golden(path.read_bytes(), path.name)]
    except InvalidArticles as error:
        raise ValueError(str(error)) from None
    asked = [_question(row) for row in rows]
    return [question for question in asked if split in (None, question.split)]


def split_of(question_id: str, relevant: frozenset[str]) -> Split:
    """``dev`` when every article that answers it lies on that side, so that what is tuned saw no article of ``test``;
    a question that no article answers goes by its own id."""
    sides = [hashlib.sha256(name.encode()).digest()[0] < 128 for name in relevant or {question_id}]
    return "dev" if all(sides) else "test"


def _question(row: GoldenRow) -> GoldenQuestion:
    return GoldenQuestion(
        id=row.id,
        kind=row.kind,
        text=row.text,
        relevant=row.relevant,
        audience=row.audience,
        locale=row.locale,
        history=tuple(HistoryTurn(role=turn.role, text=turn.text) for turn in row.history),
        split=split_of(row.id, row.relevant),
        topic=row.topic,
    )
