"""The API of the audit log."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.audit.schemas import Entries
from app.audit.service import page
from app.deps import LeadDep, ServicesDep

router = APIRouter(prefix="/v1", tags=["audit"])
Limit = Annotated[int, Query(ge=1, le=500)]
Number = Annotated[int | None, Query(ge=0, lt=2**31)]


@router.get("/audit")
async def audit(
    lead: LeadDep,
    parts: ServicesDep,
    staff: Number = None,
    action: Annotated[str | None, Query(max_length=40)] = None,
    conversation_id: Annotated[str | None, Query(max_length=36)] = None,
    before: Number = None,
    limit: Limit = 100,
) -> Entries:
    """Who saw, claimed, wrote, resolved and changed what."""
    return await page(parts.db, limit, before, staff, action, conversation_id)


@router.get("/conversations/{conversation_id}/audit")
async def audit_of(
    conversation_id: str, lead: LeadDep, parts: ServicesDep, before: Number = None, limit: Limit = 100
) -> Entries:
    """The same for one conversation."""
    return await page(parts.db, limit, before, conversation_id=conversation_id)
