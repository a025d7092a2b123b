"""The inbox, top to bottom: lists and their counts, who looks, the visitor's side, mentions."""

import base64
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from app import event_log
from app.answer.retriever import Retriever
from app.auth import Staff
from app.db import Database
from app.errors import InvalidInput, NotFound
from app.event_log import now
from app.inbox import mentions, repository
from app.inbox.repository import Order, Wanted
from app.inbox.schemas import (
    Counts,
    Earlier,
    Found,
    LastLine,
    Lookers,
    Looking,
    LookingUntil,
    Mention,
    Mentions,
    QueueInfo,
    QueueItem,
    QueueItems,
    VisitorSide,
)
from app.names import NamedQueue, NamedStaff
from app.presence import SECONDS, Presence
from app.text_search import words_of
from ingest.topics import Topics

OTHERS = 50
LINE = 200
EXCERPT = 160
BEFORE = 50


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
        after = _read_cursor(cursor, order, sort) if cursor else None
        async with self._db.read() as connection:
            rows = await repository.items(connection, wanted, order, after, limit + 1)
            total = await repository.count(connection, wanted)
            shown = rows[:limit]
            ids = [row.conversation_id for row in shown]
            lines = await repository.last_lines(connection, ids)
            found = await repository.excerpts(connection, ids, wanted.words[0]) if wanted.words else {}
        topics, moment = self._topics(), now()
        listed = [self._item(agent, row, topics, moment) for row in shown]
        for item in listed:
            if line := lines.get(item.conversation_id):
                item.last_line = _last_line(line)
            if row := found.get(item.conversation_id):
                item.found = Found(seq=row.seq, text=_excerpt(row.text, wanted.words[0]))
        more = _cursor(rows[limit - 1], order, sort) if len(rows) > limit else None
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
        return Mentions(mentions=[_mention(row) for row in rows], unread=unread)

    async def read_mentions(self, who: Staff, ids: Sequence[int] | None) -> None:
        """Mark one's own as read."""
        async with self._db.write() as connection:
            await mentions.read(connection, who.id, ids)

    def _topics(self) -> Topics:
        with self._retriever.reading("faq", "buyer") as reader:
            return reader.topics

    async def _conversation(self, conversation_id: str) -> Row[Any]:
        async with self._db.read() as connection:
            row = await event_log.find(connection, conversation_id, None)
        if row is None:
            raise NotFound("there is no such conversation")
        return row

    def _item(self, agent: Staff, row: Row[Any], topics: Topics, moment: datetime) -> QueueItem:
        queue = topics.queues.get(row.queue)
        topic = topics.topics.get(row.topic)
        end = row.resolved_at or moment
        return QueueItem(
            conversation_id=row.conversation_id,
            queue=NamedQueue(id=row.queue, name=queue.name if queue else row.queue),
            topic=row.topic,
            topic_name=topic.name if topic else row.topic,
            priority=row.priority,
            reason=row.reason,
            state=row.state,
            since=row.opened_at,
            age_seconds=max(0, int((end - row.opened_at).total_seconds())),
            due_at=row.due_at,
            overdue=row.due_at is not None and row.due_at <= moment,
            visitor_waiting=row.waiting_since is not None,
            snoozed_until=row.snoozed_until if row.snoozed_until and row.snoozed_until > moment else None,
            resolved_at=row.resolved_at,
            updated_at=row.updated_at,
            audience=row.audience,
            locale=row.locale,
            question=row.question,
            claimed_by=NamedStaff(id=row.claimed_by, name=row.agent_name) if row.claimed_by else None,
            assigned_to=NamedStaff(id=row.assigned_to, name=row.assignee_name) if row.assigned_to else None,
            visitor_id=row.visitor_id,
            last_seq=row.last_seq,
            last_line=None,
            looking=[
                Looking(id=one.id, name=one.name, writing=one.writing)
                for one in self._presence.at(row.conversation_id, but=agent.id)
            ],
        )


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


def _cursor(row: Row[Any], order: Order, sort: str) -> str:
    values = [getattr(row, f"key_{place}") for place in range(len(order.columns))]
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps([sort, *plain]).encode()).decode()


def _read_cursor(cursor: str, order: Order, sort: str) -> list[Any]:
    try:
        named, *plain = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        if named != sort or len(plain) != len(order.columns):
            raise ValueError
        return [datetime.fromisoformat(value) if isinstance(value, str) else int(value) for value in plain]
    except (ValueError, TypeError):
        raise InvalidInput("cursor: is none that this list gave; leave it out to begin at the start") from None


def _excerpt(text: str, word: str) -> str:
    """The part of a text around a word, on one line."""
    place = max(0, text.lower().find(word) - BEFORE)
    line = " ".join(text[place : place + EXCERPT].split())
    return ("…" if place else "") + line + ("…" if place + EXCERPT < len(text) else "")


def _last_line(row: Row[Any]) -> LastLine:
    by = {"message.visitor": "visitor", "message.bot": "assistant"}.get(row.type) or row.data["agent"]["name"]
    return LastLine(text=" ".join(row.data["text"].split())[:LINE], by=by, at=row.at)


def _mention(row: Row[Any]) -> Mention:
    return Mention(
        id=row.id,
        kind=row.kind,
        conversation_id=row.conversation_id,
        seq=row.seq,
        by=NamedStaff(id=row.by_id, name=row.by_name),
        text=row.text,
        at=row.at,
        read=row.read_at is not None,
    )
