"""The API of drafts: save, undo, comment, review; who else is at it; many at once."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.deps import EditingDep, EditorDep, ServicesDep
from app.editor.drafts.schemas import (
    BulkChange,
    BulkOutcomes,
    Comment,
    Comments,
    Draft,
    NewComment,
    NewDraft,
    Others,
    Presence,
    ReviewDraft,
    SaveDraft,
    Saves,
    UndoDraft,
)
from app.editor.keys import ArticleId, ArticleLocale

router = APIRouter(prefix="/v1/editor", tags=["editor"])
Id = Annotated[ArticleId, Path()]
Language = Annotated[ArticleLocale, Path()]


@router.post("/drafts", status_code=201)
async def create(given: NewDraft, editor: EditorDep, parts: ServicesDep) -> Draft:
    """Begin a new article. Its front matter names it; without an id it gets one for the time being."""
    return await parts.drafts.create(editor, given.text)


@router.get("/drafts/{article_id}/{locale}")
async def show(article_id: Id, locale: Language, editor: EditingDep, parts: ServicesDep) -> Draft:
    """A draft as it was last saved."""
    return await parts.drafts.find((article_id, locale))


@router.put("/drafts/{article_id}/{locale}")
async def save(article_id: Id, locale: Language, given: SaveDraft, editor: EditorDep, parts: ServicesDep) -> Draft:
    """Save a draft, also one that does not parse yet. The same request sent again is the same save. A stale
    ``version`` is a 409 with the current ``draft`` in it; the refused text is kept among the saves."""
    return await parts.drafts.save(editor, (article_id, locale), given.text, given.version, given.rebase)


@router.delete("/drafts/{article_id}/{locale}", status_code=204)
async def discard(article_id: Id, locale: Language, editor: EditorDep, parts: ServicesDep) -> Response:
    """Discard a draft. Its text stays among the saves, from where it can be saved again."""
    await parts.drafts.discard(editor, (article_id, locale))
    return Response(status_code=204)


@router.get("/drafts/{article_id}/{locale}/saves")
async def saves(
    article_id: Id,
    locale: Language,
    editor: EditingDep,
    parts: ServicesDep,
    before: Annotated[int | None, Query(ge=1, lt=2**31)] = None,
) -> Saves:
    """Everything that was saved, newest first: also what was refused, undone, discarded or published."""
    return Saves(items=await parts.drafts.saves((article_id, locale), before))


@router.post("/drafts/{article_id}/{locale}/undo")
async def undo(article_id: Id, locale: Language, given: UndoDraft, editor: EditorDep, parts: ServicesDep) -> Draft:
    """Go back to the save before."""
    return await parts.drafts.undo(editor, (article_id, locale), given.version)


@router.post("/drafts/{article_id}/{locale}/review")
async def review(article_id: Id, locale: Language, given: ReviewDraft, editor: EditingDep, parts: ServicesDep) -> Draft:
    """Ask for a review, approve or reject. Nobody approves what they wrote."""
    return await parts.reviews.review(editor, (article_id, locale), given)


@router.get("/drafts/{article_id}/{locale}/comments")
async def comments(article_id: Id, locale: Language, editor: EditingDep, parts: ServicesDep) -> Comments:
    """What was said, oldest first."""
    return Comments(items=await parts.reviews.comments((article_id, locale)))


@router.post("/drafts/{article_id}/{locale}/comments", status_code=201)
async def comment(
    article_id: Id, locale: Language, given: NewComment, editor: EditingDep, parts: ServicesDep
) -> Comment:
    """Say something about a draft."""
    return await parts.reviews.comment(editor, (article_id, locale), given)


@router.post("/drafts/{article_id}/{locale}/presence")
async def presence(article_id: Id, locale: Language, given: Presence, editor: EditingDep, parts: ServicesDep) -> Others:
    """Say that one has the draft open, every 20 seconds or so, and learn who else has."""
    place = f"draft:{article_id}/{locale}"
    await parts.presence.look(editor, place, given.writing, given.gone)
    return Others(others=[look.name for look in parts.presence.at(place, editor.id)])


@router.post("/bulk")
async def bulk(given: BulkChange, editor: EditorDep, parts: ServicesDep) -> BulkOutcomes:
    """The same for many articles; each by itself, so that one that cannot keeps no other from it."""
    return await parts.bulk.change(editor, given)
