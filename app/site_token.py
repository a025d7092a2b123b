"""Site tokens: how the page around the widget says who its visitor is. Signed with a secret that only the site has."""

import hashlib
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import jwt

from app.answer.types import VisitorAudience
from app.auth import Visitor
from app.errors import Forbidden, Unauthorized

ALGORITHM = "HS256"
MAX_SECONDS = 300
"""A token that lives longer lies around too long: the page signs a fresh one whenever it is loaded."""
LEEWAY_SECONDS = 5
_LOCALE = re.compile(r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,4})?$")


@dataclass(frozen=True, slots=True)
class SiteToken:
    """What a token said: the visitor, and until when its name must be remembered, so that it is used only once."""

    visitor: Visitor
    jti: str
    forget_after: datetime


class SiteTokens:
    """Reads the site's tokens; ``secret`` empty means that this server identifies nobody."""

    def __init__(self, secret: str, audience: str) -> None:
        self._secret, self._audience = secret, audience

    def read(self, token: str) -> SiteToken:
        """Raises Unauthorized for whatever the site did not sign just now for us, Forbidden without a secret."""
        if not self._secret:
            raise Forbidden("this server identifies nobody; set SITE_SECRET to the key that the site signs with")
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=[ALGORITHM],
                audience=self._audience,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "sub", "aud", "jti"], "strict_aud": True},
            )
            expires = int(claims["exp"])
        except jwt.ExpiredSignatureError:
            raise Unauthorized("this site token has expired; sign a new one for each page") from None
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError):
            raise Unauthorized(
                f"this site token is not valid; sign it by {ALGORITHM} with SITE_SECRET, `aud` {self._audience}, "
                f"`sub`, `jti`, and `exp` at most {MAX_SECONDS} seconds ahead"
            ) from None
        if expires > time.time() + MAX_SECONDS + LEEWAY_SECONDS:
            raise Unauthorized(f"`exp` of a site token must be at most {MAX_SECONDS} seconds ahead")
        visitor = Visitor(
            id=visitor_id(self._audience, _text(claims, "sub", 255)),
            audience=_audience(claims.get("audience")),
            locale=_locale(claims.get("locale", "en")),
            customer=_text(claims, "sub", 255),
            segment=_text(claims, "segment", 64) if claims.get("segment") is not None else None,
            name=_text(claims, "name", 120) if claims.get("name") is not None else None,
        )
        return SiteToken(visitor, _text(claims, "jti", 255), datetime.fromtimestamp(expires + 2 * LEEWAY_SECONDS, UTC))


def visitor_id(site: str, customer: str) -> str:
    """The same customer of the same site is the same visitor; no anonymous visitor's id looks like this."""
    return "site:" + hashlib.sha256(f"{site}\x00{customer}".encode()).hexdigest()[:40]


def _text(claims: dict[str, Any], name: str, longest: int) -> str:
    value = claims[name]
    if not isinstance(value, str) or not 0 < len(value) <= longest or not value.isprintable():
        raise Unauthorized(f"`{name}` of a site token must be printable text of 1 to {longest} characters")
    return value


def _audience(value: object) -> VisitorAudience | None:
    if value is None or value == "buyer" or value == "seller":
        return value
    raise Unauthorized("`audience` of a site token must be buyer or seller, or left out")


def _locale(value: object) -> str:
    if isinstance(value, str) and _LOCALE.match(value):
        return value
    raise Unauthorized("`locale` of a site token must be a language such as en, es or pt-BR")
