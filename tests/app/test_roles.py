"""Every route says who may use it, and holds to it."""

from collections.abc import Iterator

import httpx
import pytest

from tests.support.server import Server
from tests.support.visitors import Visitor, open_client

PUBLIC = {
    ("POST", "/v1/visitors"),
    ("GET", "/v1/search"),
    ("GET", "/v1/topics"),
    ("GET", "/v1/articles/{article_id}"),
    ("GET", "/v1/pictures/{key}"),
    ("GET", "/v1/session"),
    ("POST", "/v1/session"),
    ("POST", "/v1/session/link"),
    ("POST", "/v1/session/password"),
    ("GET", "/v1/session/oidc"),
    ("GET", "/v1/session/oidc/callback"),
}
VISITOR = {
    ("POST", "/v1/conversations"),
    ("GET", "/v1/conversations"),
    ("POST", "/v1/conversations/{conversation_id}/messages"),
    ("POST", "/v1/conversations/{conversation_id}/handoff"),
    ("POST", "/v1/conversations/{conversation_id}/contact"),
    ("POST", "/v1/conversations/{conversation_id}/feedback"),
    ("POST", "/v1/conversations/{conversation_id}/rating"),
}
READER = {
    ("GET", "/v1/conversations/{conversation_id}"),
    ("GET", "/v1/conversations/{conversation_id}/events"),
    ("POST", "/v1/conversations/{conversation_id}/typing"),
}
ANYONE = {("POST", "/v1/answers")}
STAFF = {
    ("GET", "/v1/me"),
    ("PUT", "/v1/me/password"),
    ("PUT", "/v1/me/picture"),
    ("DELETE", "/v1/me/picture"),
    ("DELETE", "/v1/session"),
}
AGENT = {
    ("GET", "/v1/queues"),
    ("GET", "/v1/queue"),
    ("GET", "/v1/queue/events"),
    ("GET", "/v1/queue/counts"),
    ("POST", "/v1/queue/next"),
    ("GET", "/v1/staff"),
    ("GET", "/v1/me/availability"),
    ("PUT", "/v1/me/availability"),
    ("GET", "/v1/me/mentions"),
    ("POST", "/v1/me/mentions/read"),
    ("GET", "/v1/saved-replies"),
    ("POST", "/v1/saved-replies"),
    ("PUT", "/v1/saved-replies/{reply_id}"),
    ("DELETE", "/v1/saved-replies/{reply_id}"),
    ("PUT", "/v1/conversations/{conversation_id}/steps"),
    *(("GET", f"/v1/conversations/{{conversation_id}}/{what}") for what in ("brief", "visitor", "saved-replies")),
    *(
        ("POST", f"/v1/conversations/{{conversation_id}}/{what}")
        for what in (
            *("claim", "reply", "note", "release", "transfer", "resolve"),
            *("snooze", "wake", "reopen", "looking"),
        )
    ),
}
LEAD = {
    ("GET", "/v1/audit"),
    ("GET", "/v1/conversations/{conversation_id}/audit"),
    ("GET", "/v1/calibration"),
    ("POST", "/v1/calibration"),
    ("GET", "/v1/editor/webhooks"),
    ("POST", "/v1/editor/webhooks"),
    ("DELETE", "/v1/editor/webhooks/{webhook_id}"),
    ("POST", "/v1/editor/webhooks/{webhook_id}/enable"),
    ("GET", "/v1/editor/webhooks/{webhook_id}/deliveries"),
}
ADMIN = {
    ("POST", "/v1/staff"),
    ("PATCH", "/v1/staff/{staff_id}"),
    ("POST", "/v1/staff/{staff_id}/link"),
    ("DELETE", "/v1/staff/{staff_id}/picture"),
}
EDITOR = {
    ("POST", "/v1/knowledge/ingest"),
    ("PUT", "/v1/knowledge/articles"),
    ("DELETE", "/v1/knowledge/articles/{article_id}"),
    ("GET", "/v1/editor/imports"),
    ("POST", "/v1/editor/imports"),
    ("GET", "/v1/editor/imports/{job_id}"),
    ("DELETE", "/v1/editor/imports/{job_id}"),
    ("POST", "/v1/editor/imports/{job_id}/accept"),
    ("POST", "/v1/editor/imports/{job_id}/repeat"),
    ("GET", "/v1/knowledge/export"),
    ("POST", "/v1/knowledge/exported"),
    ("POST", "/v1/editor/drafts"),
    ("PUT", "/v1/editor/drafts/{article_id}/{locale}"),
    ("DELETE", "/v1/editor/drafts/{article_id}/{locale}"),
    ("POST", "/v1/editor/drafts/{article_id}/{locale}/undo"),
    ("POST", "/v1/editor/bulk"),
    ("POST", "/v1/editor/conflicts/{article_id}/{locale}"),
    ("POST", "/v1/editor/jobs/{job_id}/cancel"),
    ("POST", "/v1/editor/publications/{publication_id}/rollback"),
    ("POST", "/v1/editor/ask"),
    ("POST", "/v1/editor/checks"),
    ("GET", "/v1/editor/checks"),
    ("POST", "/v1/editor/preview"),
    ("GET", "/v1/editor/gaps"),
    ("POST", "/v1/editor/gaps/{gap_id}/draft"),
}
EDITING = {
    ("GET", "/v1/editor/articles"),
    ("GET", "/v1/editor/articles/{article_id}/{locale}"),
    ("GET", "/v1/editor/articles/{article_id}/{locale}/revisions/{number}"),
    ("GET", "/v1/editor/drafts/{article_id}/{locale}"),
    ("GET", "/v1/editor/drafts/{article_id}/{locale}/saves"),
    ("GET", "/v1/editor/drafts/{article_id}/{locale}/comments"),
    ("POST", "/v1/editor/drafts/{article_id}/{locale}/comments"),
    ("POST", "/v1/editor/drafts/{article_id}/{locale}/presence"),
    ("POST", "/v1/editor/drafts/{article_id}/{locale}/review"),
    ("GET", "/v1/editor/conflicts"),
    ("POST", "/v1/editor/publish"),
    ("GET", "/v1/editor/jobs"),
    ("GET", "/v1/editor/jobs/{job_id}"),
    ("GET", "/v1/editor/publications"),
}
"""Editors, and leads who answer for them."""
Route = tuple[str, str]


@pytest.fixture(scope="module")
def conversation(shared_server: Server) -> Iterator[str]:
    """Somebody's conversation, in a queue."""
    with Visitor(shared_server.url) as someone:
        talk = someone.begin()
        talk.ask_for_person()
        yield talk.id


def call(server: Server, token: str, route: Route, conversation: str) -> httpx.Response:
    """Use a route with an empty body: who may not use it is told so before what is wrong with the body."""
    method, path = route
    body = {"question": "x"} if route in ANYONE else {}
    with open_client(server.url, token) as http:
        names = {"conversation_id": conversation, "article_id": "x", "locale": "en"}
        numbers = dict.fromkeys(
            ("staff_id", "reply_id", "job_id", "publication_id", "number", "gap_id", "webhook_id"), 1
        )
        place = path.format(**names, **numbers)
        return http.request(method, place, json=body if method in ("POST", "PUT", "PATCH") else None)


def refused(answer: httpx.Response, status: int) -> None:
    """A problem document with this status."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_every_route_is_listed_here(shared_server: Server) -> None:
    """A new route under /v1 must be put into one of the sets above."""
    with open_client(shared_server.url) as http:
        described = http.get("/openapi.json").json()["paths"]
    found = {(method.upper(), path) for path, methods in described.items() for method in methods if "/v1/" in path}
    assert found == PUBLIC | VISITOR | READER | ANYONE | STAFF | AGENT | EDITOR | EDITING | LEAD | ADMIN


@pytest.mark.parametrize("route", sorted(VISITOR | READER | ANYONE | STAFF | AGENT | EDITOR | EDITING | LEAD | ADMIN))
def test_without_a_token(shared_server: Server, conversation: str, route: Route) -> None:
    """Whatever is not public answers 401, and how to sign in."""
    answer = call(shared_server, "", route, conversation)
    refused(answer, 401)
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("route", sorted(STAFF | AGENT | EDITOR | EDITING | LEAD | ADMIN))
def test_a_visitor_on_a_staff_route(shared_server: Server, conversation: str, route: Route) -> None:
    """A visitor's token opens no door of the staff's."""
    with Visitor(shared_server.url) as visitor:
        refused(call(shared_server, visitor.token, route, conversation), 403)


@pytest.mark.parametrize("route", sorted(AGENT | READER | LEAD | ADMIN))
def test_an_editor_where_an_agent_is_needed(
    shared_server: Server, tokens: dict[str, str], conversation: str, route: Route
) -> None:
    """Who edits articles reads no conversations."""
    refused(call(shared_server, tokens["edith"], route, conversation), 403)


@pytest.mark.parametrize("route", sorted(EDITOR))
@pytest.mark.parametrize("name", ["ana", "lea"])
def test_an_agent_where_an_editor_is_needed(
    shared_server: Server, tokens: dict[str, str], conversation: str, route: Route, name: str
) -> None:
    """Who answers visitors, or leads those who do, publishes nothing."""
    refused(call(shared_server, tokens[name], route, conversation), 403)


@pytest.mark.parametrize("route", sorted(EDITING))
def test_who_works_on_articles(shared_server: Server, tokens: dict[str, str], conversation: str, route: Route) -> None:
    """Editors and leads get past the door; agents do not."""
    refused(call(shared_server, tokens["ana"], route, conversation), 403)
    for name in ("edith", "lea"):
        assert call(shared_server, tokens[name], route, conversation).status_code not in (401, 403)


@pytest.mark.parametrize("route", sorted(LEAD | ADMIN))
def test_an_agent_where_a_lead_is_needed(
    shared_server: Server, tokens: dict[str, str], conversation: str, route: Route
) -> None:
    """Who answers visitors neither reads the audit log nor makes accounts."""
    refused(call(shared_server, tokens["ana"], route, conversation), 403)


@pytest.mark.parametrize("route", sorted(ADMIN))
def test_a_lead_where_an_admin_is_needed(
    shared_server: Server, tokens: dict[str, str], conversation: str, route: Route
) -> None:
    """Leads read the audit log and make no accounts."""
    refused(call(shared_server, tokens["lea"], route, conversation), 403)


@pytest.mark.parametrize("route", sorted(VISITOR))
def test_staff_on_a_visitors_route(
    shared_server: Server, tokens: dict[str, str], conversation: str, route: Route
) -> None:
    """Staff do not speak as visitors."""
    refused(call(shared_server, tokens["root"], route, conversation), 403)


@pytest.mark.parametrize("name", ["ana", "lea", "root"])
def test_those_who_may(shared_server: Server, tokens: dict[str, str], conversation: str, name: str) -> None:
    """Agents, leads and admins read the queue and the conversation; everybody may ask who they are."""
    with open_client(shared_server.url, tokens[name]) as http:
        assert http.get("/v1/queue").status_code == 200
        assert http.get(f"/v1/conversations/{conversation}/brief").status_code == 200
        assert http.get("/v1/me").json()["name"] == name
    with open_client(shared_server.url, tokens["edith"]) as http:
        assert http.get("/v1/me").json()["role"] == "editor"


def test_every_route_describes_its_problems(shared_server: Server) -> None:
    """In OpenAPI each route under /v1 says that it refuses by problem documents, and in no other shape."""
    with open_client(shared_server.url) as http:
        described = http.get("/openapi.json").json()
    for path, methods in described["paths"].items():
        for method, route in methods.items():
            if path.startswith("/v1/"):
                assert list(route["responses"]["4XX"]["content"]) == ["application/problem+json"], (method, path)
    assert "HTTPValidationError" not in described["components"]["schemas"]
