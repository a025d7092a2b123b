"""What the gate says of an edit, and what is asked of a draft."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.answer.types import MAX_QUESTION, Citation, Decision, Outcome, Reason, VisitorAudience
from ingest.article import MAX_BYTES

Source = Literal["golden", "phrasing", "traffic", "sentence"]
"""``sentence`` is a sentence of the edited article itself, asked back: it may go, and may not say the opposite."""
Regression = Literal["answered_to_wrong", "answered_to_handoff", "abstained_to_answer"]
Improvement = Literal["abstained_to_right", "wrong_to_right", "wrong_to_abstained"]
MAX_DRAFTS = 20


class Side(BaseModel):
    """What the assistant says on one side of an edit."""

    outcome: Outcome
    text: str
    citations: list[Citation]
    confidence: float
    reason: Reason | None
    locale: str


class Change(BaseModel):
    """A question whose answer an edit changes for better or worse. ``article_id`` is the article that answers it, or
    the one that now does where none should; ``why`` says in a sentence what is lost."""

    question: str
    audience: VisitorAudience
    locale: str
    source: Source
    kind: Regression | Improvement
    article_id: str
    why: str
    before: Side
    after: Side


class GateReport(BaseModel):
    """``considered`` questions are known; ``checked`` ones find other passages after the edit, and were answered both
    ways; ``unchecked`` ones may change as well and were too many to ask. Those that the edit is nearest to go first."""

    considered: int
    checked: int
    unchecked: int
    seconds: float
    regressions: list[Change]
    improvements: list[Change]
    blocked: bool


class DraftKey(BaseModel):
    """An article's id and language."""

    model_config = ConfigDict(extra="forbid")

    article_id: Annotated[str, Field(max_length=120)]
    locale: Annotated[str, Field(max_length=8)]


class Ask(BaseModel):
    """A question to the live version, and to the same with these articles in their place: saved drafts by their keys,
    or whole article files as they stand in the editor."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[str, Field(min_length=1, max_length=MAX_QUESTION)]
    audience: VisitorAudience = "buyer"
    locale: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] = "en"
    drafts: Annotated[list[DraftKey], Field(max_length=MAX_DRAFTS)] = []
    texts: Annotated[list[Annotated[str, Field(max_length=MAX_BYTES)]], Field(max_length=MAX_DRAFTS)] = []


class Asked(BaseModel):
    """What a visitor is told now, and would be told."""

    before: Decision
    after: Decision
