"""Drafts, top to bottom: begun, saved, undone, discarded. What was typed is kept, whatever becomes of it."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from app import audit_log
from app.auth import Staff
from app.db import Database
from app.editor.drafts import repository
from app.editor.drafts.schemas import Draft, DraftProblem, Save
from app.editor.keys import Key
from app.errors import Conflict, InvalidInput, NotFound
from app.event_log import now
from ingest.article import Article, parse
from ingest.article_text import key_in, render
from ingest.errors import InvalidArticles

SAVES_SHOWN = 200
SAVED_AGAIN = timedelta(minutes=15)
"""Saves of one person within this time are one act in the audit trail: editors save while they type."""


class DraftService:
    """Keeps the drafts of articles."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def find(self, key: Key) -> Draft:
        """A draft. Raises NotFound."""
        async with self._db.read() as connection:
            return await read(connection, key)

    async def texts(self, keys: Sequence[Key]) -> list[str]:
        """The texts of drafts, in the order of their keys. Raises NotFound for one that is not there."""
        async with self._db.read() as connection:
            return [(await found(connection, key, lock=False)).text for key in keys]

    async def create(self, who: Staff, text: str) -> Draft:
        """A draft of a new article. Raises Conflict when there is one of that name, live or as a draft."""
        key = _named(text)
        async with self._db.write() as connection:
            if await repository.find(connection, key) or await repository.live(connection, key):
                raise Conflict(f"`{key[0]}` ({key[1]}) exists already; open it, or choose another id")
            await self._begin(connection, who, key, text, "console")
            return await read(connection, key)

    async def save_new(self, text: str, by: Staff | str, source: str) -> Draft:
        """A draft from somewhere else than the console, such as ``import`` or ``gap``; ``by`` is who asked for it.

        An article of that name is not doubled: its draft, if it has one, gets the text as its next version.
        """
        key = _named(text)
        async with self._db.write() as connection:
            row = await repository.find(connection, key, lock=True)
            if row is None:
                await self._begin(connection, by, key, text, source)
            elif row.text != text:
                await self._next(connection, by, key, row, text)
            return await read(connection, key)

    async def save(self, who: Staff, key: Key, text: str, version: int, rebase: bool = False) -> Draft:
        """The next version of a draft, or with ``version`` 0 its first. Sent again, it is the same save.

        Raises Conflict, with the current draft in it, when somebody else saved first; the text is kept in its saves.
        """
        for _ in range(2):
            try:
                refused = await self._save(who, key, text, version, rebase)
                break
            except IntegrityError:  # somebody began a draft of it at this moment
                continue
        else:
            raise Conflict("this draft is being begun by somebody else; try again")
        if not refused:
            return await self.find(key)
        async with self._db.read() as connection:
            row = await repository.find(connection, key)
            current = await _draft(connection, row) if row is not None else None
        said = f"{current.saved_by} saved this draft meanwhile" if current else "this draft was published or discarded"
        raise Conflict(
            f"{said}; what you wrote is kept among its saves",
            draft=current.model_dump(mode="json") if current else None,
        )

    async def _save(self, who: Staff, key: Key, text: str, version: int, rebase: bool) -> bool:
        async with self._db.write() as connection:
            row = await repository.find(connection, key, lock=True)
            if row is None and version == 0:
                await self._begin(connection, who, key, text, "console")
                return False
            if row is not None and row.text == text and not (rebase and row.version == version):
                return False
            if row is None or row.version != version:
                await repository.add_save(connection, key, who, version, text, "refused")
                await audit_log.record(connection, who, "draft.refused", **audited(key), version=version)
                return True
            await self._next(connection, who, key, row, text, rebase)
            return False

    async def undo(self, who: Staff, key: Key, version: int) -> Draft:
        """Go back to what was saved before. Raises Conflict when there is nothing before, or the draft was changed."""
        async with self._db.write() as connection:
            row = await found(connection, key)
            if row.version != version:
                raise Conflict(
                    f"{row.saved_by} saved this draft meanwhile; look at it first",
                    draft=(await _draft(connection, row)).model_dump(mode="json"),
                )
            saves = await repository.undoable(connection, key, row.first_save)
            if len(saves) < 2:
                raise Conflict("there is nothing to undo; this is how the draft began")
            await repository.undo(connection, saves[0].id)
            changes = {"text": saves[1].text, "version": row.version + 1, "status": "draft"}
            await repository.change(connection, key, who, **changes)
            await audit_log.record(connection, who, "draft.undone", **audited(key), version=row.version)
            return await read(connection, key)

    async def discard(self, who: Staff, key: Key) -> None:
        """Take a draft away; its text stays among the saves."""
        async with self._db.write() as connection:
            row = await found(connection, key)
            await repository.add_save(connection, key, who, row.version, row.text, "discarded")
            await repository.remove(connection, key)
            await audit_log.record(connection, who, "draft.discarded", **audited(key), version=row.version)

    async def saves(self, key: Key, before: int | None) -> list[Save]:
        """What was typed for an article, newest first, older than the save ``before``."""
        async with self._db.read() as connection:
            rows = await repository.saves(connection, key, SAVES_SHOWN, before)
        return [_shown(row) for row in rows]

    async def _begin(self, connection: AsyncConnection, by: Staff | str, key: Key, text: str, source: str) -> None:
        live = await repository.live(connection, key)
        first = 0
        if live is not None:
            first = await repository.add_save(connection, key, by, 0, source_of(live), "base")
        saved = await repository.add_save(connection, key, by, 1, text)
        values = {"base_revision": live.number if live else None, "first_save": first or saved, "source": source}
        await repository.create(connection, key, by, text=text, **values)
        await audit_log.record(connection, _who(by), "draft.begun", **audited(key), source=source)

    async def _next(
        self, connection: AsyncConnection, by: Staff | str, key: Key, row: Row[Any], text: str, rebase: bool = False
    ) -> None:
        last = await repository.last_save_by(connection, key, by.id) if isinstance(by, Staff) else None
        version = row.version + 1
        changes: dict[str, Any] = {"text": text, "version": version, "status": "draft"}
        if rebase:
            live = await repository.live(connection, key)
            changes["base_revision"] = live.number if live else None
        if text != row.text:
            await repository.add_save(connection, key, by, version, text)
        await repository.change(connection, key, by, **changes)
        if last is None or now() - last > SAVED_AGAIN:
            await audit_log.record(connection, _who(by), "draft.saved", **audited(key), version=version)


async def read(connection: AsyncConnection, key: Key) -> Draft:
    """A draft. Raises NotFound."""
    return await _draft(connection, await found(connection, key, lock=False))


def source_of(row: Row[Any]) -> str:
    """The file of a revision: as it was written, else as we write it."""
    return str(row.source) if row.source is not None else render(Article.model_validate(row.article))


def problems_of(text: str, key: Key, is_new: bool) -> tuple[Article | None, list[DraftProblem]]:
    """The article that a draft's text is, or the faults that keep it from being that article. A new one may yet be
    given another id."""
    try:
        article = parse(text, "draft")
    except InvalidArticles as error:
        return None, [DraftProblem(line=one.line, field=one.field, message=one.message) for one in error.problems]
    named: Sequence[tuple[str, str, str]] = [("id", article.id, key[0]), ("locale", article.locale, key[1])]
    wrong = [
        DraftProblem(line=1, field=name, message=f"must stay `{wanted}`; begin another draft for another {name}")
        for name, said, wanted in named
        if said != wanted and not is_new
    ]
    return (None, wrong) if wrong else (article, [])


async def found(connection: AsyncConnection, key: Key, lock: bool = True) -> Row[Any]:
    """A draft's row. Raises NotFound."""
    row = await repository.find(connection, key, lock)
    if row is None:
        raise NotFound(f"there is no draft of `{key[0]}` ({key[1]}); save one with version 0")
    return row


async def _draft(connection: AsyncConnection, row: Row[Any]) -> Draft:
    key = row.article_id, row.locale
    live = await repository.live(connection, key)
    number = live.number if live else None
    return Draft(
        article_id=row.article_id,
        locale=row.locale,
        text=row.text,
        version=row.version,
        base_revision=row.base_revision,
        live_revision=number,
        outdated=row.base_revision != number,
        status=row.status,
        source=row.source,
        saved_at=row.saved_at,
        saved_by=row.saved_by,
        problems=problems_of(row.text, key, row.base_revision is None)[1],
    )


def _named(text: str) -> Key:
    """The key that a new text names; one without an id gets one."""
    article_id, locale = key_in(text)
    if not text.strip():
        raise InvalidInput("text: is empty; write something")
    return article_id or f"draft-{secrets.token_hex(4)}", locale


def audited(key: Key) -> dict[str, str]:
    """How the audit trail names an article."""
    return {"article_id": key[0], "locale": key[1]}


def _who(by: Staff | str) -> Staff:
    return by if isinstance(by, Staff) else Staff(0, "", by, "editor")


def _shown(row: Row[Any]) -> Save:
    return Save(
        id=row.id,
        version=row.version,
        kind=row.kind,
        text=row.text,
        undone=row.undone,
        at=row.at,
        by=row.by_name,
    )
