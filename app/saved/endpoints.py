"""The API of saved replies."""

from fastapi import APIRouter, Response

from app.deps import AgentDep, LookingAgentDep, PersonDep, ServicesDep
from app.inputs import Locale
from app.saved.schemas import FilledReplies, SavedReplies, SavedReply, SaveReply
from app.saved.variables import VARIABLES

router = APIRouter(prefix="/v1", tags=["saved replies"])


@router.get("/saved-replies")
async def saved_replies(agent: AgentDep, parts: ServicesDep) -> SavedReplies:
    """Everybody's and one's own."""
    return SavedReplies(replies=await parts.saved.mine(agent), variables=list(VARIABLES))


@router.post("/saved-replies", status_code=201)
async def save(given: SaveReply, agent: PersonDep, parts: ServicesDep) -> SavedReply:
    """Keep a reply for later."""
    return await parts.saved.add(agent, given)


@router.put("/saved-replies/{reply_id}")
async def change(reply_id: int, given: SaveReply, agent: PersonDep, parts: ServicesDep) -> SavedReply:
    """Replace one."""
    return await parts.saved.change(agent, reply_id, given)


@router.delete("/saved-replies/{reply_id}", status_code=204)
async def remove(reply_id: int, agent: PersonDep, parts: ServicesDep) -> Response:
    """Delete one."""
    await parts.saved.remove(agent, reply_id)
    return Response(status_code=204)


@router.get("/conversations/{conversation_id}/saved-replies")
async def filled(
    conversation_id: str, agent: LookingAgentDep, parts: ServicesDep, locale: Locale | None = None
) -> FilledReplies:
    """Those that fit the conversation, filled in from it."""
    return FilledReplies(replies=await parts.saved.filled(agent, conversation_id, locale))
