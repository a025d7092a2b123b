"""Whether anybody is there: opening hours alone are no promise."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.desk import Agent
from tests.support.office import Office, signed_in
from tests.support.visitors import Talk, open_client

PASSWORD = "correct horse battery staple"
NOBODY = "Nobody is here at the moment."


def queue_of(talk: Talk) -> dict[str, Any]:
    """What the visitor is told of the queue now."""
    queue: dict[str, Any] = talk.show()["queue"]
    assert queue["open"] is True
    return queue


def told(talk: Talk) -> dict[str, Any]:
    """What the visitor was told when the hand-off began."""
    data: dict[str, Any] = next(event.data for event in talk.events() if event.type == "handoff.opened")
    return data


@pytest.fixture
def empty(office: Office) -> Office:
    """Everybody has gone home, and is there for every queue when they come."""
    office.sql("UPDATE staff SET seen_at = NULL, disabled = :no", no=False)
    office.sql("DELETE FROM availability")
    return office


def arrive(agent: Agent) -> None:
    """Open the desk: its stream of the inbox says that somebody is there."""
    with agent.http.stream("GET", "/v1/queue/events") as stream:
        assert stream.status_code == 200
        assert next(stream.iter_lines()).startswith(":")


def come(office: Office, name: str) -> Agent:
    """Somebody is there, whatever was noted within the last minute."""
    agent = office.agent(name)
    arrive(agent)
    office.sql("UPDATE staff SET seen_at = CURRENT_TIMESTAMP WHERE name = :name", name=name)
    return agent


def test_a_desk_that_is_open_counts(office: Office) -> None:
    """Before anybody came: nobody is there, though it is open. An open desk is enough; the hand-off is never refused."""
    talk = office.waiting()
    assert queue_of(talk)["staffed"] is False
    assert talk.show()["position"] >= 1
    assert talk.show()["expected_wait_seconds"] is None
    assert told(talk)["staffed"] is False
    assert told(talk)["text"].startswith(NOBODY)
    arrive(office.agent("fay"))
    assert queue_of(talk)["staffed"] is True
    later = office.waiting()
    assert told(later)["staffed"] is True
    assert NOBODY not in told(later)["text"]


def test_who_works_by_a_token_counts(office: Office) -> None:
    """A program that takes conversations for somebody needs no desk."""
    office.sql("UPDATE staff SET seen_at = NULL")
    talk = office.waiting()
    assert queue_of(talk)["staffed"] is False
    office.agent("gus").claim(talk.id)
    assert queue_of(talk)["staffed"] is True


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("ana", lambda agent, _: agent.http.put("/v1/me/availability", json={"state": "away"})),
        ("ana", lambda agent, _: agent.http.put("/v1/me/availability", json={"queues": ["money"]})),
        ("ana", lambda _, office: office.sql("UPDATE staff SET disabled = :yes WHERE name = 'ana'", yes=True)),
        ("ana", lambda _, office: office.sql("UPDATE staff SET seen_at = '2026-01-01 00:00:00'")),
    ],
    ids=["away", "serves another queue", "disabled", "left the desk open and the machine off"],
)
def test_who_does_not_count(empty: Office, name: str, change: Callable[[Agent, Office], Any]) -> None:
    """Signed in is not there."""
    agent = come(empty, name)
    talk = empty.waiting()
    assert queue_of(talk)["staffed"] is True
    change(agent, empty)
    assert queue_of(talk)["staffed"] is False


def test_who_serves_this_queue_counts(empty: Office) -> None:
    """One of two who are there is enough."""
    come(empty, "ana").http.put("/v1/me/availability", json={"state": "away"})
    talk = empty.waiting()
    assert queue_of(talk)["staffed"] is False
    come(empty, "ben").http.put("/v1/me/availability", json={"queues": ["money", "general"]})
    assert queue_of(talk)["staffed"] is True


def test_editors_answer_nobody(empty: Office) -> None:
    """They have no inbox, so that they are never at the desk; nor is the command line."""
    edith = empty.agent("edith")
    assert edith.http.get("/v1/queue/events").status_code == 403
    empty.sql("UPDATE staff SET seen_at = CURRENT_TIMESTAMP WHERE name = 'edith'")
    assert queue_of(empty.waiting())["staffed"] is False


def test_signing_out_is_leaving(empty: Office) -> None:
    """At once, not after three minutes; and coming back counts at once too."""
    talk = empty.waiting()
    root = empty.agent("root").http
    hal = next(one for one in root.get("/v1/staff").json()["staff"] if one["name"] == "hal")
    token = root.post(f"/v1/staff/{hal['id']}/link").json()["url"].partition("#")[2]
    with open_client(empty.url) as http:
        done = http.post("/v1/session/password", json={"token": token, "password": PASSWORD})
        assert done.status_code == 200, done.text
    for _ in range(2):
        with signed_in(empty, "hal@baton.test", PASSWORD) as http:
            with http.stream("GET", "/v1/queue/events") as stream:
                assert next(stream.iter_lines()).startswith(":")
                next_row = empty.sql("SELECT seen_at FROM staff WHERE name = 'hal'")
            assert next_row
            assert queue_of(talk)["staffed"] is True
            assert http.delete("/v1/session").status_code == 204
        assert queue_of(talk)["staffed"] is False


def test_visitors_learn_names_and_no_numbers(empty: Office) -> None:
    """The desk tells whose a conversation is by the account; the visitor's view of the log has the name alone."""
    talk = empty.waiting()
    ana = empty.agent("ana")
    fence = ana.claim(talk.id)
    ana.reply(talk.id, "Hello", fence)
    own = ana.http.get("/v1/me").json()["id"]
    for_staff = ana.http.get(f"/v1/conversations/{talk.id}/events").json()["events"]
    assert [one["data"]["agent"] for one in for_staff if one["type"] == "handoff.claimed"] == [
        {"id": own, "name": "ana"}
    ]
    seen = [event for event in talk.events() if "agent" in event.data]
    assert [event.type for event in seen] == ["handoff.claimed", "message.agent"]
    assert [event.data["agent"] for event in seen] == [{"name": "ana"}] * 2
    with talk.stream() as live:
        streamed = [next(live) for _ in range(len(talk.events()))]
    assert [event.data["agent"] for event in streamed if "agent" in event.data] == [{"name": "ana"}] * 2
