"""The web application: wires the services of one process and mounts every route."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import DataError, SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware

from app.answer.answerer import Answerer
from app.answer.retriever import Retriever
from app.assets import Assets, one_asset
from app.audit import endpoints as audit_endpoints
from app.audit_log import Reads
from app.auth import VisitorTokens
from app.calibration import endpoints as calibration_endpoints
from app.calibration.service import CalibrationService
from app.chat import endpoints as chat_endpoints
from app.chat.identity import IdentityService
from app.chat.service import ChatService
from app.chat.worker import TurnWorker
from app.db import Database
from app.deps import Services
from app.editor import endpoints as editor_endpoints
from app.editor.articles import endpoints as articles_endpoints
from app.editor.articles.service import ArticleService
from app.editor.checks import endpoints as checks_endpoints
from app.editor.checks.service import ChecksService, link_hosts
from app.editor.drafts import endpoints as drafts_endpoints
from app.editor.drafts.bulk import BulkService
from app.editor.drafts.review import ReviewService
from app.editor.drafts.service import DraftService
from app.editor.folder import endpoints as conflicts_endpoints
from app.editor.folder.conflicts import ConflictService
from app.editor.gaps import endpoints as gap_endpoints
from app.editor.gaps.service import GapService
from app.editor.gate import endpoints as gate_endpoints
from app.editor.gate.service import GateService
from app.editor.imports import endpoints as imports_endpoints
from app.editor.imports.service import ImportService
from app.editor.publishing import endpoints as publishing_endpoints
from app.editor.publishing.runner import Runner
from app.editor.publishing.service import PublishService
from app.editor.webhooks import endpoints as webhook_endpoints
from app.editor.webhooks.sender import Sender
from app.editor.webhooks.service import WebhookService
from app.editor.webhooks.target import Targets
from app.errors import DESCRIBED, BatonError, InvalidInput, Unavailable
from app.handoff import endpoints as handoff_endpoints
from app.handoff.brief import BriefService
from app.handoff.service import HandoffService
from app.handoff.snoozes import Snoozes
from app.handoff.steps import Steps
from app.handoff.taking import Taking
from app.handoff.writing import Writing
from app.help import endpoints as help_endpoints
from app.help import pages
from app.help.service import HelpService
from app.inbox import endpoints as inbox_endpoints
from app.inbox.service import InboxService
from app.knowledge import open_publisher
from app.limits import build_limiter
from app.live import build_live
from app.llm import LaterModel
from app.origin import Origins
from app.outer import Outer, problem, problem_of
from app.pictures import endpoints as picture_endpoints
from app.pictures.service import PictureService
from app.presence import Presence
from app.saved import endpoints as saved_endpoints
from app.saved.service import SavedReplyService
from app.settings import Settings
from app.site_token import SiteTokens
from app.staff import endpoints as staff_endpoints
from app.staff.attendance import Attendance
from app.staff.service import StaffService
from app.today import today_in

if TYPE_CHECKING:
    from app.staff.oidc import Oidc

log = structlog.get_logger()
DIST = Path(__file__).parent / "web" / "dist"


@asynccontextmanager
async def open_services(settings: Settings, publishes: bool = True) -> AsyncIterator[Services]:
    """Everything that a serving or working process needs, closed in reverse. Who ``publishes`` calibrates too."""
    publisher = await asyncio.to_thread(open_publisher, settings)
    model = LaterModel(settings)
    model.load()
    db = Database(settings.sql_url)
    live = build_live(settings.redis_url)
    today = today_in(settings.timezone)
    retriever = Retriever(publisher, today)
    answerer = Answerer(settings, retriever, model)
    handoffs = HandoffService(db, live, retriever)
    presence = Presence(live)
    worker = TurnWorker(settings, db, live, answerer, handoffs)
    calibration = CalibrationService(settings, publisher, answerer, publishes)
    targets = Targets(settings.webhook_hosts.split(","))
    await calibration.start()
    drafts, reviews = DraftService(db), ReviewService(db)
    gate = GateService(settings, publisher, answerer, model, drafts.texts)
    webhooks = WebhookService(db, targets, settings.signing_key())
    runner = Runner(db, publisher, gate.checked, (webhooks.announce,))
    publishing = PublishService(db, publisher, runner, settings.review_required)
    try:
        yield Services(
            settings=settings,
            db=db,
            live=live,
            limiter=build_limiter(settings.redis_url),
            tokens=VisitorTokens(settings.signing_key()),
            publisher=publisher,
            retriever=retriever,
            answerer=answerer,
            worker=worker,
            chat=ChatService(db, live, worker, handoffs),
            identity=IdentityService(db, SiteTokens(settings.site_secret.get_secret_value(), settings.site_audience)),
            handoffs=handoffs,
            briefs=BriefService(db, retriever),
            calibration=calibration,
            reads=Reads(db),
            staff=StaffService(db, settings),
            attendance=Attendance(db),
            pictures=PictureService(db),
            presence=presence,
            inbox=InboxService(db, retriever, presence),
            taking=Taking(db, live, handoffs),
            writing=Writing(db, live),
            snoozes=Snoozes(db, live),
            steps=Steps(db, live),
            saved=SavedReplyService(db, retriever),
            imports=ImportService(settings, db, publisher, drafts),
            origins=Origins(settings.signing_key(), settings.trusted_proxies),
            articles=ArticleService(db, today),
            drafts=drafts,
            reviews=reviews,
            bulk=BulkService(db, drafts, reviews, publishing, today),
            conflicts=ConflictService(db, drafts, publishing),
            publishing=publishing,
            runner=runner,
            gaps=GapService(db, retriever, answerer, model, drafts),
            webhooks=webhooks,
            sender=Sender(db, targets, settings.signing_key()),
            gate=gate,
            oidc=_oidc(settings),
        )
    finally:
        await worker.stop()
        await calibration.stop()
        await live.close()
        await db.close()
        publisher.close()


def _oidc(settings: Settings) -> "Oidc | None":
    if not settings.has_oidc:
        return None
    from app.staff.oidc import Oidc  # noqa: PLC0415  a tenth of a second that most starts need not pay

    return Oidc(settings, settings.signing_key())


def create_app(settings: Settings) -> FastAPI:
    """The application. Services open when it starts."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_services(settings) as parts:
            app.state.services = parts
            app.state.help = HelpService(parts.db, parts.retriever, today_in(settings.timezone))
            app.state.checks = checks = ChecksService(parts.publisher, link_hosts(settings))
            await parts.worker.start(alone=parts.db.is_sqlite)
            await parts.presence.start()
            await parts.snoozes.start()
            await parts.runner.start(alone=parts.db.is_sqlite)
            await parts.imports.start()
            await parts.sender.start(alone=parts.db.is_sqlite)
            try:
                yield
            finally:
                await parts.sender.stop()
                await parts.imports.stop()
                await parts.runner.stop()
                await parts.snoozes.stop()
                await parts.presence.stop()
                await asyncio.to_thread(checks.stop)

    app = FastAPI(
        title="Baton",
        version="0.1.0",
        summary="The support assistant of a marketplace's help centre",
        lifespan=lifespan,
        responses=DESCRIBED,
        docs_url=None,
        redoc_url=None,
    )
    app.state.web_version = _web_version()
    for router in (
        chat_endpoints.router,
        staff_endpoints.router,
        picture_endpoints.router,
        handoff_endpoints.router,
        inbox_endpoints.router,
        saved_endpoints.router,
        audit_endpoints.router,
        editor_endpoints.router,
        articles_endpoints.router,
        drafts_endpoints.router,
        publishing_endpoints.router,
        conflicts_endpoints.router,
        checks_endpoints.router,
        imports_endpoints.router,
        gap_endpoints.router,
        webhook_endpoints.router,
        gate_endpoints.router,
        calibration_endpoints.router,
        help_endpoints.router,
        pages.router,
    ):
        app.include_router(router)
    _operations(app)
    _web(app)
    _errors(app)
    app.add_middleware(Outer)
    # Outermost: pages of other sites that carry the widget must be able to read refusals too. No cookies go along.
    app.add_middleware(
        CORSMiddleware,
        allow_origins=[origin.strip() for origin in settings.widget_origins.split(",")],
        allow_methods=["GET", "POST"],
        allow_headers=["authorization", "content-type", "last-event-id"],
        expose_headers=["retry-after"],
        max_age=3_600,
    )
    return app


def _operations(app: FastAPI) -> None:
    @app.get("/healthz", tags=["operations"])
    async def healthz() -> dict[str, str]:
        """Alive."""
        return {"status": "alive"}

    @app.get("/readyz", tags=["operations"])
    async def readyz(request: Request) -> dict[str, str]:
        """May take traffic: the database answers and a knowledge version is open."""
        parts: Services = request.app.state.services
        try:
            async with asyncio.timeout(2.0), parts.db.read() as connection:
                await connection.execute(text("SELECT 1"))
        except (SQLAlchemyError, OSError, TimeoutError):
            raise Unavailable("the database does not answer; see the server's log") from None
        live = parts.publisher.shelf.live
        if live is None:
            raise Unavailable("no knowledge is published yet; run `baton ingest knowledge`")
        return {"status": "ready", "kb_version": live.kb_version, "mode": parts.answerer.mode}

    @app.get("/metrics", tags=["operations"], response_class=Response)
    async def metrics() -> Response:
        """Prometheus."""
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _web(app: FastAPI) -> None:
    app.mount("/static", Assets(directory=DIST, check_dir=False), name="static")

    @app.get("/widget.js", include_in_schema=False)
    async def widget(request: Request) -> FileResponse:
        return one_asset(DIST / "widget.js", request.headers.get("accept-encoding", ""))

    @app.get("/desk", include_in_schema=False)
    @app.get("/desk/{page:path}", include_in_schema=False)
    async def desk(page: str = "") -> FileResponse:
        return FileResponse(DIST / "desk.html", headers={"cache-control": "no-cache"})


def _errors(app: FastAPI) -> None:
    @app.exception_handler(BatonError)
    async def baton_error(request: Request, error: BatonError) -> Response:
        return problem(error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        problems = []
        for entry in error.errors():
            place = ".".join(str(part) for part in entry["loc"] if part != "body")
            problems.append(f"{place}: {str(entry['msg']).removeprefix('Value error, ')}".removeprefix(": "))
        return problem(InvalidInput("; ".join(problems)[:2_000], problems=problems[:50]))

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> Response:
        is_page = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/v1/")
        if error.status_code == 404 and is_page:
            return pages.not_found(request)
        fields = {"type": "about:blank", "title": str(error.detail), "status": error.status_code}
        fields["detail"] = f"{error.detail}; the routes are described at /openapi.json"
        return problem_of(fields, error.status_code, dict(error.headers or {}))

    @app.exception_handler(DataError)
    async def not_storable(request: Request, error: DataError) -> Response:
        return problem(InvalidInput("a value holds what no database stores, such as a NUL character; remove it"))

    @app.exception_handler(SQLAlchemyError)
    async def no_database(request: Request, error: SQLAlchemyError) -> Response:
        log.error("database.failed", error=type(error).__name__, exc_info=error)
        return problem(Unavailable("the database does not answer just now; nothing was stored, send it again"))

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        log.error("request.failed", path=request.url.path, error=type(error).__name__, exc_info=error)
        return problem(BatonError("something failed on our side; try again in a moment"))


def _web_version() -> str:
    digest = hashlib.sha256()
    for name in ("help.css", "help.js"):
        file = DIST / name
        digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()[:8]
