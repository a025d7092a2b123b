"""Rows of the article list: where one article stands, from what is live and what is being written."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row

from app.editor.articles.repository import Use
from app.editor.articles.schemas import ArticleRow, ArticleStatus
from app.editor.drafts.service import problems_of
from app.editor.keys import Key
from ingest.article import Article


def status_of(row: Row[Any] | None, draft: Row[Any] | None, later: bool) -> ArticleStatus:
    """``row``: what is or was live; ``later``: a job will publish or remove it at its time."""
    if later:
        return "scheduled"
    if draft is not None and draft.status != "draft":
        status: ArticleStatus = draft.status
        return status
    is_live = row is not None and bool(row.live)
    if draft is not None:
        return "changed" if is_live else "draft"
    return "live" if is_live else "removed"


def is_stale(row: Row[Any] | None, source: Row[Any] | None) -> bool:
    """Whether the source was changed after its translation: by the publications that the two first stood in."""
    if row is None or source is None or row is source or not row.live or not source.live:
        return False
    return bool(source.since > row.since)


def row_of(
    key: Key, row: Row[Any] | None, draft: Row[Any] | None, status: ArticleStatus, stale: bool, use: Use
) -> ArticleRow:
    """An article as its draft has it, or else as it is or was live."""
    article = problems_of(draft.text, key, draft.base_revision is None)[0] if draft is not None else None
    said = _of_article(article) if article else _of_revision(row) if row is not None else _of_nothing(key)
    reviewed, every = said["reviewed"], said.pop("review_every")
    return ArticleRow(
        article_id=key[0],
        locale=key[1],
        status=status,
        live_revision=row.number if row is not None and row.live else None,
        has_draft=draft is not None,
        review_due=reviewed + timedelta(days=every) if reviewed and every else None,
        stale_translation=stale,
        cited=use.cited,
        helpful=use.helpful,
        unhelpful=use.unhelpful,
        handed_off=use.handed_off,
        updated_at=draft.saved_at if draft is not None else row.created_at if row is not None else None,
        **said,
    )


_FIELDS = {"title", "kind", "audience", "topic", "owner", "reviewed", "review_every", "valid_from", "valid_until"}


def _of_article(article: Article) -> dict[str, Any]:
    return article.model_dump(include=_FIELDS)


def _of_revision(row: Row[Any]) -> dict[str, Any]:
    audience = [name for name in ("buyer", "seller", "agent") if getattr(row, f"for_{name}")]
    return {
        "title": row.title,
        "kind": row.kind,
        "audience": audience,
        "topic": row.topic,
        "owner": row.owner,
        "reviewed": date.fromisoformat(row.reviewed) if row.reviewed else None,
        "review_every": row.review_every,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
    }


def _of_nothing(key: Key) -> dict[str, Any]:
    """A new draft that does not parse yet."""
    return {
        **dict.fromkeys(_FIELDS),
        "title": key[0],
        "kind": "faq",
        "audience": [],
        "topic": "general",
    }
