"""What the API of saved replies takes and gives."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from app.inputs import Body, Locale, Text, clean
from app.names import NamedStaff
from app.saved.variables import only_known

Title = Annotated[Text, Field(max_length=120)]
ReplyText = Annotated[Text, AfterValidator(only_known), Field(max_length=8_000)]
Shortcut = Annotated[str, AfterValidator(clean), Field(min_length=1, max_length=40, pattern=r"^[^\s/]+$")]
Slug = Annotated[str, AfterValidator(clean), Field(min_length=1, max_length=120)]


class SaveReply(Body):
    """``locale`` and ``queue`` narrow where it is offered; ``shared`` ones are everybody's."""

    title: Title
    text: ReplyText
    shortcut: Shortcut | None = None
    locale: Locale | None = None
    queue: Slug | None = None
    shared: bool = False


class SavedReply(BaseModel):
    id: int
    title: str
    text: str
    shortcut: str | None
    locale: str | None
    queue: str | None
    shared: bool
    owner: NamedStaff | None
    updated_at: datetime


class SavedReplies(BaseModel):
    replies: list[SavedReply]
    variables: list[str]


class FilledReply(SavedReply):
    """``missing``: variables that this conversation has no value for; they stand in ``filled`` as they were. A
    visitor's name that nobody knows is not missing: the text does without."""

    filled: str
    missing: list[str]


class FilledReplies(BaseModel):
    replies: list[FilledReply]
