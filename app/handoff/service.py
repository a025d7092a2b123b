"""Hand-off, top to bottom: opened, claimed, replied to, released or passed on, resolved."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from app import event_log
from app.answer.retriever import Retriever
from app.auth import Staff
from app.db import Database
from app.errors import Conflict, InvalidInput, NotFound
from app.handoff import repository
from app.handoff.replies import waiting_text
from app.handoff.schemas import Claim, NamedQueue, NamedStaff, QueueInfo, QueueItem, Reply, Resolve, Transfer
from app.handoff.waiting import Outlook, closes_at, remaining_wait, weekly_hours
from app.live import QUEUE_TOPIC, Live
from ingest.topics import Topics

QUESTION_SHOWN = 280
LISTED = 500
WAITS = 50
WAITS_OF = timedelta(days=14)
"""The expected wait is made of at most so many waits, none older."""

__all__ = ["HandoffService", "Opening", "Outlook", "open_handoff", "weekly_hours"]


@dataclass(frozen=True, slots=True)
class Opening:
    """Why a conversation goes to people, and what the desk should know of it."""

    reason: str
    topic: str
    queue: str
    question: str
    brief: dict[str, Any]


async def open_handoff(
    connection: AsyncConnection,
    row: Row[Any],
    opening: Opening,
    topics: Topics,
    before: list[event_log.NewEvent],
    **changes: Any,
) -> int:
    """Put a locked conversation into its queue, behind the events ``before``. Returns the number of the last event."""
    topic = topics.topic(opening.topic)
    queue = opening.queue if opening.queue in topics.queues else topics.queue_of(opening.topic)
    values = {
        "conversation_id": row.id,
        "episode": changes.get("episode", row.episode),
        "queue": queue,
        "topic": opening.topic,
        "priority": topic.priority,
        "reason": opening.reason,
        "question": opening.question[:QUESTION_SHOWN],
        "brief": opening.brief,
        "opened_seq": row.last_seq + len(before) + 1,
    }
    await repository.create(connection, values)
    stored = await repository.open_of(connection, row.id)
    assert stored is not None
    event = await _opened(connection, stored, topics, row.locale)
    return await event_log.append(connection, row, [*before, event], **{**changes, "state": "waiting"})


async def _opened(connection: AsyncConnection, stored: Row[Any], topics: Topics, locale: str) -> event_log.NewEvent:
    queue = topics.queues.get(stored.queue) or topics.queues["general"]
    place = await repository.position(connection, stored)
    is_open = queue.open_at(datetime.now(UTC))
    opens_at = queue.opens_at(datetime.now(UTC))
    data = {
        "reason": stored.reason,
        "queue": {"id": stored.queue, "name": queue.name},
        "topic": stored.topic,
        "position": place,
        "open": is_open,
        "opens_at": opens_at.isoformat() if opens_at else None,
        "text": waiting_text(locale, place, is_open, opens_at),
    }
    return "handoff.opened", data, None


class HandoffService:
    """What agents do. Every write under a claim carries its fence, and an older one is refused."""

    def __init__(self, db: Database, live: Live, retriever: Retriever) -> None:
        self._db, self._live, self._retriever = db, live, retriever

    def topics(self) -> Topics:
        """The topics of the live version."""
        with self._retriever.reading("faq", "buyer") as reader:
            return reader.topics

    def queues(self) -> list[QueueInfo]:
        """Every queue, and whether somebody should be there."""
        moment = datetime.now(UTC)
        return [
            QueueInfo(id=slug, name=queue.name, open=queue.open_at(moment))
            for slug, queue in self.topics().queues.items()
        ]

    async def standing(self, connection: AsyncConnection, conversation_id: str) -> tuple[Row[Any] | None, int | None]:
        """The open hand-off of a conversation, and its place in the queue while it waits."""
        stored = await repository.open_of(connection, conversation_id)
        if stored is None or stored.state != "waiting":
            return stored, None
        return stored, await repository.position(connection, stored)

    async def outlook(self, connection: AsyncConnection, stored: Row[Any], position: int | None) -> Outlook:
        """What the visitor of an open hand-off may expect."""
        moment = datetime.now(UTC)
        topics = self.topics()
        queue = topics.queues.get(stored.queue) or topics.queues["general"]
        is_open = queue.open_at(moment)
        expected = None
        if position is not None and is_open:
            recent = await repository.measured_waits(connection, stored.queue, moment - WAITS_OF, WAITS)
            # A wait over a closed night says nothing about one by day.
            waits = [(row.claimed_at - row.opened_at).total_seconds() for row in recent if queue.open_at(row.opened_at)]
            expected = remaining_wait(waits, (moment - stored.opened_at).total_seconds())
        return Outlook(
            queue_id=stored.queue,
            queue=queue,
            open=is_open,
            opens_at=queue.opens_at(moment),
            closes_at=closes_at(queue, moment),
            position=position,
            expected_seconds=expected,
        )

    async def queue(self, agent: Staff, state: str, queue: str | None) -> list[QueueItem]:
        """Hand-offs that wait, are claimed, or are the agent's own."""
        states = {"waiting": ("waiting",), "claimed": ("claimed",), "resolved": ("resolved",)}.get(
            state, ("waiting", "claimed")
        )
        mine = agent.id if state == "mine" else None
        topics = self.topics()
        async with self._db.read() as connection:
            rows = await repository.list_items(connection, ("claimed",) if mine else states, queue, mine, LISTED)
        return [_item(row, topics) for row in rows]

    async def claim(self, agent: Staff, conversation_id: str) -> Claim:
        """Take a waiting conversation. Claiming again what one has is no error; what another has is a Conflict."""
        async with self._db.write() as connection:
            row = await self._locked(connection, conversation_id)
            stored = await repository.open_of(connection, conversation_id)
            if stored is None:
                raise Conflict("this conversation is in no queue; the visitor has not asked for a person")
            if stored.state == "claimed" and stored.claimed_by != agent.id:
                raise Conflict(f"{stored.agent_name} has this conversation", claimed_by={"name": stored.agent_name})
            if stored.state == "claimed":
                return Claim(fence=row.fence, agent=NamedStaff(id=agent.id, name=agent.name))
            fence = row.fence + 1
            await repository.change(
                connection, stored.id, state="claimed", claimed_by=agent.id, claimed_at=event_log.now()
            )
            claimed: event_log.NewEvent = ("handoff.claimed", {"agent": {"name": agent.name}}, None)
            await event_log.append(connection, row, [claimed], state="claimed", fence=fence)
        await self._woken(conversation_id, "claimed")
        return Claim(fence=fence, agent=NamedStaff(id=agent.id, name=agent.name))

    async def reply(self, agent: Staff, conversation_id: str, reply: Reply) -> int:
        """Write to the visitor. The same ``client_id`` again is the same reply."""
        own_id = f"staff:{reply.client_id}"
        async with self._db.write() as connection:
            row = await self._locked(connection, conversation_id)
            known = await event_log.message_by_client_id(connection, conversation_id, own_id)
            if known is not None:
                if known.data.get("text") != reply.text:
                    raise Conflict("another reply was sent under this client_id; choose a new one")
                return int(known.seq)
            await self._held(connection, row, agent, reply.fence)
            data = {"text": reply.text, "agent": {"name": agent.name}}
            seq = await event_log.append(connection, row, [("message.agent", data, own_id)])
        await self._woken(conversation_id, "claimed")
        return seq

    async def note(self, agent: Staff, conversation_id: str, text: str) -> int:
        """Write for colleagues only."""
        async with self._db.write() as connection:
            row = await self._locked(connection, conversation_id)
            data = {"text": text, "agent": {"name": agent.name}}
            seq = await event_log.append(connection, row, [("note.agent", data, None)])
        await self._woken(conversation_id, "note")
        return seq

    async def release(self, agent: Staff, conversation_id: str, fence: int, reason: str | None) -> int:
        """Put a claimed conversation back into its queue."""
        async with self._db.write() as connection:
            row, stored = await self._claimed(connection, conversation_id, agent, fence)
            await repository.change(connection, stored.id, state="waiting", claimed_by=None, claimed_at=None)
            events: list[event_log.NewEvent] = [("handoff.released", {}, None), *_reason_note(agent, reason)]
            seq = await event_log.append(connection, row, events, state="waiting", fence=row.fence + 1)
        await self._woken(conversation_id, "waiting")
        return seq

    async def transfer(self, agent: Staff, conversation_id: str, transfer: Transfer) -> int:
        """Pass a claimed conversation on to another queue."""
        topics = self.topics()
        if transfer.queue not in topics.queues:
            known = ", ".join(sorted(topics.queues))
            raise InvalidInput(f"there is no queue `{transfer.queue}`; choose one of {known}")
        async with self._db.write() as connection:
            row, stored = await self._claimed(connection, conversation_id, agent, transfer.fence)
            await repository.change(
                connection, stored.id, state="waiting", claimed_by=None, claimed_at=None, queue=transfer.queue
            )
            moved = await repository.open_of(connection, conversation_id)
            assert moved is not None
            opened = await _opened(connection, moved, topics, row.locale)
            events = [("handoff.released", {}, None), *_reason_note(agent, transfer.reason), opened]
            seq = await event_log.append(connection, row, events, state="waiting", fence=row.fence + 1)
        await self._woken(conversation_id, "waiting")
        return seq

    async def resolve(self, agent: Staff, conversation_id: str, resolve: Resolve) -> int:
        """Close a claimed conversation; the visitor's next message begins a new episode."""
        async with self._db.write() as connection:
            row, stored = await self._claimed(connection, conversation_id, agent, resolve.fence)
            labels = {"bot_was_right": resolve.bot_was_right, "needed_person": resolve.needed_person}
            await repository.change(connection, stored.id, state="resolved", resolved_at=event_log.now(), labels=labels)
            resolved: event_log.NewEvent = ("conversation.resolved", {"by": {"name": agent.name}}, None)
            seq = await event_log.append(connection, row, [resolved], state="resolved", fence=row.fence + 1)
        await self._woken(conversation_id, "resolved")
        return seq

    async def _locked(self, connection: AsyncConnection, conversation_id: str) -> Row[Any]:
        row = await event_log.lock(connection, conversation_id, None)
        if row is None:
            raise NotFound("there is no such conversation")
        return row

    async def _claimed(
        self, connection: AsyncConnection, conversation_id: str, agent: Staff, fence: int
    ) -> tuple[Row[Any], Row[Any]]:
        row = await self._locked(connection, conversation_id)
        return row, await self._held(connection, row, agent, fence)

    @staticmethod
    async def _held(connection: AsyncConnection, row: Row[Any], agent: Staff, fence: int) -> Row[Any]:
        stored = await repository.open_of(connection, row.id)
        if stored is None or stored.state != "claimed":
            raise Conflict("nobody has this conversation now; claim it first")
        if stored.claimed_by != agent.id or row.fence != fence:
            holder = stored.agent_name
            raise Conflict(f"your claim is over; {holder} has this conversation now", claimed_by={"name": holder})
        return stored

    async def _woken(self, conversation_id: str, state: str) -> None:
        await self._live.publish(conversation_id)
        await self._live.publish(QUEUE_TOPIC, {"conversation_id": conversation_id, "state": state})


def _reason_note(agent: Staff, reason: str | None) -> list[event_log.NewEvent]:
    return [("note.agent", {"text": reason, "agent": {"name": agent.name}}, None)] if reason else []


def _item(row: Row[Any], topics: Topics) -> QueueItem:
    queue = topics.queues.get(row.queue)
    return QueueItem(
        conversation_id=row.conversation_id,
        queue=NamedQueue(id=row.queue, name=queue.name if queue else row.queue),
        topic=row.topic,
        priority=row.priority,
        reason=row.reason,
        state=row.state,
        since=row.opened_at,
        audience=row.audience,
        locale=row.locale,
        question=row.question,
        claimed_by=NamedStaff(id=row.claimed_by, name=row.agent_name) if row.claimed_by else None,
    )
