"""What the API of publishing takes and gives."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from app.editor.keys import ArticleKey
from app.inputs import Body, Text, clean

MAX_KEYS = 10_000
Reason = Annotated[Text, Field(max_length=2_000)]
Note = Annotated[str, AfterValidator(clean), Field(max_length=2_000)]
State = Literal["queued", "running", "blocked", "done", "failed", "scheduled", "cancelled"]
Kind = Literal["publish", "rollback", "ingest"]


class DraftVersion(ArticleKey):
    """The draft as it was read."""

    version: Annotated[int, Field(ge=1, lt=2**31)]


class Override(Body):
    """Why a publication that the gate blocks goes live all the same; kept with it."""

    reason: Reason


class Publish(Body):
    """``at``: not before; without it at once."""

    drafts: list[DraftVersion] = Field(default_factory=list, max_length=MAX_KEYS)
    removals: list[ArticleKey] = Field(default_factory=list, max_length=MAX_KEYS)
    note: Note = ""
    at: AwareDatetime | None = None
    override: Override | None = None


class Rollback(Body):
    reason: Reason


class Job(BaseModel):
    """``done`` of ``total`` in the ``stage`` under way. ``gate`` is the gate's report, once it looked."""

    id: int
    kind: Kind
    state: State
    stage: str
    done: int
    total: int
    gate: dict[str, Any] | None
    publication: int | None
    error: str | None
    note: str
    override_reason: str | None
    keys: list[ArticleKey]
    removals: list[ArticleKey]
    by: str
    at: datetime | None
    created_at: datetime
    ended_at: datetime | None


class Jobs(BaseModel):
    items: list[Job]


class PublicationView(BaseModel):
    """``live``: what is shown now. ``kept``: going back to it builds nothing."""

    id: int
    at: datetime
    kind: Literal["publish", "rollback", "ingest", "push"]
    by: str
    note: str
    counts: dict[str, int]
    kb_version: str
    live: bool
    kept: bool
    job: int | None
    gate: dict[str, Any] | None
    override_reason: str | None


class Publications(BaseModel):
    items: list[PublicationView]
