"""The desk's API."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from app.deps import AgentDep, LookingAgentDep, Services, ServicesDep
from app.event_log import now
from app.handoff.schemas import (
    Brief,
    Claim,
    Note,
    QueueItems,
    Queues,
    Release,
    Reply,
    Resolve,
    Transfer,
    Written,
)
from app.live import QUEUE_TOPIC, Message
from app.stream import EventStream, frame

router = APIRouter(prefix="/v1", tags=["desk"])


@router.get("/queues")
async def queues(agent: AgentDep, parts: ServicesDep) -> Queues:
    """The queues, and whether somebody should be there now."""
    return Queues(queues=parts.handoffs.queues())


@router.get("/queue")
async def queue(
    agent: AgentDep,
    parts: ServicesDep,
    state: Literal["waiting", "claimed", "mine", "resolved", "all"] = "waiting",
    queue: Annotated[str | None, Query(max_length=120)] = None,
) -> QueueItems:
    """Conversations that wait for or are with people, the most urgent first."""
    return QueueItems(items=await parts.handoffs.queue(agent, state, queue))


@router.get("/queue/events", responses={200: {"content": {"text/event-stream": {}}}}, response_class=Response)
async def queue_events(agent: AgentDep, parts: ServicesDep) -> EventStream:
    """``queue.changed`` whenever a conversation in a queue changes; read the list again then."""
    return _stream(parts)


@router.get("/conversations/{conversation_id}/brief")
async def brief(conversation_id: str, agent: LookingAgentDep, parts: ServicesDep) -> Brief:
    """What an agent needs to go on where the assistant stopped."""
    return await parts.briefs.brief(conversation_id)


@router.post("/conversations/{conversation_id}/claim")
async def claim(conversation_id: str, agent: AgentDep, parts: ServicesDep) -> Claim:
    """Take a waiting conversation."""
    return await parts.handoffs.claim(agent, conversation_id)


@router.post("/conversations/{conversation_id}/reply", status_code=202)
async def reply(conversation_id: str, written: Reply, agent: AgentDep, parts: ServicesDep) -> Written:
    """Write to the visitor, under a claim."""
    return Written(seq=await parts.handoffs.reply(agent, conversation_id, written))


@router.post("/conversations/{conversation_id}/note", status_code=202)
async def note(conversation_id: str, written: Note, agent: AgentDep, parts: ServicesDep) -> Written:
    """Write for colleagues; visitors never see it."""
    return Written(seq=await parts.handoffs.note(agent, conversation_id, written.text))


@router.post("/conversations/{conversation_id}/release", status_code=202)
async def release(conversation_id: str, asked: Release, agent: AgentDep, parts: ServicesDep) -> Written:
    """Put a claimed conversation back into its queue."""
    return Written(seq=await parts.handoffs.release(agent, conversation_id, asked.fence, asked.reason))


@router.post("/conversations/{conversation_id}/transfer", status_code=202)
async def transfer(conversation_id: str, asked: Transfer, agent: AgentDep, parts: ServicesDep) -> Written:
    """Pass a claimed conversation on to another queue."""
    return Written(seq=await parts.handoffs.transfer(agent, conversation_id, asked))


@router.post("/conversations/{conversation_id}/resolve", status_code=202)
async def resolve(conversation_id: str, asked: Resolve, agent: AgentDep, parts: ServicesDep) -> Written:
    """Close a claimed conversation."""
    return Written(seq=await parts.handoffs.resolve(agent, conversation_id, asked))


def _stream(parts: Services) -> EventStream:
    async def page(_: int) -> list[dict[str, Any]]:
        return []

    def passing(message: Message) -> bytes:
        return frame({"seq": None, "type": "queue.changed", "at": now().isoformat(), "data": message})

    return EventStream(parts.live, QUEUE_TOPIC, page, 0, passing)
