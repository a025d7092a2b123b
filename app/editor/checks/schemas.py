"""What the checks' API takes and gives."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.editor.checks.finding import Finding
from app.inputs import Body, Text
from ingest.article import MAX_BYTES

DraftText = Annotated[str, Field(max_length=MAX_BYTES)]


class CheckRequest(Body):
    """A draft's whole text, front matter and body."""

    text: DraftText


class Checked(BaseModel):
    """Errors first, then in the order of the text."""

    findings: list[Finding]


class LiveFinding(Finding):
    """A finding about a live article; its lines count from the body's first."""

    article_id: str
    locale: str
    title: str


class LiveChecked(BaseModel):
    """``checked`` of ``total`` articles: a large knowledge base is gone through once after each publish."""

    findings: list[LiveFinding]
    checked: int
    total: int


class PreviewRequest(Body):
    """``question``: also show what the assistant would quote from this draft alone."""

    text: DraftText
    question: Annotated[Text, Field(max_length=2_000)] | None = None


class Problem(BaseModel):
    """Why a text is no article yet."""

    line: int | None
    field: str | None
    message: str


class Preview(BaseModel):
    """``html`` is the body as the help centre shows it, made also when the front matter has faults; ``answer`` is
    Markdown."""

    title: str | None
    html: str
    answer: str | None
    problems: list[Problem]
