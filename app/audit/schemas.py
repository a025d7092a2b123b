"""What the API of the audit log gives."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel


class Actor(BaseModel):
    """Who did it, named as they were then; 0 is the command line."""

    id: int
    name: str
    email: str


class Entry(BaseModel):
    id: int
    at: datetime
    staff: Actor
    action: str
    conversation_id: str | None
    detail: dict[str, Any]


class Entries(BaseModel):
    """Newest first; ``next_before`` asks for older ones."""

    entries: list[Entry]
    next_before: int | None
