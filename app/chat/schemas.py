"""What the visitor's API takes and gives."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field

from app.answer.types import MAX_HISTORY, MAX_QUESTION, HistoryTurn, VisitorAudience
from app.inputs import Body, Locale, Text, clean

MessageText = Annotated[Text, Field(max_length=MAX_QUESTION)]
ClientId = Annotated[str, AfterValidator(clean), Field(min_length=1, max_length=90)]
State = Literal["bot", "waiting", "claimed", "resolved"]


class NewVisitor(Body):
    """With ``token``, signed by the site, the visitor is who it says; its audience and language win."""

    audience: VisitorAudience | None = None
    locale: Locale = "en"
    token: Annotated[str, Field(min_length=1, max_length=4_000)] | None = None


class VisitorToken(BaseModel):
    token: str
    visitor_id: str
    audience: VisitorAudience | None
    locale: str
    expires_at: datetime
    identified: bool


class PageContext(Body):
    """Where the visitor was when the chat began."""

    order_id: Annotated[str, AfterValidator(clean), Field(max_length=64)] | None = None
    article_id: Annotated[str, AfterValidator(clean), Field(max_length=120)] | None = None
    page: Annotated[str, AfterValidator(clean), Field(max_length=500)] | None = None


class NewConversation(Body):
    audience: VisitorAudience | None = None
    locale: Locale | None = None
    context: PageContext = PageContext()


class NamedAgent(BaseModel):
    """``picture``: where on this server; its address says nothing of whose it is."""

    name: str
    picture: str | None = None


class OpeningHours(BaseModel):
    """Days (``mon`` to ``sun``) with the same hours, such as ``08:00-22:00``, in the queue's time zone."""

    days: list[str]
    hours: list[str]


class QueueState(BaseModel):
    """The queue that a conversation waits in. ``open``, ``opens_at`` and ``closes_at`` are its hours; ``staffed`` says
    whether somebody who serves it is at the desk just now."""

    id: str
    name: str
    open: bool
    staffed: bool
    opens_at: datetime | None
    closes_at: datetime | None
    timezone: str
    hours: list[OpeningHours]


class Conversation(BaseModel):
    """``expected_wait_seconds`` comes from measured waits, None while there are too few of them or nobody is there.
    ``subject`` is the visitor's first message, shortened."""

    id: str
    state: State
    audience: VisitorAudience
    locale: str
    episode: int
    last_seq: int
    agent: NamedAgent | None = None
    queue: QueueState | None = None
    position: int | None = None
    expected_wait_seconds: int | None = None
    subject: str | None = None
    created_at: datetime
    updated_at: datetime


class Conversations(BaseModel):
    conversations: list[Conversation]


class NewMessage(Body):
    text: MessageText
    client_id: ClientId


class Accepted(BaseModel):
    """The message is stored; its event has this number in the conversation."""

    seq: int


class Event(BaseModel):
    """One entry of the log; ``seq`` is None for what is only passing (``bot.delta``, ``bot.status``, ``typing``)."""

    seq: int | None
    type: str
    at: datetime
    data: dict[str, Any]


class Events(BaseModel):
    events: list[Event]
    last_seq: int


class AskForPerson(Body):
    note: Annotated[str, AfterValidator(clean), Field(max_length=MAX_QUESTION)] | None = None


class Contact(Body):
    """A way to be reached, in the visitor's own words: an address, a number. It identifies nobody."""

    reach: Annotated[Text, Field(max_length=200)]
    note: Annotated[str, AfterValidator(clean), Field(max_length=MAX_QUESTION)] | None = None
    client_id: ClientId


class Feedback(Body):
    seq: Annotated[int, Field(ge=1, lt=2**31)]
    helpful: bool
    comment: Annotated[str, AfterValidator(clean), Field(max_length=1_000)] | None = None


class Rating(Body):
    stars: Annotated[int, Field(ge=1, le=5)]
    solved: bool | None = None
    comment: Annotated[str, AfterValidator(clean), Field(max_length=1_000)] | None = None


class NewAnswer(Body):
    question: MessageText
    audience: VisitorAudience | None = None
    locale: Locale | None = None
    history: Annotated[tuple[HistoryTurn, ...], Field(max_length=MAX_HISTORY * 4)] = ()
    exclude_articles: Annotated[tuple[str, ...], Field(max_length=1_000)] = ()
