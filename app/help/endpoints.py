"""The content API of the help centre."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from app.answer.types import VisitorAudience
from app.auth import Visitor
from app.deps import AnyoneDep
from app.errors import InvalidInput
from app.help.schemas import ArticleView, SearchResults, TopicList
from app.help.service import HelpService
from app.inputs import Locale, clean

router = APIRouter(prefix="/v1", tags=["help centre"])
Audience = Annotated[VisitorAudience | None, Query(description="defaults to the token's, else buyer")]
Language = Annotated[Locale | None, Query(description="defaults to the token's, else en")]


async def help_service(request: Request) -> HelpService:
    """This process's help centre."""
    found: HelpService = request.app.state.help
    return found


HelpDep = Annotated[HelpService, Depends(help_service)]


async def _reader(who: AnyoneDep, audience: Audience = None, locale: Language = None) -> tuple[VisitorAudience, str]:
    own = who if isinstance(who, Visitor) else None
    if own and own.audience and audience and audience != own.audience:
        raise InvalidInput(f"audience: this token is for a {own.audience}; leave `audience` out")
    return (own.audience if own and own.audience else audience) or "buyer", locale or (own.locale if own else "en")


ReaderDep = Annotated[tuple[VisitorAudience, str], Depends(_reader)]


@router.get("/search")
async def search(
    pages: HelpDep,
    reader: ReaderDep,
    q: Annotated[str, Query(max_length=500)] = "",
    limit: Annotated[int, Query(ge=1, le=20)] = 8,
) -> SearchResults:
    """Articles for a few words, best first."""
    try:
        words = clean(q)
    except ValueError as error:
        raise InvalidInput(f"q: {error}") from None
    return SearchResults(results=await pages.search(words, *reader, limit))


@router.get("/topics")
async def topics(pages: HelpDep, reader: ReaderDep) -> TopicList:
    """Topics and their articles."""
    return TopicList(topics=await pages.topics(*reader))


@router.get("/articles/{article_id}")
async def article(
    article_id: str, pages: HelpDep, reader: ReaderDep, revision: Annotated[int | None, Query(ge=1, lt=2**31)] = None
) -> ArticleView:
    """One article; ``revision`` asks for an earlier one, as old citations do."""
    return await pages.article(article_id, *reader, revision)
