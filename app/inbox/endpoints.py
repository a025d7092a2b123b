"""The API of the inbox."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from app.auth import Staff
from app.deps import AgentDep, LookingAgentDep, Services, ServicesDep
from app.errors import InvalidInput
from app.event_log import now
from app.inbox.schemas import (
    Counts,
    Look,
    Lookers,
    Mentions,
    OldState,
    QueueItems,
    Queues,
    ReadMentions,
    Sort,
    View,
    VisitorSide,
    Word,
)
from app.inbox.service import wanted_by, wanted_by_state
from app.inputs import clean
from app.live import QUEUE_TOPIC, Message
from app.stream import EventStream, frame

router = APIRouter(prefix="/v1", tags=["inbox"])
Words = Annotated[list[Word] | None, Query(max_length=50)]
Priorities = Annotated[list[Annotated[int, Query(ge=1, le=5)]] | None, Query(max_length=5)]


@router.get("/queues")
async def queues(agent: AgentDep, parts: ServicesDep) -> Queues:
    """The queues, whether somebody should be there now, and how many wait."""
    return Queues(queues=await parts.inbox.queues())


@router.get("/queue")
async def queue(
    agent: AgentDep,
    parts: ServicesDep,
    view: View | None = None,
    state: OldState = "waiting",
    queue: Words = None,
    topic: Words = None,
    audience: Words = None,
    locale: Words = None,
    reason: Words = None,
    priority: Priorities = None,
    q: Annotated[str, Query(max_length=500, description="words that must all occur in the transcript")] = "",
    sort: Sort | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> QueueItems:
    """Conversations that wait for, are with, or were with people; by default the most urgent first."""
    try:
        clean(q)
    except ValueError as error:
        raise InvalidInput(f"q: {error}") from None
    wanted = wanted_by(view, agent) if view else wanted_by_state(state, agent)
    given = {
        "queue": queue,
        "topic": topic,
        "audience": audience,
        "locale": locale,
        "reason": reason,
        "priority": priority,
    }
    wanted = replace(wanted, fields={name: values for name, values in given.items() if values})
    mine = await _my_queues(parts, agent) if view == "queues" else []
    sort = sort or ("updated" if "resolved" in (view, None if view else state) else "take")
    return await parts.inbox.items(agent, mine, wanted, q, sort, cursor, limit)


@router.get("/queue/counts")
async def counts(agent: AgentDep, parts: ServicesDep) -> Counts:
    """How many are in each view."""
    return await parts.inbox.counts(agent, await _my_queues(parts, agent))


@router.get("/queue/events", responses={200: {"content": {"text/event-stream": {}}}}, response_class=Response)
async def queue_events(agent: AgentDep, parts: ServicesDep) -> EventStream:
    """``queue.changed`` whenever a conversation in a queue changes: read the list again then. Also ``desk.looking``,
    ``desk.steps`` and, for who is meant, ``desk.mention``."""
    await parts.attendance.here(agent)
    return _stream(parts, agent)


@router.post("/conversations/{conversation_id}/looking")
async def looking(conversation_id: str, look: Look, agent: LookingAgentDep, parts: ServicesDep) -> Lookers:
    """Say every 15 seconds that one has the conversation open; who else has."""
    return await parts.inbox.look(agent, conversation_id, look.writing, look.gone)


@router.get("/conversations/{conversation_id}/visitor")
async def visitor_side(conversation_id: str, agent: LookingAgentDep, parts: ServicesDep) -> VisitorSide:
    """Who the visitor is, where they came from, and their other conversations."""
    return await parts.inbox.visitor_side(conversation_id)


@router.get("/me/mentions")
async def mentions(
    agent: AgentDep, parts: ServicesDep, unread: bool = False, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> Mentions:
    """Notes that name one, and conversations that were passed on to one; newest first."""
    return await parts.inbox.mentions(agent, unread, limit)


@router.post("/me/mentions/read", status_code=204)
async def read_mentions(which: ReadMentions, agent: AgentDep, parts: ServicesDep) -> Response:
    """Mark mentions as read."""
    await parts.inbox.read_mentions(agent, which.ids)
    return Response(status_code=204)


async def _my_queues(parts: Services, agent: Staff) -> list[str]:
    """The queues that somebody serves, none for all."""
    available = (await parts.staff.own(agent)).availability
    return available.queues if available else []


def _stream(parts: Services, agent: Staff) -> EventStream:
    async def page(_: int) -> list[dict[str, Any]]:
        await parts.attendance.here(agent)
        return []

    def passing(message: Message) -> bytes:
        if message.get("only") not in (None, agent.id):
            return b""
        kind, data = message.get("type", "queue.changed"), message.get("data", message)
        return frame({"seq": None, "type": kind, "at": now().isoformat(), "data": data})

    return EventStream(parts.live, QUEUE_TOPIC, page, 0, passing)
