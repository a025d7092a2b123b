"""What the API of articles gives to editors."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel

from app.editor.drafts.schemas import Draft

ArticleStatus = Literal["live", "draft", "changed", "in_review", "approved", "scheduled", "removed"]
Sort = Literal["title", "updated", "reviewed", "review_due", "cited", "helpful", "unhelpful", "handed_off"]


class ArticleRow(BaseModel):
    """One article in one language. ``cited``: answers that cite it; ``helpful`` and ``unhelpful``: what visitors said
    of those; ``handed_off``: of those, how many a person was asked for after; all over the last 90 days and of every
    language together, because a citation does not name one."""

    article_id: str
    locale: str
    title: str
    kind: Literal["faq", "sop"]
    audience: list[str]
    topic: str
    owner: str | None
    status: ArticleStatus
    live_revision: int | None
    has_draft: bool
    reviewed: date | None
    review_due: date | None
    valid_from: date | None
    valid_until: date | None
    stale_translation: bool
    cited: int
    helpful: int
    unhelpful: int
    handed_off: int
    updated_at: datetime


class ArticleList(BaseModel):
    """``next``: give it as ``after`` for what follows; none at the end."""

    items: list[ArticleRow]
    total: int
    next: str | None


class LiveText(BaseModel):
    revision: int
    text: str


class RevisionRow(BaseModel):
    """A revision that was live, and in which publications it went live."""

    number: int
    created_at: datetime
    publications: list[int]


class Translation(BaseModel):
    locale: str
    status: ArticleStatus
    stale: bool


class ArticleDetail(BaseModel):
    row: ArticleRow
    live: LiveText | None
    draft: Draft | None
    revisions: list[RevisionRow]
    translations: list[Translation]


class RevisionText(BaseModel):
    number: int
    created_at: datetime
    title: str
    text: str
    publications: list[int]
