"""Sign-in at an identity provider: who it vouches for comes in, if they have an account; nobody else does."""

import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc.jwk import RSAKey

from tests.support.issuer import Issuer
from tests.support.office import Office, open_office
from tests.support.visitors import open_client


@pytest.fixture(scope="module")
def provider_of_identities() -> Iterator[Issuer]:
    """A provider on loopback."""
    with Issuer() as running:
        yield running


@pytest.fixture(scope="module")
def with_oidc(
    provider_of_identities: Issuer, small_source: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """An office that uses it."""
    place = tmp_path_factory.mktemp("oidc")
    with open_office("sqlite", place, small_source, **provider_of_identities.env) as running:
        yield running


@pytest.fixture
def issuer(provider_of_identities: Issuer) -> Issuer:
    """The provider, honest again."""
    provider_of_identities.claims = {}
    provider_of_identities.key = provider_of_identities.published
    return provider_of_identities


def trip(http: httpx.Client) -> httpx.Response:
    """Go to the provider and come back; the answer to the callback."""
    left = http.get("/v1/session/oidc")
    assert left.status_code == 303, left.text
    there = httpx.get(left.headers["location"], trust_env=False)
    assert there.status_code == 303
    return http.get(there.headers["location"])


def problem(answer: httpx.Response) -> str:
    """The words that the sign-in page shows; no session was begun."""
    assert answer.status_code == 303
    assert "baton_session" not in answer.headers.get("set-cookie", "")
    place = httpx.URL(answer.headers["location"])
    assert place.path == "/desk/login"
    return str(place.params["problem"])


def test_signed_in(with_oidc: Office, issuer: Issuer) -> None:
    """A verified address of a colleague signs in, capitals or not; state, nonce and PKCE went along."""
    issuer.claims = {"email": "Ana@Baton.Test"}
    with open_client(with_oidc.url) as http:
        assert http.get("/v1/session").json()["oidc"]
        back = trip(http)
        assert (back.status_code, back.headers["location"]) == (303, "/desk")
        cookie = next(one for one in back.headers.get_list("set-cookie") if one.startswith("baton_session="))
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert http.get("/v1/me").json()["email"] == "ana@baton.test"
        assert http.get("/v1/session").json()["signed_in"]
    assert issuer.asked["code_challenge_method"] == "S256"
    assert len(issuer.asked["state"]) >= 32
    assert len(issuer.asked["nonce"]) >= 32


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"email": "stranger@baton.test"}, "has no account here"),
        ({"email_verified": False}, "has not verified"),
        ({"email_verified": None}, "has not verified"),
        ({"email_verified": "true"}, "has not verified"),
        ({"email": None}, "has not verified"),
        ({"aud": "somebody-else"}, "not valid"),
        ({"iss": "https://evil.example"}, "not valid"),
        ({"nonce": "another"}, "not valid"),
        ({"nonce": None}, "not valid"),
        ({"exp": 1}, "not valid"),
        ({"exp": None}, "not valid"),
        ({"iat": 4_000_000_000}, "not valid"),
    ],
)
def test_not_vouched_for(with_oidc: Office, issuer: Issuer, claims: dict[str, Any], words: str) -> None:
    """An unknown or unverified address, another client's, issuer's or trip's token, one that is over."""
    issuer.claims = claims
    with open_client(with_oidc.url) as http:
        assert words in problem(trip(http))
        assert not http.get("/v1/session").json()["signed_in"]


def test_signed_by_somebody_else(with_oidc: Office, issuer: Issuer) -> None:
    """A key that the provider does not publish, under the name of one that it does."""
    issuer.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
    with open_client(with_oidc.url) as http:
        assert "not valid" in problem(trip(http))


def test_unsigned(with_oidc: Office, issuer: Issuer, monkeypatch: pytest.MonkeyPatch) -> None:
    """``alg: none`` is no signature."""
    good = issuer.token

    def unsigned(given: dict[str, str], authorization: str) -> tuple[dict[str, Any], int]:
        answer, status = good(given, authorization)
        head = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).rstrip(b"=").decode()
        answer["id_token"] = f"{head}.{answer['id_token'].split('.')[1]}."
        return answer, status

    monkeypatch.setattr(issuer, "token", unsigned)
    with open_client(with_oidc.url) as http:
        assert "not valid" in problem(trip(http))


def test_a_trip_that_another_browser_began(with_oidc: Office, issuer: Issuer) -> None:
    """Nobody can be signed in as somebody else by a link: the way back is good in the browser that left."""
    with open_client(with_oidc.url) as attacker, open_client(with_oidc.url) as victim:
        there = httpx.get(attacker.get("/v1/session/oidc").headers["location"], trust_env=False)
        before = issuer.redeemed
        assert "begun elsewhere" in problem(victim.get(there.headers["location"]))
        victim.get("/v1/session/oidc")
        assert "begun elsewhere" in problem(victim.get(there.headers["location"]))
        assert "begun elsewhere" in problem(victim.get("/v1/session/oidc/callback"))
        assert issuer.redeemed == before


def test_a_closed_account(with_oidc: Office, issuer: Issuer) -> None:
    """The provider still vouches; we do not let in."""
    root = with_oidc.agent("root")
    number = next(one["id"] for one in root.http.get("/v1/staff").json()["staff"] if one["name"] == "fay")
    assert root.http.patch(f"/v1/staff/{number}", json={"disabled": True}).status_code == 200
    issuer.claims = {"email": "fay@baton.test"}
    with open_client(with_oidc.url) as http:
        assert "has no account here" in problem(trip(http))


def test_without_a_provider(office: Office) -> None:
    """There is nothing where none is set."""
    with open_client(office.url) as http:
        assert http.get("/v1/session/oidc").status_code == 404
        assert http.get("/v1/session/oidc/callback").status_code == 404
        assert http.get("/v1/session").json()["oidc"] is False


def test_a_provider_that_is_away(small_source: Path, tmp_path: Path) -> None:
    """The page of sign-in says so, within seconds."""
    env = {"OIDC_ISSUER": "http://127.0.0.1:9", "OIDC_CLIENT_ID": "x"}
    with open_office("sqlite", tmp_path, small_source, **env) as office, open_client(office.url) as http:
        begun = time.monotonic()
        assert "does not answer" in problem(http.get("/v1/session/oidc"))
        assert time.monotonic() - begun < 11
