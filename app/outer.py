"""What is around every request: problem documents, a limit on bodies, headers that browsers heed."""

from contextlib import suppress

from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import PROBLEM_TYPE, BatonError, TooLarge
from app.telemetry import REQUESTS

MAX_BODY = 64_000
MAX_KNOWLEDGE_BODY = 256_000_000
MAX_IMPORT_BODY = 201_000_000
"""An upload of the largest size, and the form around it."""
MAX_PICTURE_BODY = 5_000_000
SECURITY = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"content-security-policy": b"default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    b"frame-ancestors 'self'",
}


def problem(error: BatonError) -> Response:
    """An error as RFC 9457 has it."""
    fields = {"type": error.type, "title": error.title, "status": error.status, "detail": error.detail, **error.extra}
    headers = {"retry-after": str(error.extra["retry_after"])} if "retry_after" in error.extra else {}
    if error.status == 401:
        headers["www-authenticate"] = "Bearer"
    return problem_of(fields, error.status, headers)


def problem_of(fields: dict[str, object], status: int, headers: dict[str, str]) -> Response:
    """A problem document of these fields."""
    return JSONResponse(fields, status_code=status, headers=headers, media_type=PROBLEM_TYPE)


class Outer:
    """Around every request: a limit on bodies, headers that browsers heed, and the count of statuses."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = _limit(scope["path"])
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


def _limit(path: str) -> int:
    """Bytes that a body may have."""
    if path == "/v1/me/picture":
        return MAX_PICTURE_BODY
    if path == "/v1/editor/imports":
        return MAX_IMPORT_BODY
    if path.startswith("/v1/editor/imports/"):
        return MAX_KNOWLEDGE_BODY // 16
    return MAX_KNOWLEDGE_BODY if path.startswith("/v1/knowledge") else MAX_BODY
