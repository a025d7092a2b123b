"""Finding: one thing that an editor should look at, with its place and its cure."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

CheckName = Literal[
    "format",
    "link",
    "phrasings",
    "length",
    "questions",
    "reading",
    "review",
    "duplicate",
    "contradiction",
    "internal",
    "personal",
    "image",
]
Severity = Literal["error", "warning", "hint"]
ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "hint": 2}


class Other(BaseModel):
    """The live article that a finding is about too, and its words."""

    model_config = ConfigDict(frozen=True)

    article_id: str
    locale: str
    title: str
    quote: str


class Finding(BaseModel):
    """``line`` counts from 1 in the whole file; ``quote`` are the draft's words."""

    model_config = ConfigDict(frozen=True)

    check: CheckName
    severity: Severity
    message: str
    cure: str
    line: int | None = None
    quote: str | None = None
    other: Other | None = None
