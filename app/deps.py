"""What endpoints depend on: the services of this process, and who is asking."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hmac import compare_digest
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.answer.answerer import Answerer
from app.answer.retriever import Retriever
from app.audit_log import Reads
from app.auth import COMMAND_LINE, OWNER_PREFIX, STAFF_PREFIX, Role, Staff, Visitor, VisitorTokens, csrf_of
from app.calibration.service import CalibrationService
from app.chat.identity import IdentityService
from app.chat.service import ChatService
from app.chat.worker import TurnWorker
from app.db import Database
from app.editor.articles.service import ArticleService
from app.editor.drafts.bulk import BulkService
from app.editor.drafts.review import ReviewService
from app.editor.drafts.service import DraftService
from app.editor.folder.conflicts import ConflictService
from app.editor.gaps.service import GapService
from app.editor.gate.service import GateService
from app.editor.imports.service import ImportService
from app.editor.publishing.runner import Runner
from app.editor.publishing.service import PublishService
from app.editor.webhooks.sender import Sender
from app.editor.webhooks.service import WebhookService
from app.errors import CsrfFailed, Forbidden, Unauthorized
from app.handoff.brief import BriefService
from app.handoff.service import HandoffService
from app.handoff.snoozes import Snoozes
from app.handoff.steps import Steps
from app.handoff.taking import Taking
from app.handoff.writing import Writing
from app.inbox.service import InboxService
from app.limits import Limiter
from app.live import Live
from app.origin import Origins, is_ours
from app.pictures.service import PictureService
from app.presence import Presence
from app.saved.service import SavedReplyService
from app.settings import Settings
from app.staff.attendance import Attendance
from app.staff.repository import find_staff
from app.staff.service import StaffService
from ingest.pipeline import Publisher

if TYPE_CHECKING:
    from app.staff.oidc import Oidc

SESSION_COOKIE = "baton_session"
CSRF_HEADER = "x-csrf-token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
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
    reads: Reads
    staff: StaffService
    attendance: Attendance
    pictures: PictureService
    presence: Presence
    inbox: InboxService
    taking: Taking
    writing: Writing
    snoozes: Snoozes
    steps: Steps
    saved: SavedReplyService
    imports: ImportService
    origins: Origins
    articles: ArticleService
    drafts: DraftService
    reviews: ReviewService
    bulk: BulkService
    conflicts: ConflictService
    publishing: PublishService
    runner: Runner
    gaps: GapService
    webhooks: WebhookService
    sender: Sender
    gate: GateService
    oidc: "Oidc | None"


async def services(request: Request) -> Services:
    """This process's services."""
    found: Services = request.app.state.services
    return found


ServicesDep = Annotated[Services, Depends(services)]
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def base_url(request: Request, settings: Settings) -> str:
    """How browsers reach us, without a slash at the end."""
    return (settings.public_url or str(request.base_url)).rstrip("/")


def is_secure(request: Request, settings: Settings) -> bool:
    """Whether cookies may be kept to https."""
    return request.url.scheme == "https" or settings.public_url.startswith("https://")


def address_of(request: Request, parts: Services) -> str:
    """The network address that a request came from."""
    peer = request.client.host if request.client else ""
    return parts.origins.address(peer, request.headers.get("x-forwarded-for", ""))


async def our_page(request: Request, parts: ServicesDep) -> None:
    """Only a page of ours, or no browser at all, may do this. Raises CsrfFailed."""
    headers = request.headers
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if not is_ours(site, origin, headers.get("host"), parts.settings.public_url):
        raise CsrfFailed("this request came from a page of another site; open the desk and try there")


OurPageDep = Annotated[None, Depends(our_page)]


async def _by_cookie(request: Request, parts: Services) -> Staff | None:
    """Who a session's cookie belongs to. What changes something must come from our page, with the session's token:
    ``SameSite=Lax`` alone lets sibling domains of the same site through."""
    token = request.cookies.get(SESSION_COOKIE)
    found = await parts.staff.find(token) if token else None
    if token is None or found is None:
        return None
    if request.method not in SAFE_METHODS:
        await our_page(request, parts)
        sent = request.headers.get(CSRF_HEADER, "")
        if not compare_digest(sent.encode("utf-8", "replace"), csrf_of(token).encode()):
            raise CsrfFailed("send the `csrf` of GET /v1/session as `X-CSRF-Token`")
    return found.who


async def caller(request: Request, parts: ServicesDep, credentials: Credentials) -> Visitor | Staff | None:
    """Who a token, or else a session's cookie, belongs to; None without one. Raises Unauthorized for a token that is
    not valid; a cookie that is over counts as none."""
    if credentials is None:
        return await _by_cookie(request, parts)
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


async def staff_only(who: CallerDep) -> Staff:
    """Staff of any role."""
    if who is None:
        raise Unauthorized("sign in, or send a staff token as `Authorization: Bearer ...`; `baton staff add` makes one")
    if not isinstance(who, Staff):
        raise Forbidden("this is for staff")
    return who


StaffDep = Annotated[Staff, Depends(staff_only)]


def has_role(role: Role) -> Callable[[Staff], Awaitable[Staff]]:
    """A dependency: staff whose role includes ``role``."""

    async def check(who: StaffDep) -> Staff:
        if not who.can(role):
            raise Forbidden(f"this needs the role {role}; yours is {who.role}")
        return who

    return check


VisitorDep = Annotated[Visitor, Depends(visitor)]
AgentDep = Annotated[Staff, Depends(has_role("agent"))]
EditorDep = Annotated[Staff, Depends(has_role("editor"))]
LeadDep = Annotated[Staff, Depends(has_role("lead"))]


async def editing(who: StaffDep) -> Staff:
    """Who works on articles: editors, and leads who answer for them."""
    if not who.can("editor") and not who.can("lead"):
        raise Forbidden(f"this needs the role editor; yours is {who.role}")
    return who


EditingDep = Annotated[Staff, Depends(editing)]
AdminDep = Annotated[Staff, Depends(has_role("admin"))]


async def person(agent: AgentDep, parts: ServicesDep) -> Staff:
    """An agent with an account: the command line's token holds no conversations."""
    if agent.id == COMMAND_LINE.id:
        raise Forbidden("the command line does this for nobody; use an account of `baton staff add`")
    await parts.attendance.here(agent)
    return agent


PersonDep = Annotated[Staff, Depends(person)]


async def looking_agent(conversation_id: str, agent: AgentDep, parts: ServicesDep) -> Staff:
    """An agent who reads a conversation; the audit log knows of it first."""
    await parts.reads.note(agent, conversation_id)
    return agent


LookingAgentDep = Annotated[Staff, Depends(looking_agent)]


async def reader(conversation_id: str, who: CallerDep, parts: ServicesDep) -> Visitor | Staff:
    """A visitor, or staff who work at the desk: of them the audit log knows first."""
    if who is None:
        raise Unauthorized("send a token as `Authorization: Bearer ...`; POST /v1/visitors gives one")
    if isinstance(who, Staff):
        if not who.can("agent"):
            raise Forbidden(f"this needs the role agent; yours is {who.role}")
        await parts.reads.note(who, conversation_id)
    return who


ReaderDep = Annotated[Visitor | Staff, Depends(reader)]
AnyoneDep = CallerDep
