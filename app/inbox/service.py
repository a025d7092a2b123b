"""The inbox, top to bottom: lists and their counts, who looks, the visitor's side, mentions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from app import event_log
from app.answer.retriever import Retriever
from app.auth import Staff
from app.db import Database
from app.errors import NotFound
from app.event_log import now
from app.inbox import mentions, repository
from app.inbox.cursor import cursor_of, read_cursor
from app.inbox.repository import Wanted
from app.inbox.rows import excerpt, item, last_line, mention
from app.inbox.schemas import (
    Counts,
    Earlier,
    Found,
    Lookers,
    Looking,
    LookingUntil,
    Mentions,
    QueueInfo,
    QueueItems,
    VisitorSide,
)
from app.presence import SECONDS, Presence
from app.text_search import words_of
from ingest.topics import Topics

OTHERS = 50


class InboxService:
    """What the desk sees."""

    def __init__(self, db: Database, retriever: Retriever, presence: Presence) -> None:
        self._db, self._retriever, self._presence = db, retriever, presence

    async def queues(self) -> list[QueueInfo]:
        """Every queue, whether somebody should be there, and how many wait."""
        moment = now()
        async with self._db.read() as connection:
            waiting = await repository.waiting_by_queue(connection)
        return [
            QueueInfo(
                id=slug,
                name=queue.name,
                open=queue.open_at(moment),
                opens_at=queue.opens_at(moment),
                waiting=waiting.get(slug, 0),
                reply_within=queue.reply_within,
            )
            for slug, queue in self._topics().queues.items()
        ]

    async def items(
        self, agent: Staff, my_queues: Sequence[str], wanted: Wanted, q: str, sort: str, cursor: str | None, limit: int
    ) -> QueueItems:
        """One page of a list. ``my_queues`` narrow it, none for all. Raises InvalidInput for a foreign cursor."""
        order = repository.order_named(sort)
        wanted = replace(wanted, words=words_of(q), queues=[*wanted.queues, *my_queues])
        after = read_cursor(cursor, order, sort) if cursor else None
        async with self._db.read() as connection:
            rows = await repository.items(connection, wanted, order, after, limit + 1)
            total = await repository.count(connection, wanted)
            shown = rows[:limit]
            ids = [row.conversation_id for row in shown]
            lines = await repository.last_lines(connection, ids)
            found = await repository.excerpts(connection, ids, wanted.words[0]) if wanted.words else {}
        topics, moment = self._topics(), now()
        listed = [item(row, topics, moment, self._looking(agent, row.conversation_id)) for row in shown]
        for one in listed:
            if line := lines.get(one.conversation_id):
                one.last_line = last_line(line)
            if row := found.get(one.conversation_id):
                one.found = Found(seq=row.seq, text=excerpt(row.text, wanted.words[0]))
        more = cursor_of(rows[limit - 1], order, sort) if len(rows) > limit else None
        return QueueItems(items=listed, total=total, next_cursor=more)

    async def counts(self, agent: Staff, my_queues: Sequence[str]) -> Counts:
        """How many are in each view."""
        views = {view: wanted_by(view, agent) for view in ("queues", "mine", "all", "snoozed")}
        views["queues"] = replace(views["queues"], queues=my_queues)
        async with self._db.read() as connection:
            many = {view: await repository.count(connection, wanted) for view, wanted in views.items()}
            return Counts(
                **many,
                overdue=await repository.count(connection, views["queues"], overdue=True),
                mentions=await mentions.unread(connection, agent.id),
                by_queue=await repository.waiting_by_queue(connection),
            )

    async def look(self, agent: Staff, conversation_id: str, writing: bool, gone: bool) -> Lookers:
        """Say that one looks at a conversation; who else does."""
        await self._conversation(conversation_id)
        await self._presence.look(agent, conversation_id, writing, gone)
        until = now() + timedelta(seconds=SECONDS)
        return Lookers(
            looking=[
                LookingUntil(id=one.id, name=one.name, writing=one.writing, until=until)
                for one in self._presence.at(conversation_id, but=agent.id)
            ]
        )

    async def visitor_side(self, conversation_id: str) -> VisitorSide:
        """The visitor of a conversation, with their other ones."""
        row = await self._conversation(conversation_id)
        async with self._db.read() as connection:
            others = await repository.others_of(connection, row, OTHERS)
        context = dict(row.context)
        customer = context.pop("customer", None)
        return VisitorSide(
            visitor_id=row.visitor_id,
            name=context.pop("visitor_name", None),
            customer=customer,
            identified=customer is not None,
            audience=row.audience,
            locale=row.locale,
            context=context,
            conversations=[Earlier.model_validate(other, from_attributes=True) for other in others],
        )

    async def mentions(self, who: Staff, unread_only: bool, limit: int) -> Mentions:
        """What is meant for one."""
        async with self._db.read() as connection:
            rows = await mentions.of_person(connection, who.id, unread_only, limit)
            unread = await mentions.unread(connection, who.id)
        return Mentions(mentions=[mention(row) for row in rows], unread=unread)

    async def read_mentions(self, who: Staff, ids: Sequence[int] | None) -> None:
        """Mark one's own as read."""
        async with self._db.write() as connection:
            await mentions.read(connection, who.id, ids)

    def _topics(self) -> Topics:
        with self._retriever.reading("faq", "buyer") as reader:
            return reader.topics

    def _looking(self, agent: Staff, conversation_id: str) -> list[Looking]:
        others = self._presence.at(conversation_id, but=agent.id)
        return [Looking(id=one.id, name=one.name, writing=one.writing) for one in others]

    async def _conversation(self, conversation_id: str) -> Row[Any]:
        async with self._db.read() as connection:
            row = await event_log.find(connection, conversation_id, None)
        if row is None:
            raise NotFound("there is no such conversation")
        return row


def wanted_by(view: str, agent: Staff) -> Wanted:
    """What a view of the API shows, before filters."""
    open_states = ("waiting", "claimed")
    if view == "mine":
        return Wanted(open_states, claimed_by=agent.id, or_assigned=True, snoozed=False)
    if view == "snoozed":
        return Wanted(("claimed",), claimed_by=None if agent.can("lead") else agent.id, snoozed=True)
    if view == "resolved":
        return Wanted(("resolved",), latest_only=True)
    return Wanted(open_states, snoozed=False)


def wanted_by_state(state: str, agent: Staff) -> Wanted:
    """The same for the older parameter ``state``, which knows no snoozes."""
    if state == "mine":
        return Wanted(("claimed",), claimed_by=agent.id)
    return Wanted({"all": ("waiting", "claimed")}.get(state, (state,)))
