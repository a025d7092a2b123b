"""The API of articles for editors: the list, one article, an earlier text of it."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from app.deps import EditingDep, ServicesDep
from app.editor.articles.schemas import ArticleDetail, ArticleList, ArticleRow, ArticleStatus, RevisionText, Sort
from app.editor.keys import ArticleId, ArticleLocale

router = APIRouter(prefix="/v1/editor", tags=["editor"])
Id = Annotated[ArticleId, Path()]
Language = Annotated[ArticleLocale, Path()]
Word = Annotated[str | None, Query(max_length=200)]
_ORDER: dict[Sort, tuple[Callable[[ArticleRow], Any], bool]] = {
    "title": (lambda row: row.title.casefold(), False),
    "updated": (lambda row: row.updated_at, True),
    "reviewed": (lambda row: row.reviewed or date.min, False),
    "review_due": (lambda row: row.review_due or date.max, False),
    "cited": (lambda row: row.cited, True),
    "helpful": (lambda row: row.helpful, True),
    "unhelpful": (lambda row: row.unhelpful, True),
    "handed_off": (lambda row: row.handed_off, True),
}
"""By what, and whether the largest come first."""


@router.get("/articles")
async def articles(
    editor: EditingDep,
    parts: ServicesDep,
    query: Word = None,
    status: Annotated[list[ArticleStatus] | None, Query()] = None,
    topic: Word = None,
    audience: Word = None,
    locale: Word = None,
    owner: Word = None,
    overdue: bool = False,
    sort: Sort = "title",
    after: Word = None,
) -> ArticleList:
    """Articles and drafts. ``query``: words of the title or the id; ``overdue``: whose review is due."""
    words = (query or "").casefold().split()

    def wanted(row: ArticleRow, today: date) -> bool:
        said = f"{row.title} {row.article_id}".casefold()
        return (
            all(word in said for word in words)
            and (not status or row.status in status)
            and topic in (None, row.topic)
            and (audience is None or audience in row.audience)
            and locale in (None, row.locale)
            and owner in (None, row.owner)
            and (not overdue or (row.review_due is not None and row.review_due < today))
        )

    return await parts.articles.page(wanted, *_ORDER[sort], after)


@router.get("/articles/{article_id}/{locale}")
async def article(article_id: Id, locale: Language, editor: EditingDep, parts: ServicesDep) -> ArticleDetail:
    """One article in one language: what is live, its draft, its revisions, its translations."""
    return await parts.articles.one((article_id, locale))


@router.get("/articles/{article_id}/{locale}/revisions/{number}")
async def revision(
    article_id: Id,
    locale: Language,
    number: Annotated[int, Path(ge=1, lt=2**31)],
    editor: EditingDep,
    parts: ServicesDep,
) -> RevisionText:
    """The text of a revision that was live once."""
    return await parts.articles.revision((article_id, locale), number)
