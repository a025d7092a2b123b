"""Writing: replies to the visitor and notes for colleagues."""

import re

from app import audit_log, event_log
from app.auth import Staff
from app.db import Database
from app.errors import Conflict
from app.handoff import repository
from app.handoff.holding import held, locked, own_id, woken
from app.handoff.schemas import Noted, Reply
from app.handoff.service import mentioned
from app.live import QUEUE_TOPIC, Live
from app.names import NamedStaff

_MENTION = re.compile(r"(?<![\w.@])@([^@\s]{1,64}@[\w-]+(?:\.[\w-]+)*)")
MAX_MENTIONS = 20


class Writing:
    """What agents write."""

    def __init__(self, db: Database, live: Live) -> None:
        self._db, self._live = db, live

    async def reply(self, agent: Staff, conversation_id: str, reply: Reply) -> int:
        """Write to the visitor. The same ``client_id`` again is the same reply."""
        name = own_id(agent, reply.client_id)
        async with self._db.write() as connection:
            row = await locked(connection, conversation_id)
            known = await event_log.message_by_client_id(connection, conversation_id, name)
            if known is not None:
                if known.data.get("text") != reply.text:
                    raise Conflict("another reply was sent under this client_id; choose a new one")
                return int(known.seq)
            stored = await held(connection, row, agent, reply.fence, reply.last_seq)
            data = {"text": reply.text, "agent": {"id": agent.id, "name": agent.name}}
            seq = await event_log.append(connection, row, [("message.agent", data, name)])
            await repository.change(connection, stored.id, waiting_since=None, due_at=None)
            await audit_log.record(connection, agent, "conversation.replied", row.id, seq=seq)
        await woken(self._live, conversation_id, "claimed")
        return seq

    async def note(self, agent: Staff, conversation_id: str, text: str) -> Noted:
        """Write for colleagues only. ``@ana@shop.example`` tells that person."""
        emails = list(dict.fromkeys(found.rstrip(".").lower() for found in _MENTION.findall(text)))[:MAX_MENTIONS]
        async with self._db.write() as connection:
            row = await locked(connection, conversation_id)
            found = await repository.colleagues_by_email(connection, set(emails)) if emails else []
            able = [one for one in found if Staff(one.id, one.email, one.name, one.role).can("agent")]
            people = [NamedStaff(id=one.id, name=one.name) for one in able]
            data = {
                "text": text,
                "agent": {"id": agent.id, "name": agent.name},
                "mentions": [one.model_dump() for one in people],
            }
            seq = await event_log.append(connection, row, [("note.agent", data, None)])
            others = [one for one in people if one.id != agent.id]
            for one in others:
                await repository.add_mention(connection, "note", row.id, seq, one.id, agent.id)
            await audit_log.record(connection, agent, "conversation.noted", row.id, seq=seq)
        await woken(self._live, conversation_id, "note")
        for one in others:
            await self._live.publish(QUEUE_TOPIC, mentioned(one.id, conversation_id, seq, agent))
        known = {one.email for one in able}
        return Noted(seq=seq, mentioned=people, unknown=[f"@{email}" for email in emails if email not in known])
