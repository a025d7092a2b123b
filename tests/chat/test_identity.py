"""Who a visitor is: what the site signs, once, and nothing else."""

import base64
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.desk import Agent
from tests.support.server import Server, run_baton
from tests.support.site import ENV, SECRET, site_token
from tests.support.visitors import open_client


@pytest.fixture(scope="module")
def site_server(module_data_dir: Path) -> Iterator[Server]:
    """A server that knows the site's secret."""
    with Server(module_data_dir, {**ENV, "MESSAGES_PER_MINUTE": "100000"}) as running:
        yield running


@pytest.fixture
def http(site_server: Server) -> Iterator[httpx.Client]:
    """A client without a token."""
    with open_client(site_server.url) as client:
        yield client


def identify(http: httpx.Client, token: str, **fields: Any) -> httpx.Response:
    """Exchange a site token."""
    return http.post("/v1/visitors", json={"token": token, **fields})


def bearer(answer: httpx.Response) -> dict[str, str]:
    """The header of the visitor's token that came back."""
    assert answer.status_code == 201, answer.text
    return {"authorization": f"Bearer {answer.json()['token']}"}


def forged(header: dict[str, Any], **claims: Any) -> str:
    """A token put together by hand, without a signature."""
    body = {"sub": "c-17", "aud": "baton", "jti": "j", "exp": int(time.time()) + 60, **claims}
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (header, body)]
    return ".".join([*parts, ""])


def test_a_customer_is_the_same_visitor_each_time(http: httpx.Client) -> None:
    """Two tokens of one customer lead to one history; the site's audience and language win over the page's."""
    first = identify(http, site_token(audience="seller", locale="es"), audience="buyer", locale="en")
    again = identify(http, site_token(audience="seller"))
    assert first.json()["identified"] is True
    assert first.json()["audience"] == "seller"
    assert first.json()["locale"] == "es"
    assert first.json()["visitor_id"] == again.json()["visitor_id"]
    begun = http.post("/v1/conversations", json={}, headers=bearer(first)).json()
    assert begun["audience"] == "seller"
    listed = http.get("/v1/conversations", headers=bearer(again)).json()["conversations"]
    assert [one["id"] for one in listed] == [begun["id"]]


def test_customers_do_not_see_each_other(http: httpx.Client) -> None:
    """Another account's token finds nothing of the first."""
    first, other = identify(http, site_token("a")), identify(http, site_token("b"))
    begun = http.post("/v1/conversations", json={}, headers=bearer(first)).json()["id"]
    assert http.get("/v1/conversations", headers=bearer(other)).json()["conversations"] == []
    for what in ("", "/events"):
        assert http.get(f"/v1/conversations/{begun}{what}", headers=bearer(other)).status_code == 404
    said = http.post(f"/v1/conversations/{begun}/messages", json={"text": "x", "client_id": "x"}, headers=bearer(other))
    assert said.status_code == 404


WRONG: dict[str, Callable[[], str]] = {
    "name": lambda: "token",
    "alg none": lambda: site_token(algorithm="none"),
    "alg none by hand": lambda: forged({"alg": "none", "typ": "JWT"}),
    "alg in odd letters": lambda: forged({"alg": "nOnE"}),
    "no alg": lambda: forged({}),
    "another algorithm": lambda: site_token(algorithm="HS512"),
    "expired": lambda: site_token(exp=int(time.time()) - 60),
    "lives too long": lambda: site_token(exp=int(time.time()) + 3_600),
    "lives for ever": lambda: site_token(exp=None),
    "endless exp": lambda: forged({"alg": "HS256"}, exp=float("inf")),
    "exp as text": lambda: site_token(exp="soon"),
    "foreign aud": lambda: site_token(aud="another-service"),
    "several aud": lambda: site_token(aud=["baton", "another-service"]),
    "no aud": lambda: site_token(aud=None),
    "no jti": lambda: site_token(jti=None),
    "empty jti": lambda: site_token(jti=""),
    "no sub": lambda: site_token(sub=None),
    "empty sub": lambda: site_token(""),
    "NUL in sub": lambda: site_token("a\x00b"),
    "long sub": lambda: site_token("x" * 256),
    "odd audience": lambda: site_token(audience="agent"),
    "odd locale": lambda: site_token(locale="<b>"),
    "odd segment": lambda: site_token(segment=["vip"]),
    "not yet": lambda: site_token(nbf=int(time.time()) + 60),
    "another site's secret": lambda: site_token(secret="another site's secret, as long as ours"),
    "guessed secret": lambda: site_token(secret="secret"),
    "tampered": lambda: site_token()[:-4] + "AAAA",
    "nonsense": lambda: "a.b.c",
    "one of ours, of another kind": lambda: "bst_" + "0" * 43,
}


@pytest.mark.parametrize("name", WRONG)
def test_refused(http: httpx.Client, name: str) -> None:
    """Each is 401 with a problem that names the cure, and no token comes back."""
    answer = identify(http, WRONG[name]())
    assert answer.status_code == 401, (name, answer.text)
    assert answer.headers["content-type"] == "application/problem+json"
    assert "site token" in answer.json()["detail"]
    assert SECRET not in answer.text


def test_a_visitors_token_is_no_site_token(http: httpx.Client) -> None:
    """What we hand out cannot be handed in as the site's word, nor the other way round."""
    ours = identify(http, site_token()).json()["token"]
    assert identify(http, ours).status_code == 401
    headers = {"authorization": f"Bearer {site_token()}"}
    assert http.get("/v1/conversations", headers=headers).status_code == 401


def test_a_token_counts_once(http: httpx.Client, site_server: Server) -> None:
    """Replayed, also eight times at the same moment: one use."""
    token = site_token()

    def once(_: int) -> int:
        with open_client(site_server.url) as client:
            return identify(client, token).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(once, range(8))) == [201] + [401] * 7
    assert "used already" in identify(http, token).json()["detail"]


def test_a_used_token_stays_used_over_a_restart(data_dir: Path) -> None:
    """The list of used tokens is in the database, not in the process."""
    with Server(data_dir, ENV) as server:
        token = site_token()
        with open_client(server.url) as http:
            assert identify(http, token).status_code == 201
        server.kill()
        server.start()
        with open_client(server.url) as http:
            assert identify(http, token).status_code == 401


def test_the_desk_sees_what_the_site_vouches_for(
    http: httpx.Client, site_server: Server, tokens: dict[str, str]
) -> None:
    """Customer, segment and page stand in the brief; a visitor cannot claim them."""
    headers = bearer(identify(http, site_token("c-99", segment="vip")))
    begun = http.post("/v1/conversations", json={"context": {"order_id": "o-1"}}, headers=headers).json()["id"]
    assert http.post(f"/v1/conversations/{begun}/handoff", headers=headers).status_code == 202
    with Agent(site_server.url, tokens["ana"]) as ana:
        brief = ana.http.get(f"/v1/conversations/{begun}/brief").json()
    assert brief["context"] == {"order_id": "o-1", "customer": "c-99", "segment": "vip"}
    claimed = http.post("/v1/conversations", json={"context": {"customer": "c-1"}}, headers=headers)
    assert claimed.status_code == 422


def test_without_a_secret_nobody_is_identified(server: Server) -> None:
    """A server that was given none says so, and how to change it."""
    with open_client(server.url) as http:
        answer = identify(http, site_token())
        assert answer.status_code == 403
        assert "SITE_SECRET" in answer.json()["detail"]


def test_a_short_secret_is_an_error(tmp_path: Path) -> None:
    """Said in one line, without the secret."""
    done = run_baton("serve", "--data-dir", str(tmp_path), env={"SITE_SECRET": "hunter2"})
    said = done.stderr.decode()
    assert done.returncode in (1, 2)
    assert "32" in said
    assert "hunter2" not in said
    assert "Traceback" not in said


def test_the_desk_learns_the_name_that_the_site_gives(
    http: httpx.Client, site_server: Server, tokens: dict[str, str]
) -> None:
    """The site's ``name`` stands beside the conversation and in saved replies; a page cannot give one by itself."""
    answer = identify(http, site_token("named", name="Zoë Lima"))
    begun = http.post("/v1/conversations", json={"context": {"order_id": "O-1"}}, headers=bearer(answer)).json()["id"]
    faked = {"context": {"visitor_name": "Somebody else"}}
    assert http.post("/v1/conversations", json=faked, headers=bearer(answer)).status_code == 422
    nameless = http.post("/v1/conversations", json={}, headers=bearer(identify(http, site_token("nameless")))).json()[
        "id"
    ]
    with Agent(site_server.url, tokens["ana"]) as ana:
        body = {"title": "Hello", "text": "Hi {{visitor_name}}, about {{order_id}}"}
        kept = ana.http.post("/v1/saved-replies", json=body).json()["id"]
        side = ana.http.get(f"/v1/conversations/{begun}/visitor").json()
        assert (side["name"], side["customer"]) == ("Zoë Lima", "named")
        assert side["context"] == {"order_id": "O-1"}
        filled = [
            next(
                one
                for one in ana.http.get(f"/v1/conversations/{talk}/saved-replies").json()["replies"]
                if one["id"] == kept
            )
            for talk in (begun, nameless)
        ]
    assert [one["filled"] for one in filled] == ["Hi Zoë Lima, about O-1", "Hi, about {{order_id}}"]
    assert [one["missing"] for one in filled] == [[], ["order_id"]]
    for wrong in ("", "x" * 121, "two\nlines", 7):
        assert identify(http, site_token(name=wrong)).status_code == 401
