"""What the desk's API takes and gives."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, model_validator

from app.answer.types import Citation
from app.inputs import Body, Text, clean
from app.names import NamedStaff

LongText = Annotated[Text, Field(max_length=8_000)]
Short = Annotated[Text, Field(max_length=1_000)]
Slug = Annotated[str, AfterValidator(clean), Field(min_length=1, max_length=120)]
Fence = Annotated[int, Field(ge=1, lt=2**31)]


class Claim(BaseModel):
    """``fence`` goes with every later write; a newer claim has a higher one."""

    fence: int
    agent: NamedStaff


class AskClaim(Body):
    """``take_over`` takes a conversation from a colleague; for leads."""

    take_over: bool = False


class Taken(BaseModel):
    """What `next` gave. ``why`` there is none: nobody waits, or only in queues that are closed now."""

    conversation_id: str | None
    fence: int | None
    left: int
    why: Literal["taken", "empty", "closed"]


class AskNext(Body):
    include_closed: bool = False


class Reply(Body):
    """``last_seq`` is the newest event that the writer has seen: nothing is sent over a reply behind it."""

    text: LongText
    fence: Fence
    client_id: Annotated[str, Field(min_length=1, max_length=90)]
    last_seq: Annotated[int, Field(ge=0, lt=2**31)] | None = None


class Note(Body):
    text: LongText


class Noted(BaseModel):
    """``unknown``: mentions that name nobody who works at the desk."""

    seq: int
    mentioned: list[NamedStaff]
    unknown: list[str]


class Release(Body):
    fence: Fence
    reason: Short | None = None


class Transfer(Body):
    """To a queue, to a person, or to a person in another queue."""

    fence: Fence
    queue: Slug | None = None
    to: Annotated[int, Field(ge=1, lt=2**31)] | None = None
    reason: Short

    @model_validator(mode="after")
    def _somewhere(self) -> "Transfer":
        if self.queue is None and self.to is None:
            raise ValueError("queue or to: say where it goes")
        return self


class Resolve(Body):
    """What the agent says of it feeds calibration. ``bot_was_right`` is the older name of ``bot_right``."""

    fence: Fence
    bot_right: Literal["yes", "no", "na"] | None = None
    needed_person: Literal["yes", "no"] | bool | None = None
    bot_was_right: bool | None = None

    @property
    def labels(self) -> dict[str, str | None]:
        """Both labels as they are stored."""
        right = self.bot_right if self.bot_right is not None else _word(self.bot_was_right)
        return {"bot_right": right, "needed_person": _word(self.needed_person)}


def _word(value: str | bool | None) -> str | None:
    return ("yes" if value else "no") if isinstance(value, bool) else value


class Snooze(Body):
    fence: Fence
    until: AwareDatetime


class Wake(Body):
    fence: Fence


class StepTick(Body):
    article_id: Slug
    revision: Annotated[int, Field(ge=1, lt=2**31)]
    step: Annotated[int, Field(ge=0, lt=200)]
    done: bool


class Tick(BaseModel):
    """A step, counted from 0, that somebody did."""

    step: int
    by: NamedStaff
    at: datetime


class Ticks(BaseModel):
    ticks: list[Tick]


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
    ticks: list[Tick] = []


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
    topic_name: str
    tried: list[Tried]
    passages: list[BriefPassage]
    sop: Sop | None
    suggested_reply: SuggestedReply | None
    context: dict[str, Any]
    signals_line: str
