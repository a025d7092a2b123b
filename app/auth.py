"""Who is asking: visitors by a signed token; staff by a token or a cookie that only its hash is kept of."""

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal, cast

import jwt

from app.answer.types import VisitorAudience
from app.errors import Unauthorized

ALGORITHM = "HS256"
AUDIENCE = "baton-visitor"
TRIP_SECONDS = 600
"""How long somebody may take at an identity provider."""
VISITOR_DAYS = 90
IDENTIFIED_HOURS = 24
"""An identified visitor's account may be somebody else's tomorrow at a shared computer."""
KNOWN_TOKENS = 4_096
STAFF_PREFIX = "bst_"
OWNER_PREFIX = "bow_"
"""Begins the token by which the command line speaks to the server of the same data folder."""

Role = Literal["agent", "editor", "lead", "admin"]
ROLES: tuple[Role, ...] = ("agent", "editor", "lead", "admin")
_CAN: dict[Role, frozenset[Role]] = {
    "agent": frozenset({"agent"}),
    "editor": frozenset({"editor"}),
    "lead": frozenset({"agent", "lead"}),
    "admin": frozenset(ROLES),
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """A buyer or seller. ``audience`` is None when the token does not say which.

    ``customer`` is who the site says it is, None for an anonymous visitor; nothing that a visitor types sets it.
    """

    id: str
    audience: VisitorAudience | None
    locale: str
    customer: str | None = None
    segment: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works here."""

    id: int
    email: str
    name: str
    role: Role
    session: int = 0
    """The session of the cookie that came with the request; 0 for a token."""

    @property
    def all_roles(self) -> list[Role]:
        """What this role's work includes."""
        return [role for role in ROLES if self.can(role)]

    def can(self, role: Role) -> bool:
        """Whether this role's work includes that of ``role``."""
        return role in _CAN[self.role]


COMMAND_LINE = Staff(0, "command-line", "Command line", "admin")
"""Who works at the machine itself."""


class VisitorTokens:
    """Signs and reads visitors' tokens; nothing is stored."""

    def __init__(self, key: str) -> None:
        self._key = key
        # A visitor's token comes with each of their requests; checking a signature takes 0.2 ms.
        self._checked = lru_cache(KNOWN_TOKENS)(self._check)

    def issue(self, visitor: Visitor) -> tuple[str, datetime]:
        """A token and when it expires."""
        lasts = timedelta(hours=IDENTIFIED_HOURS) if visitor.customer else timedelta(days=VISITOR_DAYS)
        expires = datetime.now(UTC) + lasts
        claims = {
            "sub": visitor.id,
            "aud": AUDIENCE,
            "exp": expires,
            "audience": visitor.audience,
            "locale": visitor.locale,
        }
        if visitor.customer:
            claims |= {"customer": visitor.customer, "segment": visitor.segment, "name": visitor.name}
        return jwt.encode(claims, self._key, algorithm=ALGORITHM), expires

    def read(self, token: str) -> Visitor:
        """Raises Unauthorized for whatever we did not sign, or that has expired."""
        try:
            visitor, expires = self._checked(token)
        except (jwt.PyJWTError, ValueError, UnicodeError):
            expires = 0.0
        if expires <= time.time():
            raise Unauthorized("this token is not valid any more; get a new one from POST /v1/visitors")
        return visitor

    def _check(self, token: str) -> tuple[Visitor, float]:
        """Whose token it is and when it expires, in seconds since the epoch. Raises what PyJWT does."""
        claims = jwt.decode(
            token, self._key, algorithms=[ALGORITHM], audience=AUDIENCE, options={"require": ["exp", "sub"]}
        )
        audience = claims.get("audience")
        visitor = Visitor(
            id=str(claims["sub"]),
            audience=cast(VisitorAudience, audience) if audience in ("buyer", "seller") else None,
            locale=str(claims.get("locale", "en")),
            customer=claims.get("customer"),
            segment=claims.get("segment"),
            name=claims.get("name"),
        )
        return visitor, float(claims["exp"])


def new_staff_token() -> str:
    """A token to hand out once."""
    return STAFF_PREFIX + secrets.token_urlsafe(32)


def new_secret() -> str:
    """The random part of a session's cookie or of a one-time link."""
    return secrets.token_urlsafe(32)


def csrf_of(session_token: str) -> str:
    """What a page must send beside the cookie. Only who can read our answers, or the cookie itself, knows it."""
    return hmac.new(session_token.encode("utf-8", "replace"), b"baton csrf", hashlib.sha256).hexdigest()


def hash_token(token: str) -> str:
    """What is stored of a random token, which needs no salt."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
