"""The visitor's API."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response

from app import event_log
from app.answer.types import MAX_HISTORY, Decision, Question
from app.auth import Visitor
from app.chat.schemas import (
    Accepted,
    AskForPerson,
    Contact,
    Conversation,
    Conversations,
    Event,
    Events,
    Feedback,
    NewAnswer,
    NewConversation,
    NewMessage,
    NewVisitor,
    Rating,
    VisitorToken,
)
from app.chat.service import audience_of
from app.deps import AnyoneDep, ReaderDep, Services, ServicesDep, VisitorDep, address_of
from app.errors import BadRequest, Unauthorized
from app.faces import agent_of, faces_of, with_face
from app.live import Message
from app.stream import PAGE, EventStream, frame

router = APIRouter(prefix="/v1", tags=["chat"])
ANSWERS_PER_MINUTE = 30_000
TYPING_PER_MINUTE = 120
PASSING = ("bot.status", "bot.delta", "typing")
STREAM_TYPE = "text/event-stream"


@router.post("/visitors", status_code=201)
async def new_visitor(new: NewVisitor, parts: ServicesDep) -> VisitorToken:
    """A token for a visitor: an anonymous one, or with the site's token the one that it names."""
    visitor = await parts.identity.visitor(new)
    token, expires = parts.tokens.issue(visitor)
    return VisitorToken(
        token=token,
        visitor_id=visitor.id,
        audience=visitor.audience,
        locale=visitor.locale,
        expires_at=expires,
        identified=visitor.customer is not None,
    )


@router.post("/conversations", status_code=201)
async def begin(new: NewConversation, visitor: VisitorDep, request: Request, parts: ServicesDep) -> Conversation:
    """Begin a conversation."""
    await parts.limiter.take(f"begin:{visitor.id}", parts.settings.messages_per_minute)
    return await parts.chat.begin(
        visitor, new, None if visitor.customer else parts.origins.of(address_of(request, parts))
    )


@router.get("/conversations")
async def mine(visitor: VisitorDep, parts: ServicesDep) -> Conversations:
    """The visitor's own conversations, newest first."""
    return Conversations(conversations=await parts.chat.mine(visitor))


@router.get("/conversations/{conversation_id}")
async def show(conversation_id: str, who: ReaderDep, parts: ServicesDep) -> Conversation:
    """One conversation: its state, and the place in the queue while it waits."""
    return await parts.chat.show(conversation_id, who.id if isinstance(who, Visitor) else None)


@router.post("/conversations/{conversation_id}/messages", status_code=202)
async def post(conversation_id: str, message: NewMessage, visitor: VisitorDep, parts: ServicesDep) -> Accepted:
    """Send a message. The outcome comes by the event stream; sending it again with the same client_id is safe."""
    await parts.limiter.take(f"post:{visitor.id}", parts.settings.messages_per_minute)
    return Accepted(seq=await parts.chat.post(visitor, conversation_id, message))


@router.get(
    "/conversations/{conversation_id}/events",
    response_model=Events,
    responses={200: {"content": {STREAM_TYPE: {}}, "description": "The log behind `after`, or a live stream of it"}},
)
async def events(
    conversation_id: str,
    request: Request,
    who: ReaderDep,
    parts: ServicesDep,
    after: Annotated[int, Query(ge=0, lt=2**31)] = 0,
    last_event_id: Annotated[str | None, Header()] = None,
) -> Response | Events:
    """The log as JSON, or with ``Accept: text/event-stream`` as a stream that goes on live."""
    for_visitor = isinstance(who, Visitor)
    async with parts.db.read() as connection:
        row = await event_log.find(connection, conversation_id, who.id if isinstance(who, Visitor) else None)
    if row is None:
        await parts.chat.show(conversation_id, "")
    if STREAM_TYPE in request.headers.get("accept", ""):
        start = _number(last_event_id) if last_event_id else after
        return _stream(parts, conversation_id, for_visitor, start)
    found: list[Event] = []
    last = after
    while page := await _page(parts, conversation_id, for_visitor, last):
        found += [Event.model_validate(event) for event in page]
        last = page[-1]["seq"]
        if len(page) < PAGE:
            break
    return Events(events=found, last_seq=last)


@router.post("/conversations/{conversation_id}/handoff", status_code=202)
async def ask_for_person(
    conversation_id: str, visitor: VisitorDep, parts: ServicesDep, wish: AskForPerson | None = None
) -> Accepted:
    """Ask for a person, at any moment."""
    return Accepted(seq=await parts.chat.ask_for_person(visitor, conversation_id, wish or AskForPerson()))


@router.post("/conversations/{conversation_id}/contact", status_code=202)
async def leave_contact(conversation_id: str, left: Contact, visitor: VisitorDep, parts: ServicesDep) -> Accepted:
    """Leave a way to be reached, for when nobody is there now. It identifies nobody."""
    await parts.limiter.take(f"post:{visitor.id}", parts.settings.messages_per_minute)
    return Accepted(seq=await parts.chat.leave_contact(visitor, conversation_id, left))


@router.post("/conversations/{conversation_id}/typing", status_code=204)
async def typing(conversation_id: str, who: ReaderDep, parts: ServicesDep) -> None:
    """Say that you are writing, every few seconds while you do; visitor and agent alike."""
    await parts.limiter.take(f"typing:{who.id}", TYPING_PER_MINUTE)
    await parts.chat.tell_typing(who, conversation_id)


@router.post("/conversations/{conversation_id}/feedback", status_code=202)
async def feedback(conversation_id: str, said: Feedback, visitor: VisitorDep, parts: ServicesDep) -> Accepted:
    """Say whether an answer helped."""
    await parts.limiter.take(f"post:{visitor.id}", parts.settings.messages_per_minute)
    return Accepted(seq=await parts.chat.feedback(visitor, conversation_id, said))


@router.post("/conversations/{conversation_id}/rating", status_code=202)
async def rating(conversation_id: str, rated: Rating, visitor: VisitorDep, parts: ServicesDep) -> Accepted:
    """Rate the conversation."""
    await parts.limiter.take(f"post:{visitor.id}", parts.settings.messages_per_minute)
    return Accepted(seq=await parts.chat.rate(visitor, conversation_id, rated))


@router.post("/answers", response_model=Decision)
async def answer(asked: NewAnswer, who: AnyoneDep, parts: ServicesDep) -> Response:
    """One Decision, without a conversation: nothing is stored."""
    if who is None:
        raise Unauthorized("send a token as `Authorization: Bearer ...`; POST /v1/visitors gives one")
    if isinstance(who, Visitor):
        audience = audience_of(who, asked.audience)
        locale = asked.locale or who.locale
    else:
        audience, locale = asked.audience or "buyer", asked.locale or "en"
    await parts.limiter.take(f"answer:{who.id}", ANSWERS_PER_MINUTE)
    question = Question(
        text=asked.question,
        audience=audience,
        locale=locale,
        history=tuple(asked.history[-MAX_HISTORY:]),
        exclude_articles=frozenset(asked.exclude_articles),
    )
    decision = await parts.answerer.decide(question)
    return Response(decision.model_dump_json(), media_type="application/json")


def _number(last_event_id: str) -> int:
    try:
        number = int(last_event_id)
    except ValueError:
        raise BadRequest("Last-Event-ID must be the number of an event; leave it out to read from the start") from None
    if not 0 <= number < 2**31:
        raise BadRequest("Last-Event-ID must be the number of an event; leave it out to read from the start")
    return number


async def _page(parts: Services, conversation_id: str, for_visitor: bool, after: int) -> list[dict[str, Any]]:
    async with parts.db.read() as connection:
        rows = await event_log.events_after(connection, conversation_id, after, for_visitor, PAGE)
        named = (agent_of(row.data) for row in rows)
        faces = await faces_of(connection, (number for number in named if number is not None))
    return [
        {
            "seq": row.seq,
            "type": row.type,
            "at": row.at.isoformat(),
            "data": with_face(row.data, faces, for_visitor),
        }
        for row in rows
    ]


def _stream(parts: Services, conversation_id: str, for_visitor: bool, after: int) -> EventStream:
    async def page(behind: int) -> list[dict[str, Any]]:
        return await _page(parts, conversation_id, for_visitor, behind)

    def passing(message: Message) -> bytes:
        if message.get("type") not in PASSING or (for_visitor and message["data"].get("who") == "visitor"):
            return b""
        at = event_log.now().isoformat()
        return frame({"seq": None, "type": message["type"], "at": at, "data": message["data"]})

    return EventStream(parts.live, conversation_id, page, after, passing)
