"""What the inbox's API takes and gives."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field

from app.inputs import Body, clean
from app.names import NamedQueue, NamedStaff

View = Literal["queues", "mine", "all", "resolved", "snoozed"]
OldState = Literal["waiting", "claimed", "mine", "resolved", "all"]
Sort = Literal["take", "oldest", "newest", "due", "updated"]
Word = Annotated[str, AfterValidator(clean), Field(max_length=120)]


class QueueInfo(NamedQueue):
    """A queue; ``reply_within`` is in minutes of its opening time."""

    open: bool
    opens_at: datetime | None
    waiting: int
    reply_within: int


class Queues(BaseModel):
    queues: list[QueueInfo]


class Looking(BaseModel):
    """Somebody who has the conversation open."""

    id: int
    name: str
    writing: bool


class Found(BaseModel):
    """Where in a transcript the first of the searched words stands."""

    seq: int
    text: str


class LastLine(BaseModel):
    """What was said last; ``by`` is ``visitor``, ``assistant`` or a person's name."""

    text: str
    by: str
    at: datetime


class QueueItem(BaseModel):
    """A conversation in a queue; ``since`` is when it came there, ``due_at`` when a person's word is due."""

    conversation_id: str
    queue: NamedQueue
    topic: str
    topic_name: str
    priority: int
    reason: str
    state: Literal["waiting", "claimed", "resolved"]
    since: datetime
    age_seconds: int
    due_at: datetime | None
    overdue: bool
    visitor_waiting: bool
    snoozed_until: datetime | None
    resolved_at: datetime | None
    updated_at: datetime
    audience: str
    locale: str
    question: str
    claimed_by: NamedStaff | None
    assigned_to: NamedStaff | None
    visitor_id: str
    last_seq: int
    last_line: LastLine | None
    looking: list[Looking]
    found: Found | None = None


class QueueItems(BaseModel):
    items: list[QueueItem]
    total: int
    next_cursor: str | None


class Counts(BaseModel):
    """How many are in each view; ``by_queue`` counts who waits, ``mentions`` what one has not read."""

    queues: int
    mine: int
    all: int
    snoozed: int
    overdue: int
    mentions: int
    by_queue: dict[str, int]


class Look(Body):
    writing: bool = False
    gone: bool = False


class LookingUntil(Looking):
    until: datetime


class Lookers(BaseModel):
    looking: list[LookingUntil]


class Earlier(BaseModel):
    """Another conversation of the same visitor."""

    id: str
    state: str
    audience: str
    created_at: datetime
    updated_at: datetime
    topic: str | None
    reason: str | None
    question: str | None
    resolved_at: datetime | None


class VisitorSide(BaseModel):
    """What is known of the visitor. ``identified``: the site vouches that it is its ``customer``."""

    visitor_id: str
    name: str | None
    customer: str | None
    identified: bool
    audience: str
    locale: str
    context: dict[str, Any]
    conversations: list[Earlier]


class Mention(BaseModel):
    """A note that names one, or a conversation that was passed on to one."""

    id: int
    kind: Literal["note", "transfer"]
    conversation_id: str
    seq: int
    by: NamedStaff
    text: str
    at: datetime
    read: bool


class Mentions(BaseModel):
    mentions: list[Mention]
    unread: int


class ReadMentions(Body):
    """``ids`` left out means all."""

    ids: Annotated[list[Annotated[int, Field(ge=1, lt=2**31)]], Field(max_length=1_000)] | None = None
