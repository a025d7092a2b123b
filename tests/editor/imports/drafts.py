"""Drafts: the draft service itself, which tells what it was asked to save, and refuses what it is told to."""

from app.auth import Staff
from app.db import Database
from app.editor.drafts.schemas import Draft
from app.editor.drafts.service import DraftService
from app.errors import Conflict
from ingest.article import parse

Key = tuple[str, str]


class WatchedDrafts(DraftService):
    """``refuses`` are ids whose drafts cannot be saved; ``made`` are ids, names and sources of all that were."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self.kept: dict[Key, str] = {}
        self.refuses: set[str] = set()
        self.made: list[tuple[str, str, str]] = []

    async def save_new(self, text: str, by: Staff | str, source: str) -> Draft:
        """As the draft service does."""
        article = parse(text, "draft")
        if article.id in self.refuses:
            raise Conflict("somebody is at it")
        saved = await super().save_new(text, by, source)
        self.made.append((saved.article_id, saved.saved_by, source))
        self.kept[saved.article_id, saved.locale] = saved.text
        return saved

    async def discard(self, who: Staff, key: Key) -> None:
        """As the draft service does."""
        await super().discard(who, key)
        del self.kept[key]
