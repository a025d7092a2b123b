"""Issuer: a tiny OpenID provider on loopback, which signs whatever a test tells it to."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc.jwk import RSAKey
from joserfc.jwt import encode

CLIENT_ID, CLIENT_SECRET = "baton-desk", "a secret between the two"


class Issuer:
    """``claims`` go over those of a good ID token; None removes one. ``alg`` and ``key`` may lie. A context manager."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.key = self.published = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.asked: dict[str, str] = {}
        self.redeemed = 0
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                if parts.path == "/.well-known/openid-configuration":
                    self._json(issuer.description())
                elif parts.path == "/keys":
                    self._json({"keys": [issuer.published.as_dict(private=False)]})
                elif parts.path == "/authorize":
                    issuer.asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
                    back = urlencode({"state": issuer.asked["state"], "code": "a code"})
                    self.send_response(303)
                    self.send_header("location", f"{issuer.asked['redirect_uri']}?{back}")
                    self.end_headers()

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                given = {name: values[0] for name, values in parse_qs(body).items()}
                self._json(*issuer.token(given, self.headers.get("authorization", "")))

            def _json(self, fields: dict[str, Any], status: int = 200) -> None:
                body = json.dumps(fields).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> "Issuer":
        self._thread.start()
        return self

    def __exit__(self, *_: TracebackType | type[BaseException] | BaseException | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    @property
    def env(self) -> dict[str, str]:
        """What makes Baton use it."""
        return {"OIDC_ISSUER": self.url, "OIDC_CLIENT_ID": CLIENT_ID, "OIDC_CLIENT_SECRET": CLIENT_SECRET}

    def description(self) -> dict[str, Any]:
        """Its metadata."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
        }

    def token(self, given: dict[str, str], authorization: str) -> tuple[dict[str, Any], int]:
        """Redeem a code: PKCE and the client's secret are checked, as a real provider does."""
        verifier = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        expected = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if given.get("code") != "a code" or challenge != self.asked.get("code_challenge"):
            return {"error": "invalid_grant"}, 400
        if authorization != f"Basic {expected}":
            return {"error": "invalid_client"}, 401
        self.redeemed += 1
        moment = int(time.time())
        claims = {
            "iss": self.url,
            "aud": CLIENT_ID,
            "sub": "someone",
            "iat": moment,
            "exp": moment + 300,
            "nonce": self.asked.get("nonce"),
            "email": "ana@baton.test",
            "email_verified": True,
            **self.claims,
        }
        kept = {name: value for name, value in claims.items() if value is not None}
        return {"access_token": "x", "token_type": "Bearer", "id_token": encode({"alg": "RS256"}, kept, self.key)}, 200
