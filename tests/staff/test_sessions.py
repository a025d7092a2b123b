"""Signing in with a password, what keeps a session, what ends it, and what another site's page cannot do with it."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.support.office import Office, open_office, public_address, signed_in
from tests.support.visitors import open_client

PASSWORD = "seven unrelated words do very well"
OTHER = "another seven words that are new"


def set_password(office: Office, name: str, password: str = PASSWORD) -> str:
    """Give somebody a password as people get one: by an admin's one-time link. Their address."""
    root = office.agent("root")
    number = next(one["id"] for one in root.http.get("/v1/staff").json()["staff"] if one["name"] == name)
    url = root.http.post(f"/v1/staff/{number}/link").json()["url"]
    with open_client(office.url) as http:
        answer = http.post("/v1/session/password", json={"token": url.partition("#")[2], "password": password})
    assert answer.status_code == 200, answer.text
    return f"{name}@baton.test"


@pytest.fixture(scope="module")
def email(office: Office) -> str:
    """Somebody with PASSWORD."""
    return set_password(office, "ben")


@pytest.fixture
def ben(office: Office, email: str) -> Iterator[httpx.Client]:
    """Their browser, signed in."""
    with signed_in(office, email, PASSWORD) as http:
        yield http


def test_signed_in_and_out(office: Office, email: str) -> None:
    """A cookie that scripts cannot read; it works until signing out, also for who kept a copy."""
    with open_client(office.url) as http:
        answer = http.post("/v1/session", json={"email": email.upper(), "password": PASSWORD})
        assert answer.status_code == 200
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Secure" not in cookie, "plain http on loopback"
        assert answer.json()["me"]["by"] == "session"
        assert http.get("/v1/me").json()["name"] == "ben"
        assert http.get("/v1/queue").status_code == 200
        copy = dict(http.cookies)
        assert http.delete("/v1/session", headers={"x-csrf-token": answer.json()["csrf"]}).status_code == 204
        assert "baton_session" not in http.cookies
    with open_client(office.url) as http:
        http.cookies.update(copy)
        assert http.get("/v1/me").status_code == 401
        assert http.get("/v1/session").json()["signed_in"] is False


def test_neither_password_nor_cookie_is_stored(office: Office, ben: httpx.Client) -> None:
    """The database holds hashes alone."""
    stored = str(office.sql("SELECT * FROM staff")) + str(office.sql("SELECT * FROM staff_session"))
    assert PASSWORD not in stored
    assert ben.cookies["baton_session"] not in stored
    assert "$argon2id$" in stored


def test_wrong_in_the_same_words_and_time(office: Office, email: str) -> None:
    """A wrong password and an unknown address cannot be told apart, and neither lets in."""
    taken: dict[str, list[float]] = {email: [], "nobody@baton.test": []}
    said = set()
    for _ in range(5):
        for address, times in taken.items():
            with open_client(office.url) as http:
                begun = time.perf_counter()
                answer = http.post("/v1/session", json={"email": address, "password": "wrong words"})
                times.append(time.perf_counter() - begun)
                assert answer.status_code == 401
                assert "set-cookie" not in answer.headers
                said.add(answer.text)
    assert len(said) == 1
    known, unknown = (min(times) for times in taken.values())
    assert 0.4 < known / unknown < 2.5


def test_guessing_is_slowed_down(office: Office, email: str) -> None:
    """Ten tries a minute at one account from one address; then it says how long to wait. Others are not locked out."""
    codes: list[int] = []
    with open_client(office.url) as http:
        http.headers["x-forwarded-for"] = public_address()
        while 429 not in codes and len(codes) < 25:
            answer = http.post("/v1/session", json={"email": "ana@baton.test", "password": str(len(codes))})
            codes.append(answer.status_code)
    # A new minute may begin meanwhile, which gives ten more.
    assert 10 <= codes.index(429) <= 20, codes
    assert set(codes[:-1]) == {401}
    assert 1 <= answer.json()["retry_after"] <= 60
    with signed_in(office, email, PASSWORD) as elsewhere:
        assert elsewhere.get("/v1/me").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-csrf-token": ""},
        {"x-csrf-token": "0" * 64},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_another_sites_page_changes_nothing(ben: httpx.Client, headers: dict[str, str]) -> None:
    """The cookie alone is not enough, and neither is the right token from a page that is not ours."""
    csrf = ben.headers.pop("x-csrf-token")
    if "sec-fetch-site" in headers or "origin" in headers:
        headers = {"x-csrf-token": csrf, **headers}
    before = ben.get("/v1/me/availability").json()
    refused = ben.put("/v1/me/availability", json={"max_open": 77}, headers=headers)
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:baton:csrf-failed")
    assert ben.get("/v1/me/availability").json() == before


def test_our_own_page_changes_things(office: Office, ben: httpx.Client) -> None:
    """As browsers send it from the desk."""
    for headers in ({"sec-fetch-site": "same-origin"}, {"origin": office.url}):
        answer = ben.put("/v1/me/availability", json={"max_open": 7}, headers=headers)
        assert answer.status_code == 200, answer.text


def test_a_token_of_another_session_does_not_fit(office: Office, email: str, ben: httpx.Client) -> None:
    """The header belongs to one session: a token learned elsewhere is worth nothing."""
    with signed_in(office, email, PASSWORD) as other:
        assert other.headers["x-csrf-token"] != ben.headers["x-csrf-token"]
        ben.headers["x-csrf-token"] = other.headers["x-csrf-token"]
        assert ben.put("/v1/me/availability", json={}).status_code == 403


def test_another_site_cannot_sign_somebody_in(office: Office, email: str) -> None:
    """Signing in is refused from other sites' pages too: nobody works in an account that is not theirs."""
    with open_client(office.url) as http:
        answer = http.post(
            "/v1/session", json={"email": email, "password": PASSWORD}, headers={"sec-fetch-site": "cross-site"}
        )
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


def test_a_token_wins_over_the_cookie(office: Office, ben: httpx.Client) -> None:
    """A bearer token needs no CSRF token: no browser sends it by itself. A visitor's stays a visitor's."""
    del ben.headers["x-csrf-token"]
    bearer = {"authorization": f"Bearer {office.tokens['ana']}"}
    assert ben.get("/v1/me", headers=bearer).json()["name"] == "ana"
    assert ben.put("/v1/me/availability", json={}, headers=bearer).status_code == 200
    visitor = office.visitor()
    assert ben.get("/v1/queue", headers={"authorization": f"Bearer {visitor.token}"}).status_code == 403


def test_a_new_password_ends_other_sessions(office: Office) -> None:
    """Changing it needs the old one; every other browser is out at once, this one is not."""
    email = set_password(office, "cai")
    with signed_in(office, email, PASSWORD) as here, signed_in(office, email, PASSWORD) as there:
        assert here.put("/v1/me/password", json={"old": "wrong", "new": OTHER}).status_code == 403
        short = here.put("/v1/me/password", json={"old": PASSWORD, "new": "short"})
        assert short.status_code == 422
        assert "12" in short.json()["detail"]
        assert here.put("/v1/me/password", json={"old": PASSWORD, "new": OTHER}).status_code == 204
        assert here.get("/v1/me").status_code == 200
        assert there.get("/v1/me").status_code == 401
    with open_client(office.url) as http:
        assert http.post("/v1/session", json={"email": email, "password": PASSWORD}).status_code == 401
    with signed_in(office, email, OTHER) as again:
        assert again.get("/v1/me").status_code == 200


def test_a_closed_account(office: Office) -> None:
    """Session, password and token end with the account, at once; a new role holds at once too."""
    email = set_password(office, "dee")
    root = office.agent("root")
    number = next(one["id"] for one in root.http.get("/v1/staff").json()["staff"] if one["name"] == "dee")
    with signed_in(office, email, PASSWORD) as dee:
        assert root.http.patch(f"/v1/staff/{number}", json={"role": "editor"}).json()["role"] == "editor"
        assert dee.get("/v1/queue").status_code == 403
        assert root.http.patch(f"/v1/staff/{number}", json={"disabled": True}).status_code == 200
        assert dee.get("/v1/me").status_code == 401
        assert dee.post("/v1/session", json={"email": email, "password": PASSWORD}).status_code == 401
    assert office.agent("dee").http.get("/v1/me").status_code == 401
    assert root.http.post(f"/v1/staff/{number}/link").status_code == 409


def test_an_admin_cannot_lock_themselves_out(office: Office) -> None:
    """One's own access stays."""
    root = office.agent("root")
    number = root.http.get("/v1/me").json()["id"]
    for change in ({"disabled": True}, {"role": "agent"}):
        assert root.http.patch(f"/v1/staff/{number}", json=change).status_code == 409
    assert root.http.get("/v1/audit").status_code == 200


def test_a_link_is_good_once(office: Office) -> None:
    """Of many who open it at once one sets the password; a newer link ends an older; a reload does not use it up."""
    root = office.agent("root")
    added = root.http.post("/v1/staff", json={"email": "New@Baton.Test", "role": "agent"})
    assert added.status_code == 201, added.text
    assert root.http.post("/v1/staff", json={"email": "new@baton.test", "role": "agent"}).status_code == 409
    old = added.json()["link"]["url"].partition("#")[2]
    token = root.http.post(f"/v1/staff/{added.json()['staff']['id']}/link").json()["url"].partition("#")[2]
    with open_client(office.url) as http:
        assert http.post("/v1/session/link", json={"token": old}).status_code == 401
        for _ in range(2):
            assert http.post("/v1/session/link", json={"token": token}).json()["email"] == "new@baton.test"
        weak = http.post("/v1/session/password", json={"token": token, "password": "aaaaaaaaaaaaaaaa"})
        assert weak.status_code == 422

    def use(place: int) -> int:
        with open_client(office.url) as http:
            body = {"token": token, "password": f"{PASSWORD} {place}", "name": "Newton"}
            return http.post("/v1/session/password", json=body).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(use, range(4))) == [200, 401, 401, 401]
    assert "Newton" in [one["name"] for one in root.http.get("/v1/staff").json()["staff"]]


def test_idle_for_too_long(small_source: Path, tmp_path: Path) -> None:
    """Three seconds are allowed here: a busy session goes on for longer, a forgotten one is over."""
    limits = {"SESSION_IDLE_HOURS": str(3 / 3600)}
    with open_office("sqlite", tmp_path, small_source, **limits) as office:
        email = set_password(office, "ana")
        with signed_in(office, email, PASSWORD) as http:
            for _ in range(12):
                assert http.get("/v1/me").status_code == 200
                time.sleep(0.5)
            time.sleep(3.5)
            assert http.get("/v1/me").status_code == 401


def test_on_for_too_long(small_source: Path, tmp_path: Path) -> None:
    """However busy, a session ends."""
    with open_office("sqlite", tmp_path, small_source, SESSION_HOURS=str(5 / 3600)) as office:
        email = set_password(office, "ana")
        with signed_in(office, email, PASSWORD) as http:
            assert http.get("/v1/me").status_code == 200
            end = time.monotonic() + 8
            while (code := http.get("/v1/me").status_code) == 200 and time.monotonic() < end:
                time.sleep(0.3)
            assert code == 401


def test_secure_over_https(small_source: Path, tmp_path: Path) -> None:
    """Behind https the cookie is kept to it, links lead there, and its pages may change things."""
    with open_office("sqlite", tmp_path, small_source, PUBLIC_URL="https://help.shop.example/") as office:
        email = set_password(office, "ana")
        root = office.agent("root")
        url = root.http.post("/v1/staff/1/link").json()["url"]
        assert url.startswith("https://help.shop.example/desk/welcome#")
        with open_client(office.url) as http:
            given = {"email": email, "password": PASSWORD}
            answer = http.post("/v1/session", json=given, headers={"origin": "https://help.shop.example"})
            assert answer.status_code == 200
            assert "; Secure" in answer.headers["set-cookie"]
