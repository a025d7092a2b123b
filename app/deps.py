"""What endpoints depend on: the services of this process, and who is asking."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hmac import compare_digest
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.answer.answerer import Answerer
from app.answer.retriever import Retriever
from app.auth import OWNER_PREFIX, STAFF_PREFIX, Role, Staff, Visitor, VisitorTokens
from app.calibration.service import CalibrationService
from app.chat.identity import IdentityService
from app.chat.service import ChatService
from app.chat.worker import TurnWorker
from app.db import Database
from app.errors import Forbidden, Unauthorized
from app.handoff.brief import BriefService
from app.handoff.service import HandoffService
from app.limits import Limiter
from app.live import Live
from app.settings import Settings
from app.staff import find_staff
from ingest.pipeline import Publisher

COMMAND_LINE = Staff(0, "command-line", "Command line", "admin")
_bearer = HTTPBearer(auto_error=False, description="A visitor's token from POST /v1/visitors, or a staff token")


@dataclass(frozen=True)
class Services:
    """Everything that one process is made of; built in ``main``, looked up in ``app.state``."""

    settings: Settings
    db: Database
    live: Live
    limiter: Limiter
    tokens: VisitorTokens
    publisher: Publisher
    retriever: Retriever
    answerer: Answerer
    worker: TurnWorker
    chat: ChatService
    identity: IdentityService
    handoffs: HandoffService
    briefs: BriefService
    calibration: CalibrationService


async def services(request: Request) -> Services:
    """This process's services."""
    found: Services = request.app.state.services
    return found


ServicesDep = Annotated[Services, Depends(services)]
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


async def caller(parts: ServicesDep, credentials: Credentials) -> Visitor | Staff | None:
    """Who a token belongs to; None without one. Raises Unauthorized for a token that is not valid."""
    if credentials is None:
        return None
    token = credentials.credentials
    if token.startswith(OWNER_PREFIX):
        if compare_digest(token.encode("utf-8", "replace"), parts.settings.owner_token.encode()):
            return COMMAND_LINE
        raise Unauthorized("this token is not this server's")
    if not token.startswith(STAFF_PREFIX):
        return parts.tokens.read(token)
    async with parts.db.read() as connection:
        found = await find_staff(connection, token)
    if found is None:
        raise Unauthorized("this staff token is not known; make one with `baton staff add`")
    return found


CallerDep = Annotated[Visitor | Staff | None, Depends(caller)]


async def visitor(who: CallerDep) -> Visitor:
    """A visitor, and nobody else."""
    if isinstance(who, Visitor):
        return who
    if who is None:
        raise Unauthorized("send a visitor's token as `Authorization: Bearer ...`; POST /v1/visitors gives one")
    raise Forbidden("this is for visitors; staff have their own routes")


def has_role(role: Role) -> Callable[[Visitor | Staff | None], Awaitable[Staff]]:
    """A dependency: staff whose role includes ``role``."""

    async def check(who: CallerDep) -> Staff:
        if who is None:
            raise Unauthorized("send a staff token as `Authorization: Bearer ...`; `baton staff add` makes one")
        if not isinstance(who, Staff):
            raise Forbidden("this is for staff")
        if not who.can(role):
            raise Forbidden(f"this needs the role {role}; yours is {who.role}")
        return who

    return check


VisitorDep = Annotated[Visitor, Depends(visitor)]
AgentDep = Annotated[Staff, Depends(has_role("agent"))]
LeadDep = Annotated[Staff, Depends(has_role("lead"))]
EditorDep = Annotated[Staff, Depends(has_role("editor"))]


async def reader(who: CallerDep) -> Visitor | Staff:
    """A visitor, or staff who work at the desk."""
    if who is None:
        raise Unauthorized("send a token as `Authorization: Bearer ...`; POST /v1/visitors gives one")
    if isinstance(who, Staff) and not who.can("agent"):
        raise Forbidden(f"this needs the role agent; yours is {who.role}")
    return who


ReaderDep = Annotated[Visitor | Staff, Depends(reader)]
AnyoneDep = CallerDep
