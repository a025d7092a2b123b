"""Sign-in at an identity provider: OpenID Connect with PKCE, state and nonce. Accounts are never made by it."""

import time
from dataclasses import dataclass
from typing import Any

import httpx
import jwt
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry, decode

from app.auth import TRIP_SECONDS
from app.errors import Unauthorized
from app.settings import Settings

log = structlog.get_logger()
SECONDS = 10.0
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
TRIP_AUDIENCE = "baton-oidc"
LEEWAY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Trip:
    """What must come back as it went: kept in a signed cookie of the browser that began."""

    state: str
    nonce: str
    verifier: str


class Oidc:
    """One identity provider. Its description is read when first needed, and kept."""

    def __init__(self, settings: Settings, key: str) -> None:
        self._settings, self._key = settings, key
        self._described: dict[str, Any] | None = None

    async def leave(self, back: str) -> tuple[str, str]:
        """The provider's address to go to, and the cookie that remembers the trip."""
        described = await self._description()
        trip = Trip(generate_token(32), generate_token(32), generate_token(64))
        async with self._client(back) as client:
            address, _ = client.create_authorization_url(
                described["authorization_endpoint"],
                state=trip.state,
                nonce=trip.nonce,
                code_verifier=trip.verifier,
            )
        return str(address), self._pack(trip)

    async def arrive(self, back: str, cookie: str, state: str, code: str) -> str:
        """The verified e-mail address of who came back. Raises Unauthorized in words for the sign-in page."""
        trip = self._unpack(cookie)
        if trip is None or not state or state != trip.state:
            raise Unauthorized("this sign-in was begun elsewhere or took too long; please try again")
        described = await self._description()
        try:
            async with self._client(back) as client:
                token = await client.fetch_token(
                    described["token_endpoint"],
                    code=code,
                    code_verifier=trip.verifier,
                    grant_type="authorization_code",
                )
                published = await client.request("GET", described["jwks_uri"], withhold_token=True)
                keys = published.raise_for_status().json()
            claims = self._claims(token.get("id_token", ""), keys, trip.nonce)
        except (AuthlibBaseError, JoseError, httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            log.warning("oidc.refused", error=f"{type(error).__name__}: {error}"[:300])
            raise Unauthorized("the identity provider's answer is not valid; please try again") from None
        email = claims.get("email")
        if not isinstance(email, str) or claims.get("email_verified") is not True:
            raise Unauthorized("the identity provider has not verified your e-mail address")
        return email

    def _claims(self, id_token: str, keys: Any, nonce: str) -> dict[str, Any]:
        decoded = decode(id_token, KeySet.import_key_set(keys), algorithms=ALGORITHMS)
        JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": self._settings.oidc_client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(decoded.claims)
        return decoded.claims

    @property
    def _issuer(self) -> str:
        return self._settings.oidc_issuer

    async def _description(self) -> dict[str, Any]:
        if self._described is None:
            place = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
            try:
                async with httpx.AsyncClient(timeout=SECONDS) as client:
                    found = (await client.get(place)).raise_for_status().json()
            except (httpx.HTTPError, ValueError):
                raise Unauthorized("the identity provider does not answer; please try again") from None
            if not isinstance(found, dict) or found.get("issuer") != self._issuer:
                raise Unauthorized("the identity provider calls itself by another name than OIDC_ISSUER")
            self._described = found
        return self._described

    def _client(self, back: str) -> AsyncOAuth2Client:
        secret = self._settings.oidc_client_secret
        return AsyncOAuth2Client(
            client_id=self._settings.oidc_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            token_endpoint_auth_method="client_secret_basic" if secret else "none",
            scope="openid email profile",
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=SECONDS,
        )

    def _pack(self, trip: Trip) -> str:
        claims = {"aud": TRIP_AUDIENCE, "exp": int(time.time()) + TRIP_SECONDS}
        claims |= {"state": trip.state, "nonce": trip.nonce, "verifier": trip.verifier}
        return jwt.encode(claims, self._key, algorithm="HS256")

    def _unpack(self, cookie: str) -> Trip | None:
        try:
            claims = jwt.decode(cookie, self._key, algorithms=["HS256"], audience=TRIP_AUDIENCE)
        except jwt.PyJWTError:
            return None
        return Trip(claims["state"], claims["nonce"], claims["verifier"])
