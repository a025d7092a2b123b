"""Drafts: where accepted articles go."""

from typing import Any, Protocol

from app.auth import Staff
from app.errors import Unavailable


class Drafts(Protocol):
    """Keeps drafts; the draft service does."""

    async def save_new(self, text: str, by: Staff | str, source: str) -> Any:
        """A draft of the article in ``text``; one that it has gets the text as its next version."""
        ...


class NoDrafts:
    """Before there are drafts."""

    async def save_new(self, text: str, by: Staff | str, source: str) -> Any:
        """Raises Unavailable."""
        raise Unavailable("drafts are not part of this server yet; nothing was saved")
