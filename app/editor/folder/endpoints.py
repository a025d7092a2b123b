"""The API of conflicts between folder and console."""

from typing import Annotated

from fastapi import APIRouter, Path

from app.deps import EditingDep, EditorDep, ServicesDep
from app.editor.folder.schemas import Conflicts, Settle, Settled
from app.editor.keys import ArticleId, ArticleLocale

router = APIRouter(prefix="/v1/editor", tags=["editor"])


@router.get("/conflicts")
async def conflicts(editor: EditingDep, parts: ServicesDep) -> Conflicts:
    """Articles that the last import of a folder left as they are, because both sides had changed them."""
    return Conflicts(items=await parts.conflicts.every())


@router.post("/conflicts/{article_id}/{locale}")
async def settle(
    article_id: Annotated[ArticleId, Path()],
    locale: Annotated[ArticleLocale, Path()],
    given: Settle,
    editor: EditorDep,
    parts: ServicesDep,
) -> Settled:
    """Decide for the folder or for the console."""
    return await parts.conflicts.settle(editor, (article_id, locale), given.take)
