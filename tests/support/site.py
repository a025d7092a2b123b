"""Site: the page around the widget, which signs who its visitor is."""

import secrets
import time
import warnings
from typing import Any

import jwt

SECRET = "the site's own secret, long enough to sign"
AUDIENCE = "baton"
ENV = {"SITE_SECRET": SECRET}


def site_token(customer: str = "c-17", secret: str = SECRET, algorithm: str = "HS256", **claims: Any) -> str:
    """A fresh token for a customer; ``claims`` add to it, replace, or with None leave out."""
    all_claims = {
        "sub": customer,
        "aud": AUDIENCE,
        "jti": secrets.token_hex(8),
        "exp": int(time.time()) + 120,
        **claims,
    }
    kept = {name: value for name, value in all_claims.items() if value is not None}
    with warnings.catch_warnings():
        # Some of these are made with short keys on purpose.
        warnings.simplefilter("ignore")
        return jwt.encode(kept, secret if algorithm != "none" else "", algorithm=algorithm)
