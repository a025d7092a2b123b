"""Rows of the database as the inbox's API gives them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from app.inbox.schemas import LastLine, Looking, Mention, QueueItem
from app.names import NamedQueue, NamedStaff
from ingest.topics import Topics

LINE = 200
EXCERPT = 160
BEFORE = 50
"""Characters of a last line, of a place that was found, and of the text before it."""


def item(row: Row[Any], topics: Topics, moment: datetime, looking: list[Looking]) -> QueueItem:
    """One row of a list."""
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
        looking=looking,
    )


def excerpt(text: str, word: str) -> str:
    """The part of a text around a word, on one line."""
    place = max(0, text.lower().find(word) - BEFORE)
    line = " ".join(text[place : place + EXCERPT].split())
    return ("…" if place else "") + line + ("…" if place + EXCERPT < len(text) else "")


def last_line(row: Row[Any]) -> LastLine:
    """What was said last."""
    by = {"message.visitor": "visitor", "message.bot": "assistant"}.get(row.type) or row.data["agent"]["name"]
    return LastLine(text=" ".join(row.data["text"].split())[:LINE], by=by, at=row.at)


def mention(row: Row[Any]) -> Mention:
    """A mention as the API gives it."""
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
