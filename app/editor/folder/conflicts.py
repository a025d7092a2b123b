"""Conflicts: articles that folder and console both changed, shown until somebody decides."""

from app import audit_log
from app.auth import Staff
from app.db import Database
from app.editor.drafts import repository as drafts_repository
from app.editor.drafts.service import DraftService, audited, source_of
from app.editor.folder import repository
from app.editor.folder.schemas import ConflictView, Settled
from app.editor.keys import ArticleKey, Key
from app.editor.publishing.schemas import Publish
from app.editor.publishing.service import PublishService
from app.errors import NotFound
from ingest.article import parse


class ConflictService:
    """Lists and settles what the last import left open."""

    def __init__(self, db: Database, drafts: DraftService, publishing: PublishService) -> None:
        self._db, self._drafts, self._publishing = db, drafts, publishing

    async def every(self) -> list[ConflictView]:
        """All that are open, with both texts."""
        found = []
        async with self._db.read() as connection:
            for row in await repository.conflicts(connection):
                live = await drafts_repository.live(connection, (row.article_id, row.locale))
                shown = ConflictView(
                    article_id=row.article_id,
                    locale=row.locale,
                    path=row.path,
                    kind=row.kind,
                    file=row.text,
                    live=source_of(live) if live else None,
                    at=row.at,
                )
                found.append(shown)
        return found

    async def settle(self, who: Staff, key: Key, take: str) -> Settled:
        """Decide for one side. The other is not lost: the live text is a revision, the file is in the folder, and as
        a draft it has saves. Raises NotFound."""
        async with self._db.write() as connection:
            row = await repository.conflict(connection, key)
            if row is None:
                raise NotFound("there is no such conflict any more; look at the list again")
            is_live = await drafts_repository.live(connection, key) is not None
            content_hash = parse(row.text, row.path).content_hash if row.text is not None else None
            await repository.settle(connection, row, content_hash)
            await audit_log.record(connection, who, "conflict.settled", **audited(key), take=take)
        if take == "console":
            return Settled(draft=False, job=None)
        if row.text is not None:
            await self._drafts.save_new(row.text, who, "folder")
            return Settled(draft=True, job=None)
        if not is_live:
            return Settled(draft=False, job=None)
        gone = ArticleKey(article_id=key[0], locale=key[1])
        job = await self._publishing.ask(who, Publish(removals=[gone], note="Removed from the folder"))
        return Settled(draft=False, job=job.id)
