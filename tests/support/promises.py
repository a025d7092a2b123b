"""Promises that every transcript keeps, whatever happened on the way."""

from collections import Counter
from collections.abc import Sequence

from tests.support.visitors import Event, Talk
from tests.support.waiting import until


def logged(events: Sequence[Event]) -> list[Event]:
    """Events that stand in the log."""
    return [event for event in events if event.seq is not None]


def gapless(events: Sequence[Event]) -> None:
    """A visitor's log from its start: numbers without gaps and in order (no note was written)."""
    numbers = [event.seq for event in logged(events)]
    assert numbers == list(range(1, len(numbers) + 1))


def answers_to(events: Sequence[Event], seq: int) -> list[Event]:
    """The final answers to a message."""
    return [event for event in events if event.type == "message.bot" and event.data["reply_to"] == seq]


def kept(talk: Talk, seq: int, seconds: float) -> list[Event]:
    """Wait until a message ended answered or in the queue (I2), and see that it did so once (I3). The log."""

    def look() -> list[Event] | None:
        events = talk.events()
        ended = answers_to(events, seq) or any(
            event.type == "handoff.opened" and (event.seq or 0) > seq for event in events
        )
        return events if ended else None

    events = until(look, seconds, f"an outcome of message {seq}")
    assert len(answers_to(events, seq)) <= 1
    once(events)
    return events


def once(events: Sequence[Event]) -> None:
    """No message has two answers, no number is missing, and nothing passing stands in the log."""
    gapless(events)
    replies = Counter(event.data["reply_to"] for event in events if event.type == "message.bot")
    assert all(count == 1 for count in replies.values()), replies
    ids = Counter(event.data["client_id"] for event in events if event.type == "message.visitor")
    assert all(count == 1 for count in ids.values()), ids
    assert not [event for event in events if event.type in ("bot.delta", "bot.status")]
