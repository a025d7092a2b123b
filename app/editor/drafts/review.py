"""Review: comments on a draft, and a second person's word on it."""

from typing import Any

from sqlalchemy import Row

from app import audit_log
from app.auth import Staff
from app.db import Database
from app.editor.drafts import repository
from app.editor.drafts.schemas import Comment, Draft, NewComment, ReviewDraft
from app.editor.drafts.service import audited, found, problems_of, read
from app.editor.keys import Key
from app.errors import Conflict, Forbidden, NotFound

STATUS = {"request": "in_review", "approve": "approved", "reject": "draft"}


class ReviewService:
    """A draft's way from its author to somebody else. Every save sends it back to the start."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def review(self, who: Staff, key: Key, given: ReviewDraft) -> Draft:
        """Ask for a review, approve or reject. Raises Forbidden when an author approves, Conflict when the draft is
        not what was read or not in review."""
        async with self._db.write() as connection:
            row = await found(connection, key)
            if given.version is not None and row.version != given.version:
                raise Conflict(f"{row.saved_by} saved this draft meanwhile; read it again")
            if given.action == "request" and problems_of(row.text, key, row.base_revision is None)[1]:
                raise Conflict("this draft cannot be published as it is; mend its problems first")
            if given.action != "request" and row.status != "in_review":
                raise Conflict("this draft is not in review; ask for one first")
            if given.action == "approve":
                authors = await repository.authors(connection, key, row.first_save)
                if any(number == who.id or (number is None and name == who.name) for number, name in authors):
                    raise Forbidden("you wrote this draft; somebody else must approve it")
            await repository.change(connection, key, status=STATUS[given.action])
            values = {"version": row.version, "line": None, "action": given.action, "text": given.comment}
            await repository.add_comment(connection, key, who, **values)
            await audit_log.record(connection, who, f"draft.{given.action}", **audited(key), version=row.version)
            return await read(connection, key)

    async def comment(self, who: Staff, key: Key, given: NewComment) -> Comment:
        """Say something about a draft, or about the live article when there is no draft. Raises NotFound."""
        async with self._db.write() as connection:
            row = await repository.find(connection, key)
            if row is None and await repository.live(connection, key) is None:
                raise NotFound(f"there is no article `{key[0]}` ({key[1]})")
            values = {"version": row.version if row else 0, "line": given.line, "action": None, "text": given.text}
            number = await repository.add_comment(connection, key, who, **values)
            await audit_log.record(connection, who, "draft.commented", **audited(key), comment=number)
            return _comment((await repository.comments(connection, key))[-1])

    async def comments(self, key: Key) -> list[Comment]:
        """What was said about an article's drafts, oldest first."""
        async with self._db.read() as connection:
            return [_comment(row) for row in await repository.comments(connection, key)]


def _comment(row: Row[Any]) -> Comment:
    return Comment(
        id=row.id, version=row.version, line=row.line, action=row.action, text=row.text, at=row.at, by=row.by_name
    )
