"""Publishing as editors ask for it: a job for what they chose, now or later; and back to an earlier publication."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from app import audit_log
from app.auth import Staff
from app.db import Database
from app.editor.drafts import repository as drafts_repository
from app.editor.drafts.service import problems_of
from app.editor.keys import ArticleKey, Key
from app.editor.publishing import repository
from app.editor.publishing.runner import Runner
from app.editor.publishing.schemas import Job, PublicationView, Publish, Rollback
from app.errors import Conflict, Forbidden, InvalidInput, NotFound
from app.event_log import now
from ingest.pipeline import Publisher

LATEST = timedelta(days=366)
SHOWN = 100


class PublishService:
    """Takes what is asked for; the runner carries it out."""

    def __init__(self, db: Database, publisher: Publisher, runner: Runner, review_required: bool) -> None:
        self._db, self._publisher, self._runner = db, publisher, runner
        self._review_required = review_required

    async def ask(self, who: Staff, given: Publish, idempotency_key: str | None = None) -> Job:
        """A job that publishes drafts and removes articles, all of it or nothing. The same key is the same job.

        Raises Conflict when a draft is not what was read, is not approved though it must be, or began from a text
        that is live no more; InvalidInput when one cannot be published.
        """
        _may(who, given)
        try:
            async with self._db.write() as connection:
                row = await self._known(connection, who, idempotency_key)
                if row is None:
                    row = await self._add(connection, who, given, idempotency_key)
        except IntegrityError:  # the same request, sent twice at once
            async with self._db.read() as connection:
                row = await self._known(connection, who, idempotency_key)
            if row is None:
                raise
        self._runner.wake()
        return view(row)

    async def roll_back(self, who: Staff, publication_id: int, given: Rollback, key: str | None = None) -> Job:
        """A job that makes an earlier publication live again. Raises NotFound, and Conflict when it is live."""
        async with self._db.write() as connection:
            row = await self._known(connection, who, key)
            if row is None:
                if await repository.one_publication(connection, publication_id) is None:
                    raise NotFound("there is no such publication; choose one of the list")
                if await repository.live_id(connection) == publication_id:
                    raise Conflict("this publication is live already")
                request = {"publication": publication_id}
                number = await repository.add_job(
                    connection,
                    who,
                    kind="rollback",
                    state="queued",
                    request=request,
                    note=given.reason,
                    idempotency_key=key,
                )
                asked = {"job": number, "publication": publication_id}
                await audit_log.record(connection, who, "knowledge.rollback_asked", None, **asked)
                row = await repository.job(connection, number)
        assert row is not None
        self._runner.wake()
        return view(row)

    async def job(self, job_id: int) -> Job:
        """How far a job is. Raises NotFound."""
        async with self._db.read() as connection:
            row = await repository.job(connection, job_id)
        if row is None:
            raise NotFound("there is no such job")
        return view(row)

    async def jobs(self, states: list[str]) -> list[Job]:
        """The latest jobs."""
        async with self._db.read() as connection:
            return [view(row) for row in await repository.jobs(connection, states, SHOWN)]

    async def cancel(self, who: Staff, job_id: int) -> Job:
        """End a job that has not begun. Raises Conflict when it has."""
        async with self._db.write() as connection:
            if await repository.job(connection, job_id) is None:
                raise NotFound("there is no such job")
            if not await repository.cancel(connection, job_id):
                raise Conflict("this job has begun or ended; roll back instead")
            await audit_log.record(connection, who, "knowledge.cancelled", job=job_id)
        return await self.job(job_id)

    async def publications(self, before: int | None) -> list[PublicationView]:
        """What was live, newest first, older than the publication ``before``."""
        async with self._db.read() as connection:
            rows = await repository.publications(connection, SHOWN, before)
            live = await repository.live_id(connection)
        return [self._publication(row, live) for row in rows]

    def _publication(self, row: Row[Any], live: int) -> PublicationView:
        return PublicationView(
            id=row.id,
            at=row.created_at,
            kind=row.kind or "ingest",
            by=row.by_name or "",
            note=row.note or "",
            counts=row.summary,
            kb_version=row.kb_version,
            live=row.id == live,
            kept=self._publisher.is_kept(row.kb_version),
            job=row.job_id,
            gate=row.gate,
            override_reason=row.override_reason,
        )

    @staticmethod
    async def _known(connection: AsyncConnection, who: Staff, key: str | None) -> Row[Any] | None:
        return await repository.job_by_key(connection, who.id, key) if key else None

    async def _add(self, connection: AsyncConnection, who: Staff, given: Publish, key: str | None) -> Row[Any]:
        chosen = [await self._draft(connection, one.key, one.version) for one in given.drafts]
        removals = list(dict.fromkeys(given.removals))
        await _apart(connection, chosen, removals)
        moment = now()
        if given.at is not None and given.at > moment + LATEST:
            raise InvalidInput("at: choose a time within a year")
        later = given.at if given.at is not None and given.at > moment else None
        request = {"drafts": chosen, "removals": [one.model_dump() for one in removals]}
        number = await repository.add_job(
            connection,
            who,
            kind="publish",
            state="scheduled" if later else "queued",
            request=request,
            note=given.note,
            override_reason=given.override.reason if given.override else None,
            at=later,
            idempotency_key=key,
        )
        named = [f"{one['article_id']} ({one['locale']})" for one in [*chosen, *request["removals"]]]
        at = later.isoformat() if later else None
        await audit_log.record(connection, who, "knowledge.publish_asked", job=number, articles=named[:200], at=at)
        row = await repository.job(connection, number)
        assert row is not None
        return row

    async def _draft(self, connection: AsyncConnection, key: Key, version: int) -> dict[str, Any]:
        """A draft as a job keeps it: with its text, which later saves do not change."""
        name = f"`{key[0]}` ({key[1]})"
        row = await drafts_repository.find(connection, key, lock=True)
        if row is None:
            raise Conflict(f"{name} has no draft any more; look at the list again")
        if row.version != version:
            raise Conflict(f"{row.saved_by} saved {name} meanwhile; read it again before you publish it")
        article, problems = problems_of(row.text, key, row.base_revision is None)
        if article is None:
            said = [f"{name}, line {one.line}: {one.field} {one.message}" for one in problems]
            raise InvalidInput("; ".join(said)[:2_000], problems=said[:50])
        live = await drafts_repository.live(connection, article.key)
        if row.base_revision != (live.number if live else None):
            raise Conflict(f"{name} was changed since this draft began; look at the difference and save it again")
        if self._review_required and row.status != "approved":
            raise Conflict(f"{name} needs somebody else's approval first; ask for a review")
        return {
            "article_id": key[0],
            "locale": key[1],
            "published_id": article.id,
            "published_locale": article.locale,
            "version": version,
            "base_revision": row.base_revision,
            "text": row.text,
        }


def view(row: Row[Any]) -> Job:
    """A job as the API shows it."""
    drafts = row.request.get("drafts", [])
    removals = row.request.get("removals", [])
    return Job(
        id=row.id,
        kind=row.kind,
        state=row.state,
        stage=row.stage,
        done=row.done,
        total=row.total,
        gate=row.gate,
        publication=row.publication,
        error=row.error,
        note=row.note,
        override_reason=row.override_reason,
        keys=[ArticleKey(article_id=one["article_id"], locale=one["locale"]) for one in drafts],
        removals=[ArticleKey(article_id=one["article_id"], locale=one["locale"]) for one in removals],
        by=row.by_name,
        at=row.at,
        created_at=row.created_at,
        ended_at=row.ended_at,
    )


def _may(who: Staff, given: Publish) -> None:
    if not given.drafts and not given.removals:
        raise InvalidInput("name drafts to publish, or articles to remove")
    if given.override is not None and not who.can("lead"):
        raise Forbidden(f"overriding the gate needs the role lead or admin; yours is {who.role}")
    if given.override is None and not who.can("editor"):
        raise Forbidden(f"publishing needs the role editor; yours is {who.role}, which may override the gate")


async def _apart(connection: AsyncConnection, chosen: list[dict[str, Any]], removals: list[ArticleKey]) -> None:
    """Raises when one article is named twice, waits in another job, or is to be removed and is not live."""
    keys = [(one["published_id"], one["published_locale"]) for one in chosen] + [one.key for one in removals]
    if len(set(keys)) < len(keys):
        raise InvalidInput("an article is named twice; publish or remove it, once")
    for one in removals:
        if await drafts_repository.live(connection, one.key) is None:
            raise NotFound(f"`{one.article_id}` ({one.locale}) is not live; look at the list again")
    for row in await repository.jobs(connection, repository.OPEN, SHOWN):
        theirs = {(one["published_id"], one["published_locale"]) for one in row.request.get("drafts", [])}
        theirs |= {(one["article_id"], one["locale"]) for one in row.request.get("removals", [])}
        if both := theirs & set(keys):
            article_id, locale = min(both)
            raise Conflict(f"`{article_id}` ({locale}) waits to be published by job {row.id}; cancel that first")
