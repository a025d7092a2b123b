"""What the desk's API takes and gives."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from app.answer.types import Citation
from app.inputs import Body, Text

LongText = Annotated[Text, Field(max_length=8_000)]
Short = Annotated[Text, Field(max_length=1_000)]
Fence = Annotated[int, Field(ge=1, lt=2**31)]


class NamedQueue(BaseModel):
    id: str
    name: str


class QueueInfo(NamedQueue):
    open: bool


class Queues(BaseModel):
    queues: list[QueueInfo]


class NamedStaff(BaseModel):
    id: int
    name: str


class QueueItem(BaseModel):
    """A conversation in a queue; ``since`` is when it came there."""

    conversation_id: str
    queue: NamedQueue
    topic: str
    priority: int
    reason: str
    state: Literal["waiting", "claimed", "resolved"]
    since: datetime
    audience: str
    locale: str
    question: str
    claimed_by: NamedStaff | None


class QueueItems(BaseModel):
    items: list[QueueItem]


class Claim(BaseModel):
    """``fence`` goes with every later write; a newer claim has a higher one."""

    fence: int
    agent: NamedStaff


class Reply(Body):
    text: LongText
    fence: Fence
    client_id: Annotated[str, Field(min_length=1, max_length=90)]


class Note(Body):
    text: LongText


class Release(Body):
    fence: Fence
    reason: Short | None = None


class Transfer(Body):
    fence: Fence
    queue: Annotated[str, Field(min_length=1, max_length=120)]
    reason: Short


class Resolve(Body):
    fence: Fence
    bot_was_right: bool | None = None
    needed_person: bool | None = None


class Written(BaseModel):
    seq: int


class Tried(BaseModel):
    """An answer that the assistant gave already."""

    question: str
    answer: str
    citations: list[Citation]
    confidence: float
    helpful: bool | None


class BriefPassage(BaseModel):
    article_id: str
    revision: int
    title: str
    section: str
    quote: str
    score: float


class Sop(BaseModel):
    """The procedure that seems to apply; for staff only."""

    article_id: str
    revision: int
    title: str
    html: str
    steps: list[str]


class SuggestedReply(BaseModel):
    text: str
    citations: list[Citation]


class Brief(BaseModel):
    """All that an agent needs to go on where the assistant stopped."""

    conversation_id: str
    wants: str
    reason: str
    reason_text: str
    topic: str
    tried: list[Tried]
    passages: list[BriefPassage]
    sop: Sop | None
    suggested_reply: SuggestedReply | None
    context: dict[str, Any]
    signals_line: str
