"""A picture's way: set, shown to visitors and colleagues, replaced, removed; and what is no picture."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.pictures import files
from tests.support.desk import Agent
from tests.support.office import Office
from tests.support.visitors import open_client


@pytest.fixture
def ana(office: Office) -> Iterator[Agent]:
    """Somebody without a picture, also afterwards."""
    agent = office.agent("ana")
    yield agent
    agent.http.delete("/v1/me/picture")


def put(agent: Agent, data: bytes) -> httpx.Response:
    """Send a picture."""
    return agent.http.put("/v1/me/picture", content=data)


def given(agent: Agent, colour: str = "red") -> str:
    """Set one; its address."""
    answer = put(agent, files.photo(colours=(colour,)))
    assert answer.status_code == 200, answer.text
    return str(answer.json()["url"])


def entries(office: Office, action: str) -> list[dict[str, Any]]:
    """What the audit log has of an action, newest first."""
    found: list[dict[str, Any]] = office.agent("lea").http.get("/v1/audit", params={"action": action}).json()["entries"]
    return found


def test_shown_to_everybody_and_to_nobody_when_removed(office: Office, ana: Agent) -> None:
    """Without a token, with the headers of a picture; a new one has a new address, and old ones are gone."""
    first = given(ana)
    with open_client(office.url) as anybody:
        answer = anybody.get(first)
        assert answer.status_code == 200
        assert answer.content[8:12] == b"WEBP"
        wanted = {
            "content-type": "image/webp",
            "x-content-type-options": "nosniff",
            "cache-control": "public, max-age=86400, immutable",
            "cross-origin-resource-policy": "cross-origin",
        }
        assert {name: answer.headers[name] for name in wanted} == wanted
        away = anybody.get(first, headers={"origin": "https://shop.example"})
        assert away.headers["access-control-allow-origin"] == "*"
        second = given(ana, "blue")
        assert second != first
        assert anybody.get(first).status_code == 404
        assert anybody.get(second).status_code == 200
        assert ana.http.delete("/v1/me/picture").status_code == 204
        gone = anybody.get(second)
        assert (gone.status_code, gone.json()["detail"]) == (404, "there is no such picture any more")
        assert anybody.get("/v1/pictures/" + "a" * 32).status_code == 404
    assert office.sql("SELECT count(*) FROM staff_picture")[0][0] == 0
    assert ana.http.delete("/v1/me/picture").status_code == 204, "there is nothing to do"


def test_where_colleagues_see_it(office: Office, ana: Agent) -> None:
    """In one's own account and in the list of everybody."""
    assert ana.http.get("/v1/me").json()["picture"] is None
    url = given(ana)
    assert ana.http.get("/v1/me").json()["picture"] == url
    staff = {one["name"]: one["picture"] for one in office.agent("ben").http.get("/v1/staff").json()["staff"]}
    assert (staff["ana"], staff["ben"]) == (url, None)


def test_where_visitors_see_it(office: Office, ana: Agent) -> None:
    """With the name, as it is now and wherever the log names a person; nothing else of them goes along."""
    talk = office.waiting()
    url = given(ana)
    fence = ana.claim(talk.id)
    ana.reply(talk.id, "Hello", fence)
    ana.do(talk.id, "note", text="for us only")
    named = {"name": "ana", "picture": url}
    assert talk.show()["agent"] == named
    seen = {one.type: one.data["agent"] for one in talk.events() if "agent" in one.data}
    assert seen == {"handoff.claimed": named, "message.agent": named}
    with talk.visitor.http.stream(
        "GET", f"/v1/conversations/{talk.id}/events", headers={"accept": "text/event-stream"}
    ) as stream:
        lines = stream.iter_lines()
        told = next(line for line in lines if line.startswith("data:") and "message.agent" in line)
    assert url in told
    for_staff = ana.http.get(f"/v1/conversations/{talk.id}/events").json()["events"]
    number = ana.http.get("/v1/me").json()["id"]
    assert [one["data"]["agent"] for one in for_staff if "agent" in one["data"]] == [{"id": number, **named}] * 3

    ana.http.delete("/v1/me/picture")
    assert talk.show()["agent"] == {"name": "ana", "picture": None}
    assert [one.data["agent"] for one in talk.events() if "agent" in one.data] == [{"name": "ana"}] * 2


def test_replies_from_before_there_were_pictures(office: Office, ana: Agent) -> None:
    """Older logs name nobody's number: they show as they did."""
    talk = office.waiting()
    ana.reply(talk.id, "Hello", ana.claim(talk.id))
    given(ana)
    words = '{"text": "Hello", "agent": {"name": "ana"}}'
    office.sql(
        "UPDATE event SET data = :data WHERE conversation_id = :id AND type = 'message.agent'", data=words, id=talk.id
    )
    reply = next(one for one in talk.events() if one.type == "message.agent")
    assert reply.data["agent"] == {"name": "ana"}


def test_the_audit_log_knows(office: Office, ana: Agent) -> None:
    """Who changed whose."""
    given(ana)
    number = ana.http.get("/v1/me").json()["id"]
    changed = entries(office, "staff.picture_changed")[0]
    assert (changed["staff"]["name"], changed["detail"]) == ("ana", {"staff_id": number})
    root = office.agent("root")
    assert root.http.delete(f"/v1/staff/{number}/picture").status_code == 204
    assert root.http.delete(f"/v1/staff/{number}/picture").status_code == 204
    removed = entries(office, "staff.picture_removed")
    assert (removed[0]["staff"]["name"], removed[0]["detail"]["email"]) == ("root", "ana@baton.test")
    assert len([one for one in removed if one["staff"]["name"] == "root"]) == 1, "the second time there was none"
    assert root.http.delete("/v1/staff/999999/picture").status_code == 404
    assert office.agent("lea").http.delete(f"/v1/staff/{number}/picture").status_code == 403


BAD = {
    "nothing": (b"", 422, "the file is empty; choose a picture"),
    "svg": (files.SVG, 422, "this is no picture that can be read here; choose a PNG, JPEG or WebP file"),
    "moving": (files.moving("WEBP"), 422, "this picture moves; choose one that stands still"),
    "bomb": (files.png_header(50_000, 50_000), 422, "more than 25 million pixels; choose a smaller one"),
    "cut": (files.photo("JPEG", (800, 800))[:3_000], 422, "this picture is broken or not whole"),
    "heavy": (b"\x89PNG" + b"\0" * 5_000_000, 413, "the body is larger than 5,000,000 bytes"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_picture(office: Office, ana: Agent, name: str) -> None:
    """Refused by a problem document in words, and the picture from before stays."""
    data, status, words = BAD[name]
    before = given(ana)
    answer = put(ana, data)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]
    assert ana.http.get("/v1/me").json()["picture"] == before
    assert ana.http.get(before).status_code == 200


def test_who_may_set_one(office: Office, ana: Agent) -> None:
    """Staff with an account, not a visitor, not nobody; not without end."""
    body = files.photo()
    assert office.visitor().http.put("/v1/me/picture", content=body).status_code == 403
    with open_client(office.url) as nobody:
        assert nobody.put("/v1/me/picture", content=body).status_code == 401
    ben = office.agent("ben")
    said = [put(ben, files.SVG).status_code for _ in range(45)]
    assert set(said) == {422, 429}, "two windows of a minute at most"
