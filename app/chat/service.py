"""Chat, top to bottom: a visitor's conversation, from its first message to its rating."""

import uuid
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from app import event_log
from app.answer.policy import MAX_FAILED
from app.answer.replies import say
from app.answer.types import VisitorAudience
from app.auth import Staff, Visitor
from app.chat import repository
from app.chat.schemas import (
    AskForPerson,
    Contact,
    Conversation,
    Feedback,
    NamedAgent,
    NewConversation,
    NewMessage,
    OpeningHours,
    QueueState,
    Rating,
)
from app.chat.transcript import failed_answers
from app.chat.worker import TurnWorker
from app.db import Database
from app.errors import Conflict, Forbidden, InvalidInput, NotFound
from app.faces import face_url
from app.handoff.service import HandoffService, Opening, Outlook, open_handoff, weekly_hours
from app.live import QUEUE_TOPIC, Live

LISTED = 50
NO_CONVERSATION = "there is no such conversation; begin one with POST /v1/conversations"


def audience_of(visitor: Visitor, wanted: VisitorAudience | None) -> VisitorAudience:
    """The audience to serve: the token's, which a request may repeat but not change. Raises Forbidden."""
    if visitor.audience and wanted and visitor.audience != wanted:
        raise Forbidden(f"this token is for a {visitor.audience}; get one for a {wanted} from POST /v1/visitors")
    return visitor.audience or wanted or "buyer"


class ChatService:
    """What visitors do. Everything is asked for with the visitor's own id, in the ``WHERE``."""

    def __init__(self, db: Database, live: Live, worker: TurnWorker, handoffs: HandoffService) -> None:
        self._db, self._live, self._worker, self._handoffs = db, live, worker, handoffs

    async def begin(self, visitor: Visitor, new: NewConversation, origin: str | None) -> Conversation:
        """A new, empty conversation. ``origin`` tells anonymous visitors of one network from others."""
        conversation_id = str(uuid.uuid4())
        values = {
            "id": conversation_id,
            "visitor_id": visitor.id,
            "audience": audience_of(visitor, new.audience),
            "locale": (new.locale or visitor.locale)[:8],
            "context": {**new.context.model_dump(exclude_none=True), **_account(visitor)},
            "origin": origin,
        }
        async with self._db.write() as connection:
            await repository.create_conversation(connection, values)
            row = await event_log.find(connection, conversation_id, visitor.id)
            assert row is not None
        return _conversation(row)

    async def mine(self, visitor: Visitor) -> list[Conversation]:
        """The visitor's conversations, newest first."""
        async with self._db.read() as connection:
            rows = await repository.list_conversations(connection, visitor.id, LISTED)
            subjects = await repository.first_messages(connection, [row.id for row in rows])
        return [_conversation(row, subjects.get(row.id)) for row in rows]

    async def show(self, conversation_id: str, visitor_id: str | None) -> Conversation:
        """A conversation with its place in the queue; ``visitor_id`` None is for staff."""
        async with self._db.read() as connection:
            row = await event_log.find(connection, conversation_id, visitor_id)
            if row is None:
                raise NotFound(NO_CONVERSATION)
            stored, place = await self._handoffs.standing(connection, conversation_id)
            outlook = await self._handoffs.outlook(connection, stored, place) if stored is not None else None
            subjects = await repository.first_messages(connection, [row.id])
        shown = _conversation(row, subjects.get(row.id))
        if stored is not None and outlook is not None:
            shown.queue = _queue_state(outlook)
            shown.agent = (
                NamedAgent(name=stored.agent_name, picture=face_url(stored.agent_picture))
                if stored.agent_name
                else None
            )
            shown.position = place
            shown.expected_wait_seconds = outlook.expected_seconds
        return shown

    async def post(self, visitor: Visitor, conversation_id: str, message: NewMessage) -> int:
        """Store a message and the promise of an outcome; the same ``client_id`` again is the same message."""
        promised = None
        async with self._db.write() as connection:
            row = await self._locked(connection, visitor, conversation_id)
            known = await event_log.message_by_client_id(connection, conversation_id, message.client_id)
            if known is not None:
                if known.data.get("text") != message.text:
                    raise Conflict("another message was sent under this client_id; choose a new one")
                return int(known.seq)
            events: list[event_log.NewEvent] = []
            changes: dict[str, Any] = {}
            if row.state == "resolved":
                events.append(("conversation.reopened", {}, None))
                changes = {"state": "bot", "episode": row.episode + 1}
            if row.state in ("waiting", "claimed"):
                events += await self._handoffs.visitor_wrote(connection, row)
            data = {"text": message.text, "client_id": message.client_id}
            events.append(("message.visitor", data, message.client_id))
            seq = await event_log.append(connection, row, events, **changes)
            if row.state in ("bot", "resolved"):
                promised = await self._worker.promise(connection, row, changes.get("episode", row.episode), seq)
        await self._live.publish(conversation_id)
        if promised is not None:
            self._worker.begin(*promised)
        elif row.state in ("waiting", "claimed"):
            await self._live.publish(QUEUE_TOPIC, {"conversation_id": conversation_id, "state": row.state})
        return seq

    async def ask_for_person(self, visitor: Visitor, conversation_id: str, wish: AskForPerson) -> int:
        """Open a hand-off at the visitor's wish; when there is one already, nothing changes."""
        async with self._db.write() as connection:
            row = await self._locked(connection, visitor, conversation_id)
            if row.state in ("waiting", "claimed"):
                return int(row.last_seq)
            before: list[event_log.NewEvent] = []
            changes: dict[str, Any] = {}
            if row.state == "resolved":
                before.append(("conversation.reopened", {}, None))
                changes = {"episode": row.episode + 1}
            if wish.note and wish.note.strip():
                before.append(("message.visitor", {"text": wish.note, "client_id": None}, None))
            seq = await self._hand_off(connection, row, "asked_for_person", before, **changes)
        await self._woken(conversation_id)
        return seq

    async def feedback(self, visitor: Visitor, conversation_id: str, feedback: Feedback) -> int:
        """Say whether an answer helped. After the second in a row that did not, a person takes over."""
        async with self._db.write() as connection:
            row = await self._locked(connection, visitor, conversation_id)
            rated = await event_log.one_event(connection, conversation_id, feedback.seq)
            if rated is None or rated.type != "message.bot":
                raise InvalidInput(f"seq: message {feedback.seq} is no answer of the assistant's")
            event: event_log.NewEvent = ("feedback", feedback.model_dump(), None)
            events = list(await event_log.episode_events(connection, conversation_id, row.episode))
            if row.state == "bot" and not feedback.helpful and _fails(events, feedback):
                text = say("repeated_failure", row.locale)
                told = {"reply_to": rated.data.get("reply_to"), "outcome": "handoff", "text": text, "citations": []}
                told |= {"candidates": [], "confidence": 0.0, "mode": "verbatim", "locale": row.locale, "notice": None}
                seq = await self._hand_off(connection, row, "repeated_failure", [event, ("message.bot", told, None)])
            else:
                seq = await event_log.append(connection, row, [event])
        await self._woken(conversation_id)
        return seq

    async def leave_contact(self, visitor: Visitor, conversation_id: str, contact: Contact) -> int:
        """Keep a way to reach the visitor, with a last message, for whoever takes the conversation.

        The same ``client_id`` again is the same contact. Raises Conflict when no person was asked for.
        """
        own_id = f"contact:{contact.client_id}"[:100]
        async with self._db.write() as connection:
            row = await self._locked(connection, visitor, conversation_id)
            known = await event_log.message_by_client_id(connection, conversation_id, own_id)
            if known is not None:
                return int(known.seq)
            if row.state not in ("waiting", "claimed"):
                raise Conflict("nobody is asked for here yet; ask for a person first, by POST .../handoff")
            events: list[event_log.NewEvent] = await self._handoffs.visitor_wrote(connection, row)
            if contact.note and contact.note.strip():
                data = {"text": contact.note, "client_id": contact.client_id}
                events.append(("message.visitor", data, contact.client_id))
            events.append(("contact.left", {"reach": contact.reach.strip()}, own_id))
            # The desk shows a conversation's context beside it, so the way back is never scrolled away.
            context = {**row.context, "reach": contact.reach.strip()}
            seq = await event_log.append(connection, row, events, context=context)
        await self._live.publish(conversation_id)
        await self._live.publish(QUEUE_TOPIC, {"conversation_id": conversation_id, "state": row.state})
        return seq

    async def tell_typing(self, who: Visitor | Staff, conversation_id: str) -> None:
        """Tell the other side of a claimed conversation that somebody writes. Nothing is stored.

        Nobody hears a visitor before a person has come, nor an agent who does not hold the conversation.
        """
        async with self._db.read() as connection:
            row = await event_log.find(connection, conversation_id, who.id if isinstance(who, Visitor) else None)
            if row is None:
                raise NotFound(NO_CONVERSATION)
            stored, _ = await self._handoffs.standing(connection, conversation_id)
        if stored is None or stored.state != "claimed":
            return
        data = {"who": "visitor"}
        if isinstance(who, Staff):
            if stored.claimed_by != who.id:
                return
            data = {"who": "agent", "name": who.name}
        await self._live.publish(conversation_id, {"type": "typing", "data": data})

    async def rate(self, visitor: Visitor, conversation_id: str, rating: Rating) -> int:
        """Rate the whole conversation."""
        async with self._db.write() as connection:
            row = await self._locked(connection, visitor, conversation_id)
            seq = await event_log.append(connection, row, [("rating", rating.model_dump(), None)])
        await self._live.publish(conversation_id)
        return seq

    async def _locked(self, connection: AsyncConnection, visitor: Visitor, conversation_id: str) -> Row[Any]:
        row = await event_log.lock(connection, conversation_id, visitor.id)
        if row is None:
            raise NotFound(NO_CONVERSATION)
        return row

    async def _hand_off(
        self,
        connection: AsyncConnection,
        row: Row[Any],
        reason: str,
        before: list[event_log.NewEvent],
        **changes: Any,
    ) -> int:
        """Whatever the assistant still had to do here is dropped: a person takes over."""
        await repository.drop_turns(connection, row.id)
        events = await event_log.episode_events(connection, row.id, row.episode)
        said = [data["text"] for kind, data, _ in before if kind == "message.visitor"]
        said = said or [event.data["text"] for event in events if event.type == "message.visitor"]
        topics = [
            event.data["topic"]
            for event in events
            if event.type == "message.bot" and event.data.get("outcome") in ("answer", "clarify")
        ]
        topic = topics[-1] if topics else "general"
        known = self._handoffs.topics()
        opening = Opening(reason, topic, known.queue_of(topic), said[-1] if said else "", {})
        return await open_handoff(connection, row, opening, known, before, **changes)

    async def _woken(self, conversation_id: str) -> None:
        await self._live.publish(conversation_id)
        await self._live.publish(QUEUE_TOPIC, {"conversation_id": conversation_id, "state": "waiting"})


def _fails(events: list[Row[Any]], feedback: Feedback) -> bool:
    """Whether this feedback makes it too many failed answers in a row, the one before it counted."""
    answers = [event.seq for event in events if event.type == "message.bot" and event.data.get("outcome") == "answer"]
    if not answers or answers[-1] != feedback.seq:
        return False
    before_answer = [event for event in events if event.seq != answers[-1]]
    return failed_answers(before_answer) + 1 >= MAX_FAILED


def _account(visitor: Visitor) -> dict[str, str]:
    """What the site vouches for, for the desk."""
    known = {"customer": visitor.customer, "segment": visitor.segment, "visitor_name": visitor.name}
    return {name: value for name, value in known.items() if value}


def _queue_state(outlook: Outlook) -> QueueState:
    return QueueState(
        id=outlook.queue_id,
        name=outlook.queue.name,
        open=outlook.open,
        staffed=outlook.staffed,
        opens_at=outlook.opens_at,
        closes_at=outlook.closes_at,
        timezone=outlook.queue.timezone,
        hours=[OpeningHours(days=days, hours=hours) for days, hours in weekly_hours(outlook.queue)],
    )


def _conversation(row: Row[Any], subject: str | None = None) -> Conversation:
    return Conversation(
        id=row.id,
        state=row.state,
        audience=row.audience,
        locale=row.locale,
        episode=row.episode,
        last_seq=row.last_seq,
        subject=subject,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
