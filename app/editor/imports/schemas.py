"""What the API of imports takes and gives."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from app.inputs import Body, Text, clean

State = Literal["queued", "running", "done", "failed", "cut"]
Action = Literal["add", "update", "same", "refused"]


class ImportOptions(Body):
    """For articles that do not say it themselves. Without ``locale`` the language is told by the words.

    ``whole``: a DOCX or PDF becomes one article, not one for each chapter.
    """

    audience: Annotated[tuple[Literal["buyer", "seller"], ...], Field(min_length=1, max_length=2)] = ("buyer", "seller")
    locale: Annotated[str, StringConstraints(pattern=r"^([a-z]{2,3}(-[A-Z]{2})?)?$")] = ""
    topic: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$")] = "general"
    whole: bool = False


class ImportSitemap(ImportOptions):
    """Pages of one's own site, by the address of its sitemap."""

    sitemap: Annotated[Text, Field(max_length=600)]


class ImportBegun(BaseModel):
    id: int


class ImportCounts(BaseModel):
    """Items by what becomes of them."""

    add: int = 0
    update: int = 0
    same: int = 0
    refused: int = 0


class ImportItem(BaseModel):
    """``name`` is the source: a file, a page's address, a heading or a question in it. ``text`` is the article's whole
    Markdown file; ``reason`` says why it was refused, or what was done to it."""

    position: int
    name: str
    title: str
    article_id: str
    locale: str
    action: Action
    reason: str
    text: str
    saved: bool


class ImportJob(BaseModel):
    """An import. ``cut``: the server ended while it ran; nothing was saved, and it can be repeated."""

    id: int
    name: str
    state: State
    stage: str
    done: int
    total: int
    saved: int
    error: str | None
    by: str
    created_at: datetime
    counts: ImportCounts


class ImportShown(ImportJob):
    """``next`` is the ``after`` of the next page of items."""

    items: list[ImportItem]
    next: int | None


class Imports(BaseModel):
    items: list[ImportJob]


class AcceptImport(Body):
    """``names`` of the items to save; all that would add or update when it is left out."""

    names: Annotated[list[Annotated[str, AfterValidator(clean)]], Field(max_length=20_000)] | None = None


class ImportSaved(BaseModel):
    """How many drafts were saved by this request, and which could not be."""

    saved: int
    problems: list[str] = []
