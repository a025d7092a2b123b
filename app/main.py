"""The web application: wires the services of one process and mounts every route."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import DataError, SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.answer.answerer import Answerer
from app.answer.retriever import Retriever
from app.assets import Assets, one_asset
from app.auth import VisitorTokens
from app.chat import endpoints as chat_endpoints
from app.chat.identity import IdentityService
from app.chat.service import ChatService
from app.chat.worker import TurnWorker
from app.db import Database
from app.deps import Services
from app.editor import endpoints as editor_endpoints
from app.errors import DESCRIBED, PROBLEM_TYPE, BatonError, InvalidInput, TooLarge, Unavailable
from app.handoff import endpoints as handoff_endpoints
from app.handoff.brief import BriefService
from app.handoff.service import HandoffService
from app.help import endpoints as help_endpoints
from app.help import pages
from app.help.service import HelpService
from app.knowledge import open_publisher
from app.limits import build_limiter
from app.live import build_live
from app.llm import LaterModel
from app.settings import Settings
from app.site_token import SiteTokens
from app.telemetry import REQUESTS

log = structlog.get_logger()
DIST = Path(__file__).parent / "web" / "dist"
MAX_BODY = 64_000
MAX_KNOWLEDGE_BODY = 256_000_000
SECURITY = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"content-security-policy": b"default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    b"frame-ancestors 'self'",
}


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """Everything that a serving or working process needs, closed in reverse."""
    publisher = await asyncio.to_thread(open_publisher, settings)
    model = LaterModel(settings)
    model.load()
    db = Database(settings.sql_url)
    live = build_live(settings.redis_url)
    retriever = Retriever(publisher)
    answerer = Answerer(settings, retriever, model)
    handoffs = HandoffService(db, live, retriever)
    worker = TurnWorker(settings, db, live, answerer, handoffs)
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
        )
    finally:
        await worker.stop()
        await live.close()
        await db.close()
        publisher.shelf.close()


def create_app(settings: Settings) -> FastAPI:
    """The application. Services open when it starts."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_services(settings) as parts:
            app.state.services = parts
            app.state.help = HelpService(parts.db, parts.retriever)
            await parts.worker.start(alone=parts.db.is_sqlite)
            yield

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
        handoff_endpoints.router,
        editor_endpoints.router,
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
    async def desk() -> FileResponse:
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
        return _problem(fields, error.status_code, dict(error.headers or {}))

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


def problem(error: BatonError) -> Response:
    """An error as RFC 9457 has it."""
    fields = {"type": error.type, "title": error.title, "status": error.status, "detail": error.detail, **error.extra}
    headers = {"retry-after": str(error.extra["retry_after"])} if "retry_after" in error.extra else {}
    if error.status == 401:
        headers["www-authenticate"] = "Bearer"
    return _problem(fields, error.status, headers)


def _problem(fields: dict[str, object], status: int, headers: dict[str, str]) -> Response:
    return JSONResponse(fields, status_code=status, headers=headers, media_type=PROBLEM_TYPE)


class Outer:
    """Around every request: a limit on bodies, headers that browsers heed, and the count of statuses."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = MAX_KNOWLEDGE_BODY if scope["path"].startswith("/v1/knowledge") else MAX_BODY
        received, begun, refused = 0, False, False
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > limit:
            await problem(TooLarge(f"the body is larger than {limit:,} bytes; send less"))(scope, receive, send)
            return

        async def counted() -> Message:
            nonlocal received, refused
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                refused = True
                raise TooLarge(f"the body is larger than {limit:,} bytes; send less")
            return message

        async def marked(message: Message) -> None:
            nonlocal begun
            if refused:
                return
            if message["type"] == "http.response.start":
                begun = True
                REQUESTS.labels(scope["method"], message["status"]).inc()
                present = {name.lower() for name, _ in message["headers"]}
                extra = [(name, value) for name, value in SECURITY.items() if name not in present]
                message = {**message, "headers": [*message["headers"], *extra]}
            await send(message)

        # Whatever the framework makes of a body that broke off, the answer to one that is too large is ours.
        with suppress(TooLarge):
            await self._app(scope, counted, marked)
        if refused and not begun:
            refused = False
            await problem(TooLarge(f"the body is larger than {limit:,} bytes; send less"))(scope, receive, marked)


def _web_version() -> str:
    digest = hashlib.sha256()
    for name in ("help.css", "help.js"):
        file = DIST / name
        digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()[:8]
