"""The API of what agents do with a conversation."""

from fastapi import APIRouter

from app.deps import LookingAgentDep, PersonDep, ServicesDep
from app.handoff.schemas import (
    AskClaim,
    AskNext,
    Brief,
    Claim,
    Note,
    Noted,
    Release,
    Reply,
    Resolve,
    Snooze,
    StepTick,
    Taken,
    Ticks,
    Transfer,
    Wake,
    Written,
)

router = APIRouter(prefix="/v1", tags=["desk"])


@router.post("/queue/next")
async def take_next(agent: PersonDep, parts: ServicesDep, asked: AskNext | None = None) -> Taken:
    """Claim whose turn it is: the most urgent, then the oldest, and nobody ahead by beginning many conversations."""
    return await parts.taking.take_next(agent, (asked or AskNext()).include_closed)


@router.get("/conversations/{conversation_id}/brief")
async def brief(conversation_id: str, agent: LookingAgentDep, parts: ServicesDep) -> Brief:
    """What an agent needs to go on where the assistant stopped."""
    return await parts.briefs.brief(conversation_id)


@router.put("/conversations/{conversation_id}/steps")
async def tick(conversation_id: str, done: StepTick, agent: PersonDep, parts: ServicesDep) -> Ticks:
    """Tick or untick one step of a procedure."""
    return Ticks(ticks=await parts.steps.tick(agent, conversation_id, done))


@router.post("/conversations/{conversation_id}/claim")
async def claim(conversation_id: str, agent: PersonDep, parts: ServicesDep, asked: AskClaim | None = None) -> Claim:
    """Take a waiting conversation."""
    return await parts.handoffs.claim(agent, conversation_id, (asked or AskClaim()).take_over)


@router.post("/conversations/{conversation_id}/reply", status_code=202)
async def reply(conversation_id: str, written: Reply, agent: PersonDep, parts: ServicesDep) -> Written:
    """Write to the visitor, under a claim."""
    return Written(seq=await parts.writing.reply(agent, conversation_id, written))


@router.post("/conversations/{conversation_id}/note", status_code=202)
async def note(conversation_id: str, written: Note, agent: PersonDep, parts: ServicesDep) -> Noted:
    """Write for colleagues; visitors never see it. ``@ana@shop.example`` tells that person."""
    return await parts.writing.note(agent, conversation_id, written.text)


@router.post("/conversations/{conversation_id}/release", status_code=202)
async def release(conversation_id: str, asked: Release, agent: PersonDep, parts: ServicesDep) -> Written:
    """Put a claimed conversation back into its queue."""
    return Written(seq=await parts.handoffs.release(agent, conversation_id, asked.fence, asked.reason))


@router.post("/conversations/{conversation_id}/transfer", status_code=202)
async def transfer(conversation_id: str, asked: Transfer, agent: PersonDep, parts: ServicesDep) -> Written:
    """Pass a claimed conversation on to another queue or to a person."""
    return Written(seq=await parts.handoffs.transfer(agent, conversation_id, asked))


@router.post("/conversations/{conversation_id}/resolve", status_code=202)
async def resolve(conversation_id: str, asked: Resolve, agent: PersonDep, parts: ServicesDep) -> Written:
    """Close a claimed conversation, and say whether the assistant was right and a person was needed."""
    return Written(seq=await parts.handoffs.resolve(agent, conversation_id, asked))


@router.post("/conversations/{conversation_id}/snooze", status_code=202)
async def snooze(conversation_id: str, asked: Snooze, agent: PersonDep, parts: ServicesDep) -> Written:
    """Put a claimed conversation aside until a time, or until the visitor writes."""
    return Written(seq=await parts.snoozes.snooze(agent, conversation_id, asked.fence, asked.until))


@router.post("/conversations/{conversation_id}/wake", status_code=202)
async def wake(conversation_id: str, asked: Wake, agent: PersonDep, parts: ServicesDep) -> Written:
    """Bring a snoozed conversation back early."""
    return Written(seq=await parts.snoozes.wake(agent, conversation_id, asked.fence))


@router.post("/conversations/{conversation_id}/reopen")
async def reopen(conversation_id: str, agent: PersonDep, parts: ServicesDep) -> Claim:
    """Go on with a resolved conversation; it is the agent's then."""
    return await parts.handoffs.reopen(agent, conversation_id)
