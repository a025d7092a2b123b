"""SQL of published articles, as visitors may read them. FAQs only: an SOP cannot be asked for here."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.answer.types import VisitorAudience
from ingest.tables import is_live, live_revision, revision

_FOR = {"buyer": revision.c.for_buyer, "seller": revision.c.for_seller}


def _shown_to(audience: VisitorAudience) -> ColumnElement[bool]:
    return and_(revision.c.kind == "faq", _FOR[audience].is_(True))


def _live(audience: VisitorAudience, today: date) -> Select[Any]:
    return (
        select(revision)
        .join(live_revision, live_revision.c.revision_id == revision.c.id)
        .where(
            is_live(),
            or_(revision.c.valid_from.is_(None), revision.c.valid_from <= today),
            or_(revision.c.valid_until.is_(None), revision.c.valid_until >= today),
            _shown_to(audience),
        )
    )


async def live_articles(connection: AsyncConnection, audience: VisitorAudience, today: date) -> Sequence[Row[Any]]:
    """Every article that an audience may read today, in every language."""
    query = _live(audience, today).order_by(revision.c.title)
    return list((await connection.execute(query)).all())


async def live_article(
    connection: AsyncConnection, audience: VisitorAudience, article_id: str, today: date
) -> Sequence[Row[Any]]:
    """One article in every language; empty when the audience may not read it."""
    query = _live(audience, today).where(revision.c.article_id == article_id)
    return list((await connection.execute(query)).all())


async def past_article(
    connection: AsyncConnection, audience: VisitorAudience, article_id: str, number: int, today: date
) -> Sequence[Row[Any]]:
    """A revision that was live once, not before its first day: what an old citation points at."""
    begun = or_(revision.c.valid_from.is_(None), revision.c.valid_from <= today)
    was_live = exists().where(live_revision.c.revision_id == revision.c.id)
    query = select(revision).where(
        revision.c.article_id == article_id, revision.c.number == number, _shown_to(audience), was_live, begun
    )
    return list((await connection.execute(query)).all())
