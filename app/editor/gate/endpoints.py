"""Asking a draft: what visitors are told now, and would be told."""

from fastapi import APIRouter

from app.deps import EditorDep, ServicesDep
from app.editor.gate.schemas import Ask, Asked

router = APIRouter(prefix="/v1/editor", tags=["editor"])


@router.post("/ask")
async def ask(asked: Ask, editor: EditorDep, parts: ServicesDep) -> Asked:
    """A question to what is live, and to the same with these drafts or unsaved texts in it. Nothing is made live, and
    nothing is stored."""
    return await parts.gate.ask(asked)
