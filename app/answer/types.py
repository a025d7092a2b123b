"""The words that answering speaks in: Question, Decision, and the working state between them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BaseModel, ConfigDict

from ingest.ranking import Match
from ingest.store import Passage

VisitorAudience = Literal["buyer", "seller"]
Outcome = Literal["answer", "clarify", "handoff", "smalltalk"]
Reason = Literal[
    "low_confidence",
    "no_knowledge",
    "asked_for_person",
    "sensitive_topic",
    "ungrounded",
    "provider_failure",
    "over_budget",
    "repeated_failure",
]
Mode = Literal["verbatim", "generated"]

MAX_QUESTION = 4_000
MAX_HISTORY = 20


def storable(text: str) -> str:
    """Without NUL and halves of surrogate pairs, which tokenizers and databases refuse."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode()


class HistoryTurn(BaseModel):
    """An earlier message of the conversation; ``role`` is the visitor (``user``) or the assistant."""

    role: Literal["user", "assistant"]
    text: Annotated[str, AfterValidator(storable)]


class Question(BaseModel):
    """What a visitor asks, and what may be used to answer it."""

    model_config = ConfigDict(frozen=True)

    text: Annotated[str, AfterValidator(storable)]
    audience: VisitorAudience = "buyer"
    locale: str = "en"
    history: tuple[HistoryTurn, ...] = ()
    exclude_articles: frozenset[str] = frozenset()
    failed_answers: int = 0
    """Answers of this episode that did not help, the latest in a row."""
    just_clarified: bool = False


class Citation(BaseModel):
    """Where a statement stands, to the revision. ``quote`` is the article's own text, ``locale`` its language:
    revisions count in each by themselves. Citations of older logs have none."""

    article_id: str
    revision: int
    locale: str = ""
    title: str
    section: str
    quote: str


class Candidate(BaseModel):
    """An article offered when Baton asks back."""

    article_id: str
    title: str


Uncertified = Literal["not_calibrated", "too_few_questions", "too_many_wrong", "suspended"]


class Certificate(BaseModel):
    """What is promised of answers at ``threshold``: at most ``alpha`` of them are wrong, with confidence ``1 - delta``,
    measured on ``n`` questions. ``coverage`` is the share of questions answered there; ``reason`` is why nothing is
    promised, ``missing`` how many more questions would be needed."""

    certified: bool
    alpha: float
    delta: float
    n: int
    threshold: float
    coverage: float | None
    reason: Uncertified | None = None
    missing: int = 0


class Ranked(BaseModel):
    """An article and its score, for those who measure."""

    article_id: str
    score: float


class Decision(BaseModel):
    """What Baton does about a question."""

    outcome: Outcome
    text: str
    citations: list[Citation] = []
    candidates: list[Candidate] = []
    confidence: float
    signals: dict[str, float] = {}
    reason: Reason | None = None
    topic: str
    queue: str
    mode: Mode
    locale: str
    notice: str | None = None
    kb_version: str
    certificate: Certificate
    ranking: list[Ranked] = []
    timings_ms: dict[str, float] = {}


Emit = Callable[[str, dict[str, object]], Awaitable[None]]
"""Called with an event's type (``bot.status``, ``bot.delta``) and its data while an answer comes about."""


async def silent(_type: str, _data: dict[str, object]) -> None:
    """An Emit for those who wait for the Decision."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement of an answer and the passages (by position) that it cites."""

    text: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as a collection is asked: its words and their vector. ``own`` are those of the visitor's very
    words, shape (texts, width), where ``vector`` is of others: what editors noted is known by them."""

    text: str
    vector: NDArray[np.float32]
    own: NDArray[np.float32] | None = None


@dataclass
class Work:
    """One question on its way through the steps. Each step fills its part and leaves the others alone."""

    question: Question
    emit: Emit
    deadline: float
    """On the event loop's clock."""
    asked: str = ""
    """The question as it is searched for: rewritten to stand alone when it leaned on the conversation."""
    locale: str = "en"
    wording: Wording | None = None
    """The question as the collection was asked that the best article is in."""
    ranking: list[Match] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    signals: dict[str, float] = field(default_factory=dict)
    confidence: float = 0.0
    topic: str = "general"
    hostile: bool = False
    """Whether the message was heard to give the assistant orders."""
    sentences: list[Sentence] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    text: str = ""
    mode: Mode = "verbatim"
    notice: str | None = None
    trouble: Reason | None = None
    """What went wrong while generating, when the answer could not be saved by the articles' own words."""
    timings: dict[str, float] = field(default_factory=dict)
