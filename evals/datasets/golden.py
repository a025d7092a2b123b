"""Loader for the questions below ``golden/``: written by hand about ``knowledge/``, with what is right for each."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from app.answer.types import HistoryTurn, VisitorAudience
from evals.datasets.public import EvalQuestion

Kind = Literal["answerable", "unanswered", "off_topic", "sensitive", "person", "follow_up", "other_side", "smalltalk"]
Split = Literal["dev", "test"]

FOLDER = Path(__file__).parent / "golden"
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


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


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: _Text
    kind: Kind
    text: _Text
    relevant: frozenset[_Text]
    audience: VisitorAudience
    locale: Literal["en", "es", "pt-BR"]
    history: tuple[HistoryTurn, ...] = ()
    topic: str = ""


def golden(split: Split | None = None) -> list[GoldenQuestion]:
    """The questions of a split, or all of them, in order of file name and line.

    Raises ValueError with file, line and field of the first faulty line.
    """
    asked = [
        _question(line, f"{path.name}:{number}")
        for path in sorted(FOLDER.glob("*.jsonl"))
        for number, line in enumerate(path.read_bytes().splitlines(), 1)
    ]
    return [question for question in asked if split in (None, question.split)]


def split_of(question_id: str, relevant: frozenset[str]) -> Split:
    """``dev`` when every article that answers it lies on that side, so that what is tuned saw no article of ``test``;
    a question that no article answers goes by its own id."""
    sides = [hashlib.sha256(name.encode()).digest()[0] < 128 for name in relevant or {question_id}]
    return "dev" if all(sides) else "test"


def _question(line: bytes, place: str) -> GoldenQuestion:
    try:
        row = _Row.model_validate_json(line)
    except ValidationError as error:
        fault = error.errors()[0]
        field = ".".join(map(str, fault["loc"]))
        raise ValueError(f"{place}: {field}: {fault['msg']}" if field else f"{place}: {fault['msg']}") from None
    return GoldenQuestion(
        id=row.id,
        kind=row.kind,
        text=row.text,
        relevant=row.relevant,
        audience=row.audience,
        locale=row.locale,
        history=row.history,
        split=split_of(row.id, row.relevant),
        topic=row.topic,
    )
