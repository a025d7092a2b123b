"""Logs as conversations leave them, for the pure parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

BEGIN = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass
class Entry:
    """As a row of the event table."""

    seq: int
    type: str
    episode: int
    data: dict[str, Any]
    at: datetime


@dataclass
class Log:
    """Writes itself line by line."""

    events: list[Entry] = field(default_factory=list)

    def add(self, kind: str, data: Mapping[str, Any], episode: int = 1) -> int:
        """One event; its number."""
        seq = len(self.events) + 1
        self.events.append(Entry(seq, kind, episode, dict(data), BEGIN + timedelta(seconds=seq)))
        return seq

    def ask(self, text: str, outcome: str = "answer", reason: str | None = None, locale: str = "en") -> int:
        """A visitor's message and what the assistant does; the number of its reply."""
        asked = self.add("message.visitor", {"text": text})
        data = {
            "outcome": outcome,
            "reason": reason,
            "reply_to": asked,
            "locale": locale,
            "topic": "orders",
            "text": "Well.",
        }
        said = self.add("message.bot", data)
        if outcome == "handoff":
            self.add("handoff.opened", {})
        return said

    def agent(self, text: str) -> int:
        """What Ana replies."""
        return self.add("message.agent", {"text": text, "agent": {"name": "Ana"}})
