"""Articles as editors see them: a list with where each stands, and one with its draft, revisions and translations."""

import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from app.db import Database
from app.editor.articles import repository
from app.editor.articles.repository import Use
from app.editor.articles.rows import is_stale, row_of, status_of
from app.editor.articles.schemas import (
    ArticleDetail,
    ArticleList,
    ArticleRow,
    LiveText,
    RevisionRow,
    RevisionText,
    Translation,
)
from app.editor.drafts import repository as drafts_repository
from app.editor.drafts.service import read, source_of
from app.editor.keys import Key
from app.errors import NotFound
from app.event_log import now
from app.today import Today

USE_DAYS = 90
USE_SECONDS = 30.0
"""Counting citations reads the log of 90 days; a list that is a little old will do."""
PAGE = 100
SOURCE_LOCALE = "en"
"""Whose articles the others translate."""


class ArticleService:
    """Reads; nothing here changes anything."""

    def __init__(self, db: Database, today: Today) -> None:
        self._db, self._today = db, today
        self._uses: tuple[float, Mapping[str, Use]] = (0.0, {})

    async def page(
        self,
        wanted: Callable[[ArticleRow, date], bool],
        order: Callable[[ArticleRow], Any],
        descending: bool,
        after: str | None,
    ) -> ArticleList:
        """Those that are wanted, in order; a page of them, behind the article that ``after`` names."""
        async with self._db.read() as connection:
            rows = await self._rows(connection)
        today = self._today()
        found = [row for row in rows if wanted(row, today)]
        found.sort(key=lambda row: (row.article_id, row.locale))
        found.sort(key=order, reverse=descending)
        names = [f"{row.article_id}/{row.locale}" for row in found]
        start = names.index(after) + 1 if after in names else 0
        page = found[start : start + PAGE]
        more = start + PAGE < len(found)
        return ArticleList(items=page, total=len(found), next=names[start + PAGE - 1] if more else None)

    async def one(self, key: Key) -> ArticleDetail:
        """Everything about an article in one language. Raises NotFound."""
        async with self._db.read() as connection:
            rows = {row.locale: row for row in await self._rows(connection, key[0])}
            if key[1] not in rows:
                raise NotFound(f"there is no article `{key[0]}` ({key[1]})")
            live = await drafts_repository.live(connection, key)
            stays = await repository.revisions(connection, key)
            draft = await read(connection, key) if rows[key[1]].has_draft else None
        numbers: dict[int, RevisionRow] = {}
        for stay in stays:
            shown = RevisionRow(number=stay.number, created_at=stay.created_at, publications=[])
            numbers.setdefault(stay.number, shown).publications.append(stay.since)
        return ArticleDetail(
            row=rows[key[1]],
            live=LiveText(revision=live.number, text=source_of(live)) if live else None,
            draft=draft,
            revisions=list(numbers.values()),
            translations=[
                Translation(locale=row.locale, status=row.status, stale=row.stale_translation)
                for row in rows.values()
                if row.locale != key[1]
            ],
        )

    async def revision(self, key: Key, number: int) -> RevisionText:
        """The text of a revision that was live once. Raises NotFound."""
        async with self._db.read() as connection:
            row = await repository.text_of(connection, key, number)
            stays = await repository.revisions(connection, key)
        if row is None:
            raise NotFound(f"revision {number} of `{key[0]}` ({key[1]}) was never live")
        return RevisionText(
            number=number,
            created_at=row.created_at,
            title=row.title,
            text=source_of(row),
            publications=[stay.since for stay in stays if stay.number == number],
        )

    async def _rows(self, connection: AsyncConnection, article_id: str | None = None) -> list[ArticleRow]:
        stored = {(row.article_id, row.locale): row for row in await repository.newest(connection, article_id)}
        drafts = {
            (row.article_id, row.locale): row
            for row in await drafts_repository.every(connection)
            if article_id in (None, row.article_id)
        }
        later = await repository.scheduled(connection)
        uses = await self._used(connection)
        rows = []
        for key in {**stored, **drafts}:
            row, draft = stored.get(key), drafts.get(key)
            status = status_of(row, draft, key in later)
            use = uses.get(key[0], Use())
            stale = is_stale(row, stored.get((key[0], SOURCE_LOCALE)))
            rows.append(row_of(key, row, draft, status, stale, use))
        return rows

    async def _used(self, connection: AsyncConnection) -> Mapping[str, Use]:
        moment = time.monotonic()
        if not self._uses[0] or moment - self._uses[0] > USE_SECONDS:
            self._uses = (moment, await repository.uses(connection, now() - timedelta(days=USE_DAYS)))
        return self._uses[1]
