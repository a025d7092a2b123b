"""Holding: whose a conversation is, checked under its row lock before anything is written."""

from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from app import event_log
from app.auth import Staff
from app.errors import Conflict, NotFound
from app.handoff import repository
from app.live import QUEUE_TOPIC, Live


async def locked(connection: AsyncConnection, conversation_id: str) -> Row[Any]:
    """The conversation, locked until the transaction ends. Raises NotFound."""
    row = await event_log.lock(connection, conversation_id, None)
    if row is None:
        raise NotFound("there is no such conversation")
    return row


async def held(
    connection: AsyncConnection, row: Row[Any], agent: Staff, fence: int, seen: int | None = None
) -> Row[Any]:
    """The hand-off that ``agent`` has under ``fence``. Raises Conflict, which says who has it now and, behind the
    event ``seen``, what somebody else wrote meanwhile: a reply in the making is never sent over that."""
    stored = await repository.open_of(connection, row.id)
    newer = await _newer(connection, row.id, agent, seen)
    if stored is None or stored.state != "claimed":
        raise Conflict("nobody has this conversation now; claim it first", claimed_by=None, newer=newer)
    holder = {"id": stored.claimed_by, "name": stored.agent_name}
    if stored.claimed_by != agent.id or row.fence != fence:
        words = f"your claim is over; {stored.agent_name} has this conversation now"
        raise Conflict(words, claimed_by=holder, newer=newer)
    if newer is not None:
        name = newer["agent"]["name"]
        raise Conflict(f"{name} wrote to the visitor meanwhile; read it first", claimed_by=holder, newer=newer)
    return stored


async def claimed(
    connection: AsyncConnection, conversation_id: str, agent: Staff, fence: int
) -> tuple[Row[Any], Row[Any]]:
    """Both: the locked conversation and its hand-off."""
    row = await locked(connection, conversation_id)
    return row, await held(connection, row, agent, fence)


async def woken(live: Live, conversation_id: str, state: str) -> None:
    """Tell whoever looks at the conversation, and the desk, that something changed."""
    await live.publish(conversation_id)
    await live.publish(QUEUE_TOPIC, {"conversation_id": conversation_id, "state": state})


def own_id(agent: Staff, client_id: str) -> str:
    """The log's id of a reply. It also tells who wrote it, which visitors do not see."""
    return f"s{agent.id}:{client_id}"


async def _newer(
    connection: AsyncConnection, conversation_id: str, agent: Staff, seen: int | None
) -> dict[str, Any] | None:
    if seen is None:
        return None
    event = await repository.last_reply_of_others(connection, conversation_id, seen, own_id(agent, ""))
    if event is None:
        return None
    return {"seq": event.seq, "text": event.data["text"], "agent": event.data["agent"], "at": event.at.isoformat()}
