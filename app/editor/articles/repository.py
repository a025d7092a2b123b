"""SQL of articles as editors see them. Works inside the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, String, and_, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from app.editor.keys import Key
from app.models import event, publish_job
from ingest.tables import is_live, live_revision, revision


@dataclass
class Use:
    """How often an article is cited in answers, and what came after."""

    cited: int = 0
    helpful: int = 0
    unhelpful: int = 0
    handed_off: int = 0


async def newest(connection: AsyncConnection, article_id: str | None = None) -> list[Row[Any]]:
    """Of each article and language the revision that is live, or else the last that was: with ``live``, and ``since``,
    the publication that the revision was first live in."""
    times = (
        select(
            live_revision.c.revision_id,
            func.min(live_revision.c.since).label("since"),
            func.max(live_revision.c.since).label("latest"),
            func.max(case((is_live(), 1), else_=0)).label("live"),
        )
        .group_by(live_revision.c.revision_id)
        .subquery()
    )
    query: Select[Any] = select(
        revision.c.article_id,
        revision.c.locale,
        revision.c.number,
        revision.c.title,
        revision.c.kind,
        revision.c.topic,
        revision.c.for_buyer,
        revision.c.for_seller,
        revision.c.for_agent,
        revision.c.valid_from,
        revision.c.valid_until,
        revision.c.created_at,
        revision.c.article["owner"].as_string().label("owner"),
        revision.c.article["reviewed"].as_string().label("reviewed"),
        revision.c.article["review_every"].as_integer().label("review_every"),
        times.c.since,
        times.c.latest,
        times.c.live,
    ).join(times, times.c.revision_id == revision.c.id)
    if article_id is not None:
        query = query.where(revision.c.article_id == article_id)
    rows = (await connection.execute(query)).all()
    best: dict[Key, Row[Any]] = {}
    for row in rows:
        other = best.get((row.article_id, row.locale))
        if other is None or (bool(row.live), row.latest) > (bool(other.live), other.latest):
            best[row.article_id, row.locale] = row
    return list(best.values())


async def revisions(connection: AsyncConnection, key: Key) -> list[Row[Any]]:
    """Every stay of an article's revisions among what is live: number, created_at, since; newest first."""
    query: Select[Any] = (
        select(revision.c.number, revision.c.created_at, live_revision.c.since)
        .join(live_revision, live_revision.c.revision_id == revision.c.id)
        .where(revision.c.article_id == key[0], revision.c.locale == key[1])
        .order_by(revision.c.number.desc(), live_revision.c.since)
    )
    return list((await connection.execute(query)).all())


async def text_of(connection: AsyncConnection, key: Key, number: int) -> Row[Any] | None:
    """A revision that was live once."""
    was_live = select(live_revision.c.revision_id).where(live_revision.c.revision_id == revision.c.id).exists()
    query = select(revision).where(
        revision.c.article_id == key[0], revision.c.locale == key[1], revision.c.number == number, was_live
    )
    row: Row[Any] | None = (await connection.execute(query)).first()
    return row


async def scheduled(connection: AsyncConnection) -> set[Key]:
    """Articles that a job will publish at its time."""
    query = select(publish_job.c.request).where(publish_job.c.state == "scheduled")
    return {
        (one["article_id"], one["locale"])
        for request in (await connection.execute(query)).scalars()
        for one in [*request.get("drafts", []), *request.get("removals", [])]
    }


async def uses(connection: AsyncConnection, since: datetime) -> dict[str, Use]:
    """How often articles were cited since a moment, by id, and what came after."""
    cited = _cited(connection, since).subquery()
    found: dict[str, Use] = {}
    counts = select(cited.c.article_id, func.count()).group_by(cited.c.article_id)
    for article_id, count in await connection.execute(counts):
        found[article_id] = Use(cited=count)
    said = event.c.data
    answered = and_(
        event.c.conversation_id == cited.c.conversation_id,
        event.c.type == "feedback",
        said["seq"].as_integer() == cited.c.seq,
    )
    votes = (
        select(cited.c.article_id, cited.c.conversation_id, cited.c.seq, said["helpful"].as_boolean())
        .join(event, answered)
        .order_by(event.c.seq)
    )
    last = {(row[0], row[1], row[2]): bool(row[3]) for row in await connection.execute(votes)}
    for (article_id, _, _), helpful in last.items():
        if helpful:
            found[article_id].helpful += 1
        else:
            found[article_id].unhelpful += 1
    after = and_(
        event.c.conversation_id == cited.c.conversation_id,
        event.c.type == "handoff.opened",
        event.c.episode == cited.c.episode,
        event.c.seq > cited.c.seq,
    )
    lost = select(cited.c.article_id, func.count()).where(select(event.c.seq).where(after).exists())
    for article_id, count in await connection.execute(lost.group_by(cited.c.article_id)):
        found[article_id].handed_off = count
    return found


def _cited(connection: AsyncConnection, since: datetime) -> Select[Any]:
    """Each answer and each article that it cites, once."""
    if connection.dialect.name == "sqlite":
        each = func.json_each(event.c.data, "$.citations").table_valued("value", name="citation")
        article_id: ColumnElement[Any] = func.json_extract(each.c.value, "$.article_id")
    else:
        each = func.json_array_elements(event.c.data["citations"]).table_valued("value", name="citation")
        article_id = each.c.value.op("->>")("article_id")
    return (
        select(event.c.conversation_id, event.c.seq, event.c.episode, cast(article_id, String).label("article_id"))
        .select_from(event)
        .join(each, event.c.type == "message.bot")
        .where(event.c.type == "message.bot", event.c.at >= since, event.c.data["outcome"].as_string() == "answer")
        .distinct()
    )
