"""The API of the audit log."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from app.audit.schemas import Entries
from app.audit.service import page
from app.audit_log import Wanted
from app.deps import LeadDep, ServicesDep
from app.errors import InvalidInput
from app.inputs import clean

router = APIRouter(prefix="/v1", tags=["audit"])
Limit = Annotated[int, Query(ge=1, le=500)]
Moment = Annotated[AwareDatetime | None, Query()]
Number = Annotated[int | None, Query(ge=0, lt=2**31)]


@router.get("/audit")
async def audit(
    lead: LeadDep,
    parts: ServicesDep,
    staff: Number = None,
    action: Annotated[str | None, Query(max_length=40, description="`draft.` stands for all that begin so")] = None,
    conversation_id: Annotated[str | None, Query(max_length=36)] = None,
    since: Moment = None,
    until: Moment = None,
    before: Number = None,
    limit: Limit = 100,
) -> Entries:
    """Who saw, claimed, wrote, resolved and changed what; of the time from ``since`` to just before ``until``."""
    _check_text(action=action, conversation_id=conversation_id)
    return await page(parts.db, Wanted(staff, action, conversation_id, since, until), before, limit)


@router.get("/conversations/{conversation_id}/audit")
async def audit_of(
    conversation_id: str, lead: LeadDep, parts: ServicesDep, before: Number = None, limit: Limit = 100
) -> Entries:
    """The same for one conversation."""
    return await page(parts.db, Wanted(conversation_id=conversation_id), before, limit)


def _check_text(**given: str | None) -> None:
    """Raises InvalidInput for what no database compares, such as a NUL character."""
    for name, text in given.items():
        try:
            clean(text or "")
        except ValueError as error:
            raise InvalidInput(f"{name}: {error}") from None
