"""Drafts: a stand-in for the draft service, as long as that is made elsewhere. It keeps texts by key."""

from app.auth import Staff
from app.errors import Conflict
from ingest.article import parse

Key = tuple[str, str]


class KeptDrafts:
    """``refuses`` are ids whose drafts cannot be saved; ``saves`` counts every call."""

    def __init__(self) -> None:
        self.texts: dict[Key, str] = {}
        self.refuses: set[str] = set()
        self.saves: list[tuple[str, str, str]] = []

    async def save_new(self, text: str, by: Staff | str, source: str) -> None:
        """Keep a draft."""
        article = parse(text, "draft")
        if article.id in self.refuses:
            raise Conflict("somebody is at it")
        self.saves.append((article.id, by.name if isinstance(by, Staff) else by, source))
        self.texts[article.key] = text
