"""Checks of drafts as they are written, of all that is live, and the preview."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from app.deps import EditorDep
from app.editor.checks.schemas import (
    Checked,
    CheckRequest,
    LiveChecked,
    LiveFinding,
    Preview,
    PreviewRequest,
)
from app.editor.checks.service import ChecksService

router = APIRouter(prefix="/v1/editor", tags=["editor"])
MAX_WAIT = 60


async def checks_service(request: Request) -> ChecksService:
    """This process's checks."""
    found: ChecksService = request.app.state.checks
    return found


ChecksDep = Annotated[ChecksService, Depends(checks_service)]


@router.post("/checks")
async def check_draft(body: CheckRequest, editor: EditorDep, checks: ChecksDep) -> Checked:
    """What should be looked at in a draft. A text that is no article yet has its faults as findings."""
    return Checked(findings=await asyncio.to_thread(checks.check, body.text))


@router.get("/checks")
async def check_live(
    editor: EditorDep, checks: ChecksDep, wait: Annotated[float, Query(ge=0, le=MAX_WAIT)] = 0
) -> LiveChecked:
    """Findings about all live articles, after at most ``wait`` seconds; ``checked`` says how far it has come."""
    swept = await asyncio.to_thread(checks.check_live, wait)
    titles = {article.key: article.title for article in swept.articles}
    findings = [
        LiveFinding(**finding.model_dump(), article_id=key[0], locale=key[1], title=titles[key])
        for key, found in swept.findings.items()
        for finding in found
    ]
    return LiveChecked(findings=findings, checked=len(swept.findings), total=len(swept.articles))


@router.post("/preview")
async def preview(body: PreviewRequest, editor: EditorDep, checks: ChecksDep) -> Preview:
    """The help centre's page of a draft, and the assistant's answer from it to ``question``."""
    return await asyncio.to_thread(checks.preview, body.text, body.question)
