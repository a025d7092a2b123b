"""Saved replies, top to bottom: listed, filled in, kept, changed, deleted."""

from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from app import audit_log
from app.answer.retriever import Retriever
from app.auth import Staff
from app.db import Database
from app.errors import Forbidden, InvalidInput, NotFound
from app.names import NamedStaff
from app.saved import repository
from app.saved.schemas import FilledReply, SavedReply, SaveReply
from app.saved.variables import fill
from ingest.topics import Topics


class SavedReplyService:
    """Agents keep their own; leads keep those of everybody."""

    def __init__(self, db: Database, retriever: Retriever) -> None:
        self._db, self._retriever = db, retriever

    async def mine(self, who: Staff) -> list[SavedReply]:
        """Everybody's and one's own."""
        async with self._db.read() as connection:
            return [_reply(row) for row in await repository.visible_to(connection, who.id)]

    async def filled(self, who: Staff, conversation_id: str, locale: str | None) -> list[FilledReply]:
        """Those that fit a conversation's language and queue, with its values."""
        async with self._db.read() as connection:
            row = await repository.conversation_of(connection, conversation_id)
            rows = await repository.visible_to(connection, who.id)
        if row is None:
            raise NotFound("there is no such conversation")
        queue = self._topics().queues.get(row.queue or "")
        values = {
            "visitor_name": row.context.get("visitor_name"),
            "order_id": row.context.get("order_id"),
            "agent_name": who.name,
            "conversation_id": row.id,
            "queue_name": queue.name if queue else None,
        }
        language = _language(locale or row.locale)
        fitting = [
            one
            for one in map(_reply, rows)
            if (one.locale is None or _language(one.locale) == language) and one.queue in (None, row.queue)
        ]
        filled = []
        for one in fitting:
            text, missing = fill(one.text, values)
            filled.append(FilledReply(**one.model_dump(), filled=text, missing=missing))
        return filled

    async def add(self, who: Staff, given: SaveReply) -> SavedReply:
        """Keep a new one."""
        self._may(who, given.shared)
        self._known_queue(given.queue)
        async with self._db.write() as connection:
            number = await repository.add(connection, _values(who, given))
            await audit_log.record(connection, who, "saved_reply.created", id=number, shared=given.shared)
            return _reply(await self._one(connection, who, number))

    async def change(self, who: Staff, reply_id: int, given: SaveReply) -> SavedReply:
        """Replace one; a shared one, or one that becomes shared, by a lead alone."""
        self._known_queue(given.queue)
        async with self._db.write() as connection:
            row = await self._one(connection, who, reply_id)
            self._may(who, given.shared or row.owner_id is None)
            await repository.change(connection, reply_id, _values(who, given))
            await audit_log.record(connection, who, "saved_reply.changed", id=reply_id, shared=given.shared)
            return _reply(await self._one(connection, who, reply_id))

    async def remove(self, who: Staff, reply_id: int) -> None:
        """Delete one."""
        async with self._db.write() as connection:
            row = await self._one(connection, who, reply_id)
            self._may(who, row.owner_id is None)
            await repository.remove(connection, reply_id)
            await audit_log.record(connection, who, "saved_reply.deleted", id=reply_id, title=row.title)

    def _topics(self) -> Topics:
        with self._retriever.reading("faq", "buyer") as reader:
            return reader.topics

    def _known_queue(self, queue: str | None) -> None:
        known = self._topics().queues
        if queue is not None and queue not in known:
            raise InvalidInput(f"queue: there is no queue `{queue}`; choose one of {', '.join(sorted(known))}")

    @staticmethod
    def _may(who: Staff, shared: bool) -> None:
        if shared and not who.can("lead"):
            raise Forbidden(f"saved replies of everybody need the role lead; yours is {who.role}")

    @staticmethod
    async def _one(connection: AsyncConnection, who: Staff, reply_id: int) -> Row[Any]:
        row = await repository.one(connection, who.id, reply_id)
        if row is None:
            raise NotFound("there is no such saved reply")
        return row


def _language(locale: str) -> str:
    return locale.partition("-")[0].lower()


def _values(who: Staff, given: SaveReply) -> dict[str, Any]:
    return given.model_dump(exclude={"shared"}) | {"owner_id": None if given.shared else who.id}


def _reply(row: Row[Any]) -> SavedReply:
    return SavedReply(
        id=row.id,
        title=row.title,
        text=row.text,
        shortcut=row.shortcut,
        locale=row.locale,
        queue=row.queue,
        shared=row.owner_id is None,
        owner=NamedStaff(id=row.owner_id, name=row.owner_name) if row.owner_id is not None else None,
        updated_at=row.updated_at,
    )
