"""What the API of drafts takes and gives."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from app.editor.keys import ArticleKey
from app.inputs import Body, Text, clean
from ingest.article import MAX_BYTES

DraftText = Annotated[str, AfterValidator(clean), Field(max_length=MAX_BYTES)]
CommentText = Annotated[Text, Field(max_length=4_000)]
Status = Literal["draft", "in_review", "approved"]
Version = Annotated[int, Field(ge=0, lt=2**31)]


class DraftProblem(BaseModel):
    """A fault that keeps a draft from being published. ``line`` counts from 1, 0 when the whole text is meant."""

    line: int
    field: str
    message: str


class Draft(BaseModel):
    """``text`` is the whole Markdown file. ``version`` is named by the next save. ``outdated``: the live revision is
    not the one that the draft began from."""

    article_id: str
    locale: str
    text: str
    version: int
    base_revision: int | None
    live_revision: int | None
    outdated: bool
    status: Status
    source: str
    saved_at: datetime
    saved_by: str
    problems: list[DraftProblem]


class NewDraft(Body):
    text: DraftText


class SaveDraft(Body):
    """``version``: the one that was read; 0 begins a draft. ``rebase`` says that the live revision was looked at."""

    text: DraftText
    version: Version
    rebase: bool = False


class UndoDraft(Body):
    version: Version


class Save(BaseModel):
    """What a draft held once. ``refused``: somebody else had saved first; ``undone``: an undo went back behind it."""

    id: int
    version: int
    kind: Literal["base", "saved", "refused", "undone", "discarded", "published"]
    text: str
    undone: bool
    at: datetime
    by: str


class Saves(BaseModel):
    items: list[Save]


class ReviewDraft(Body):
    """``version``, when given, must be the draft's: what was read is what is approved."""

    action: Literal["request", "approve", "reject"]
    comment: Annotated[str, AfterValidator(clean), Field(max_length=4_000)] = ""
    version: Version | None = None


class NewComment(Body):
    text: CommentText
    line: Annotated[int, Field(ge=1, lt=2**31)] | None = None


class Comment(BaseModel):
    id: int
    version: int
    line: int | None
    action: Literal["request", "approve", "reject"] | None
    text: str
    at: datetime
    by: str


class Comments(BaseModel):
    items: list[Comment]


class Presence(Body):
    """``gone`` when the editor was closed."""

    writing: bool = False
    gone: bool = False


class Others(BaseModel):
    """Who else has the draft open."""

    others: list[str]


BulkAction = Literal["topic", "owner", "reviewed", "request_review", "retire", "discard"]


class BulkChange(Body):
    """``value``: the topic, the owner, or the day of the review (today, when left out)."""

    keys: Annotated[list[ArticleKey], Field(min_length=1, max_length=1_000)]
    action: BulkAction
    value: Annotated[str, AfterValidator(clean), Field(max_length=200)] | None = None


class BulkOutcome(BaseModel):
    """``error`` says what to do when it was not done."""

    article_id: str
    locale: str
    done: bool
    error: str | None = None


class BulkOutcomes(BaseModel):
    """``job`` publishes what was retired."""

    items: list[BulkOutcome]
    job: int | None = None
