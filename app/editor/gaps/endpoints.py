"""The API of gaps, for editors."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from app.deps import EditorDep, ServicesDep
from app.editor.drafts.schemas import Draft
from app.editor.gaps.schemas import Gaps

router = APIRouter(prefix="/v1/editor", tags=["editor"])


@router.get("/gaps")
async def gaps(editor: EditorDep, parts: ServicesDep, days: Annotated[int, Query(ge=1, le=90)] = 30) -> Gaps:
    """What visitors asked and were not answered well, grouped by meaning, the costliest first: abstained on, handed
    off, asked back in vain, rated unhelpful or asked twice."""
    return Gaps(items=await parts.gaps.every(days))


@router.post("/gaps/{gap_id}/draft", status_code=201)
async def draft(gap_id: Annotated[int, Path(ge=1, lt=2**31)], editor: EditorDep, parts: ServicesDep) -> Draft:
    """Begin the article that is missing, from what agents answered and how visitors asked. Sent again, it is the same
    draft."""
    return await parts.gaps.draft(editor, gap_id)
