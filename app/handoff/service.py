"""Hand-off, top to bottom: opened, claimed, released or passed on, resolved, opened again."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from app import audit_log, event_log
from app.answer.retriever import Retriever
from app.auth import Staff
from app.db import Database
from app.errors import Conflict, Forbidden, InvalidInput
from app.handoff import repository
from app.handoff.holding import claimed, locked, woken
from app.handoff.opening import Opening, open_handoff, opened, queue_named, waiting_from_now
from app.handoff.schemas import Claim, Resolve, Transfer
from app.handoff.waiting import Outlook, closes_at, remaining_wait, weekly_hours
from app.live import QUEUE_TOPIC, Live
from app.models.staff import HERE_FOR
from app.names import NamedStaff
from ingest.topics import Topics

WAITS = 50
WAITS_OF = timedelta(days=14)
"""The expected wait is made of at most so many waits, none older."""

__all__ = ["HandoffService", "Opening", "Outlook", "open_handoff", "weekly_hours"]


class HandoffService:
    """What agents do. Every write under a claim carries its fence, and an older one is refused."""

    def __init__(self, db: Database, live: Live, retriever: Retriever) -> None:
        self._db, self._live, self._retriever = db, live, retriever

    def topics(self) -> Topics:
        """The topics of the live version."""
        with self._retriever.reading("faq", "buyer") as reader:
            return reader.topics

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
        staffed = await repository.is_staffed(connection, stored.queue, moment - HERE_FOR)
        expected = None
        if position is not None and is_open and staffed:
            recent = await repository.measured_waits(connection, stored.queue, moment - WAITS_OF, WAITS)
            # A wait over a closed night says nothing about one by day.
            waits = [(row.claimed_at - row.opened_at).total_seconds() for row in recent if queue.open_at(row.opened_at)]
            expected = remaining_wait(waits, (moment - stored.opened_at).total_seconds())
        return Outlook(
            queue_id=stored.queue,
            queue=queue,
            open=is_open,
            staffed=staffed,
            opens_at=queue.opens_at(moment),
            closes_at=closes_at(queue, moment),
            position=position,
            expected_seconds=expected,
        )

    async def visitor_wrote(self, connection: AsyncConnection, row: Row[Any]) -> list[event_log.NewEvent]:
        """A visitor writes in a conversation that people have: their reply falls due, and a snooze ends.

        Works inside the caller's transaction, which appends the events that come back.
        """
        stored = await repository.open_of(connection, row.id)
        if stored is None:
            return []
        changes: dict[str, Any] = {}
        if stored.waiting_since is None:
            changes |= waiting_from_now(self.topics(), stored.queue)
        if stored.snoozed_until is not None:
            changes["snoozed_until"] = None
        if changes:
            await repository.change(connection, stored.id, **changes)
        return [("handoff.woken", {}, None)] if stored.snoozed_until is not None else []

    async def claim(self, agent: Staff, conversation_id: str, take_over: bool = False) -> Claim:
        """Take a waiting conversation. Claiming again what one has is no error; what another has is a Conflict,
        unless a lead takes it over."""
        async with self._db.write() as connection:
            taken = await self.take(connection, agent, conversation_id, take_over)
        await woken(self._live, conversation_id, "claimed")
        return taken

    async def take(
        self, connection: AsyncConnection, agent: Staff, conversation_id: str, take_over: bool = False
    ) -> Claim:
        """The same inside the caller's transaction, which wakes readers afterwards."""
        if take_over and not agent.can("lead"):
            raise Forbidden(f"taking over from a colleague needs the role lead; yours is {agent.role}")
        row = await locked(connection, conversation_id)
        stored = await repository.open_of(connection, conversation_id)
        if stored is None:
            raise Conflict("this conversation is in no queue; the visitor has not asked for a person")
        has_other = stored.state == "claimed" and stored.claimed_by != agent.id
        if has_other and not take_over:
            holder = {"id": stored.claimed_by, "name": stored.agent_name}
            raise Conflict(f"{stored.agent_name} has this conversation", claimed_by=holder)
        if stored.state == "claimed" and not has_other:
            return _claim(row.fence, agent)
        events: list[event_log.NewEvent] = [_claimed_by(agent)]
        if has_other:
            events += note_of(agent, f"Taken over from {stored.agent_name}.")
        await self._hold(connection, stored.id, agent)
        await event_log.append(connection, row, events, state="claimed", fence=row.fence + 1)
        action = "conversation.taken_over" if has_other else "conversation.claimed"
        from_whom = {"from": stored.agent_name} if has_other else {}
        await audit_log.record(connection, agent, action, row.id, fence=row.fence + 1, **from_whom)
        return _claim(row.fence + 1, agent)

    async def release(self, agent: Staff, conversation_id: str, fence: int, reason: str | None) -> int:
        """Put a claimed conversation back into its queue."""
        async with self._db.write() as connection:
            row, stored = await claimed(connection, conversation_id, agent, fence)
            await repository.change(connection, stored.id, **self._let_go(stored, stored.queue))
            events: list[event_log.NewEvent] = [("handoff.released", {}, None), *note_of(agent, reason)]
            seq = await event_log.append(connection, row, events, state="waiting", fence=row.fence + 1)
            await audit_log.record(connection, agent, "conversation.released", row.id, reason=reason)
        await woken(self._live, conversation_id, "waiting")
        return seq

    async def transfer(self, agent: Staff, conversation_id: str, transfer: Transfer) -> int:
        """Pass a claimed conversation on to another queue, or to a person, who is told of it."""
        topics = self.topics()
        if transfer.queue is not None and transfer.queue not in topics.queues:
            known = ", ".join(sorted(topics.queues))
            raise InvalidInput(f"there is no queue `{transfer.queue}`; choose one of {known}")
        async with self._db.write() as connection:
            row, stored = await claimed(connection, conversation_id, agent, transfer.fence)
            to = await self._colleague(connection, agent, transfer.to) if transfer.to is not None else None
            queue = transfer.queue or stored.queue
            changes = self._let_go(stored, queue) | {"queue": queue, "assigned_to": to.id if to else None}
            await repository.change(connection, stored.id, **changes)
            moved = await repository.open_of(connection, conversation_id)
            assert moved is not None
            told = await opened(connection, moved, topics, row.locale)
            reason = f"For {to.name}: {transfer.reason}" if to else transfer.reason
            events = [("handoff.released", {}, None), *note_of(agent, reason), told]
            seq = await event_log.append(connection, row, events, state="waiting", fence=row.fence + 1)
            passed = {"queue": queue, "to": to.name if to else None, "reason": transfer.reason}
            await audit_log.record(connection, agent, "conversation.transferred", row.id, **passed)
            if to is not None:
                await repository.add_mention(connection, "transfer", row.id, seq - 1, to.id, agent.id)
        await woken(self._live, conversation_id, "waiting")
        if to is not None:
            await self._live.publish(QUEUE_TOPIC, mentioned(to.id, conversation_id, seq - 1, agent))
        return seq

    async def resolve(self, agent: Staff, conversation_id: str, resolve: Resolve) -> int:
        """Close a claimed conversation; the visitor's next message begins a new episode."""
        async with self._db.write() as connection:
            row, stored = await claimed(connection, conversation_id, agent, resolve.fence)
            over = {"waiting_since": None, "due_at": None, "snoozed_until": None}
            await repository.change(connection, stored.id, state="resolved", resolved_at=event_log.now(), **over)
            said = resolve.labels
            if any(said.values()):
                await repository.add_label(connection, stored, agent.id, said["bot_right"], said["needed_person"])
            resolved: event_log.NewEvent = ("conversation.resolved", {"by": {"name": agent.name}}, None)
            seq = await event_log.append(connection, row, [resolved], state="resolved", fence=row.fence + 1)
            await audit_log.record(connection, agent, "conversation.resolved", row.id, **said)
        await woken(self._live, conversation_id, "resolved")
        return seq

    async def reopen(self, agent: Staff, conversation_id: str) -> Claim:
        """Go on with a resolved conversation: the same episode, claimed by who opens it again."""
        async with self._db.write() as connection:
            row = await locked(connection, conversation_id)
            last = await repository.latest_of(connection, conversation_id)
            if row.state != "resolved" or last is None:
                raise Conflict("this conversation is not resolved; there is nothing to open again")
            kept = ("conversation_id", "queue", "topic", "priority", "reason", "question", "brief")
            values = {name: getattr(last, name) for name in kept}
            await repository.create(connection, values | {"episode": row.episode, "opened_seq": row.last_seq + 1})
            stored = await repository.open_of(connection, conversation_id)
            assert stored is not None
            await self._hold(connection, stored.id, agent)
            # Nobody waited for this: measured waits are those of hand-offs that have a moment of claim.
            await repository.change(connection, stored.id, claimed_at=None)
            events: list[event_log.NewEvent] = [
                ("conversation.reopened", {"by": {"name": agent.name}}, None),
                _claimed_by(agent),
            ]
            await event_log.append(connection, row, events, state="claimed", fence=row.fence + 1)
            await audit_log.record(connection, agent, "conversation.reopened", row.id)
        await woken(self._live, conversation_id, "claimed")
        return _claim(row.fence + 1, agent)

    @staticmethod
    async def _hold(connection: AsyncConnection, handoff_id: int, agent: Staff) -> None:
        moment = event_log.now()
        who = {"claimed_by": agent.id, "claimed_at": moment, "taken_at": moment}
        await repository.change(connection, handoff_id, state="claimed", **who, assigned_to=None, snoozed_until=None)

    def _let_go(self, stored: Row[Any], queue: str) -> dict[str, Any]:
        """The fields of a hand-off that waits again; a visitor who was not answered yet waits since before."""
        values: dict[str, Any] = {"state": "waiting", "claimed_by": None, "claimed_at": None, "snoozed_until": None}
        if stored.waiting_since is None:
            return values | waiting_from_now(self.topics(), queue)
        return values | {"due_at": queue_named(self.topics(), queue).due_at(stored.waiting_since)}

    @staticmethod
    async def _colleague(connection: AsyncConnection, agent: Staff, staff_id: int) -> Row[Any]:
        to = await repository.colleague(connection, staff_id)
        if to is None or not Staff(to.id, "", to.name, to.role).can("agent"):
            raise InvalidInput("to: nobody with this number answers visitors; GET /v1/staff lists who does")
        if to.id == agent.id:
            raise InvalidInput("to: you have this conversation already")
        return to


def note_of(agent: Staff, text: str | None) -> list[event_log.NewEvent]:
    """A note for colleagues, when there is something to say."""
    if not text:
        return []
    return [("note.agent", {"text": text, "agent": {"id": agent.id, "name": agent.name}, "mentions": []}, None)]


def mentioned(staff_id: int, conversation_id: str, seq: int, by: Staff) -> dict[str, Any]:
    """What the desk of somebody who is mentioned hears at once."""
    data = {"conversation_id": conversation_id, "seq": seq, "by": {"id": by.id, "name": by.name}}
    return {"type": "desk.mention", "only": staff_id, "data": data}


def _claimed_by(agent: Staff) -> event_log.NewEvent:
    return "handoff.claimed", {"agent": {"id": agent.id, "name": agent.name}}, None


def _claim(fence: int, agent: Staff) -> Claim:
    return Claim(fence=fence, agent=NamedStaff(id=agent.id, name=agent.name))
