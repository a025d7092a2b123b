"""Errors that a caller can act on. Each has a status, a short title, and a sentence that says what to do next."""

from typing import Any

PROBLEM_TYPE = "application/problem+json"
DESCRIBED: dict[int | str, dict[str, Any]] = {
    "4XX": {
        "description": "A problem document (RFC 9457): `detail` says what is wrong and what to do about it",
        "content": {
            PROBLEM_TYPE: {
                "schema": {
                    "title": "Problem",
                    "type": "object",
                    "required": ["type", "title", "status", "detail"],
                    "properties": {
                        "type": {"type": "string", "examples": ["urn:baton:conflict"]},
                        "title": {"type": "string"},
                        "status": {"type": "integer"},
                        "detail": {"type": "string"},
                        "problems": {"type": "array", "items": {"type": "string"}},
                        "retry_after": {"type": "integer", "description": "seconds"},
                    },
                }
            }
        },
    }
}
"""What every route may answer, as OpenAPI has it."""


class BatonError(Exception):
    """Base; ``detail`` is shown to people, so it names the place and the cure and quotes nothing secret."""

    status = 500
    title = "Something went wrong"

    def __init__(self, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.extra = extra

    @property
    def type(self) -> str:
        """The problem's type, as RFC 9457 has it."""
        name = type(self).__name__
        return "urn:baton:" + "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


class InvalidInput(BatonError):
    status = 422
    title = "That cannot be read"


class BadRequest(BatonError):
    status = 400
    title = "That request makes no sense"


class Unauthorized(BatonError):
    status = 401
    title = "Please sign in"


class Forbidden(BatonError):
    status = 403
    title = "Not allowed"


class CsrfFailed(Forbidden):
    title = "Please try again"


class NotFound(BatonError):
    status = 404
    title = "Not found"


class Conflict(BatonError):
    status = 409
    title = "Somebody was faster"


class Away(Conflict):
    title = "You are away"


class AtCapacity(Conflict):
    title = "You have enough"


class TooLarge(BatonError):
    status = 413
    title = "Too large"


class TooManyRequests(BatonError):
    status = 429
    title = "Too fast"


class Unavailable(BatonError):
    status = 503
    title = "Not ready"
