"""Bulk: the same change to many articles, each by itself."""

from datetime import date

from app.auth import Staff
from app.db import Database
from app.editor.drafts import repository
from app.editor.drafts.review import ReviewService
from app.editor.drafts.schemas import BulkChange, BulkOutcome, BulkOutcomes, ReviewDraft
from app.editor.drafts.service import DraftService, source_of
from app.editor.keys import Key
from app.editor.publishing.schemas import Publish
from app.editor.publishing.service import PublishService
from app.errors import BatonError, InvalidInput, NotFound
from app.today import Today
from ingest.article_text import with_field


class BulkService:
    """Changes drafts, or begins them; retiring publishes."""

    def __init__(
        self, db: Database, drafts: DraftService, reviews: ReviewService, publishing: PublishService, today: Today
    ) -> None:
        self._db, self._drafts, self._reviews, self._publishing = db, drafts, reviews, publishing
        self._today = today

    async def change(self, who: Staff, given: BulkChange) -> BulkOutcomes:
        """What became of each article. Raises InvalidInput when the value is none for this action."""
        value = self._value(given)
        items = []
        for one in dict.fromkeys(given.keys):
            error = None
            try:
                await self._one(who, one.key, given, value)
            except (BatonError, ValueError) as failure:
                error = str(failure)
            items.append(BulkOutcome(article_id=one.article_id, locale=one.locale, done=error is None, error=error))
        done = [one for one, item in zip(dict.fromkeys(given.keys), items, strict=True) if item.done]
        if given.action != "retire" or not done:
            return BulkOutcomes(items=items)
        job = await self._publishing.ask(who, Publish(removals=done, note="Retired"))
        return BulkOutcomes(items=items, job=job.id)

    def _value(self, given: BulkChange) -> str | None:
        if given.action == "reviewed":
            try:
                return date.fromisoformat(given.value).isoformat() if given.value else self._today().isoformat()
            except ValueError:
                raise InvalidInput("value: write the day of the review as YYYY-MM-DD, or leave it out") from None
        if given.action == "topic" and not (given.value and given.value.strip()):
            raise InvalidInput("value: name the topic")
        return (given.value or "").strip() or None

    async def _one(self, who: Staff, key: Key, given: BulkChange, value: str | None) -> None:
        if given.action == "discard":
            await self._drafts.discard(who, key)
        elif given.action == "request_review":
            await self._reviews.review(who, key, ReviewDraft(action="request"))
        elif given.action == "retire":
            await self._is_live(key)
        else:
            await self._set(who, key, given.action, value)

    async def _is_live(self, key: Key) -> None:
        async with self._db.read() as connection:
            if await repository.live(connection, key) is None:
                raise NotFound("is not live; discard its draft instead")

    async def _set(self, who: Staff, key: Key, field: str, value: str | None) -> None:
        async with self._db.read() as connection:
            row = await repository.find(connection, key)
            live = await repository.live(connection, key) if row is None else None
        if row is None and live is None:
            raise NotFound("there is no such article; look at the list again")
        text, version = (row.text, row.version) if row else (source_of(live), 0)  # type: ignore[arg-type]
        await self._drafts.save(who, key, with_field(text, field, value), version)
