"""Opening: a conversation goes to people, and since when its visitor waits for their word."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from app import event_log
from app.handoff import repository
from app.handoff.replies import waiting_text
from app.models.staff import HERE_FOR
from ingest.topics import Queue, Topics

QUESTION_SHOWN = 280


@dataclass(frozen=True, slots=True)
class Opening:
    """Why a conversation goes to people, and what the desk should know of it."""

    reason: str
    topic: str
    queue: str
    question: str
    brief: dict[str, Any]


def queue_named(topics: Topics, slug: str) -> Queue:
    """A queue; the general one in place of one that was removed since."""
    return topics.queues.get(slug) or topics.queues["general"]


def waiting_from_now(topics: Topics, slug: str) -> dict[str, datetime | None]:
    """The fields of a hand-off whose visitor begins to wait for a person's word."""
    moment = event_log.now()
    return {"waiting_since": moment, "due_at": queue_named(topics, slug).due_at(moment)}


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
    waits = waiting_from_now(topics, queue)
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
        "opened_at": waits["waiting_since"],
        **waits,
    }
    await repository.create(connection, values)
    stored = await repository.open_of(connection, row.id)
    assert stored is not None
    event = await opened(connection, stored, topics, row.locale)
    return await event_log.append(connection, row, [*before, event], **{**changes, "state": "waiting"})


async def opened(connection: AsyncConnection, stored: Row[Any], topics: Topics, locale: str) -> event_log.NewEvent:
    """What a visitor is told whose hand-off waits."""
    queue = queue_named(topics, stored.queue)
    place = await repository.position(connection, stored)
    moment = datetime.now(UTC)
    is_open, opens_at = queue.open_at(moment), queue.opens_at(moment)
    staffed = await repository.is_staffed(connection, stored.queue, moment - HERE_FOR)
    data = {
        "reason": stored.reason,
        "queue": {"id": stored.queue, "name": queue.name},
        "topic": stored.topic,
        "position": place,
        "open": is_open,
        "staffed": staffed,
        "opens_at": opens_at.isoformat() if opens_at else None,
        "text": waiting_text(locale, place, is_open, opens_at, staffed),
    }
    return "handoff.opened", data, None
