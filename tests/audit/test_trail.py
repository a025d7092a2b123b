"""The audit trail: everything that people do is in it, before anybody sees; nothing of it can be changed."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from tests.support.office import Office


def trail(office: Office, conversation_id: str) -> list[dict[str, Any]]:
    """One conversation's entries, oldest first."""
    answer = office.agent("lea").http.get(f"/v1/conversations/{conversation_id}/audit", params={"limit": 500})
    assert answer.status_code == 200, answer.text
    entries: list[dict[str, Any]] = answer.json()["entries"]
    return entries[::-1]


def test_a_conversations_life(office: Office) -> None:
    """Who read, claimed, wrote, noted, passed on, took over and resolved, in order, each named."""
    ana, ben, lea = office.agent("ana"), office.agent("ben"), office.agent("lea")
    talk = office.waiting()
    assert ana.http.get(f"/v1/conversations/{talk.id}").status_code == 200
    fence = ana.claim(talk.id)
    seq = ana.reply(talk.id, "private words", fence)
    ana.do(talk.id, "note", text="also private")
    ana.do(talk.id, "transfer", fence=fence, queue="money", reason="a refund")
    ben.claim(talk.id)
    taken = lea.do(talk.id, "claim", take_over=True).json()["fence"]
    lea.do(talk.id, "resolve", fence=taken, bot_right="no", needed_person="yes")
    found = [
        (entry["staff"]["name"], entry["action"].removeprefix("conversation.")) for entry in trail(office, talk.id)
    ]
    assert found == [
        ("ana", "read"),
        ("ana", "claimed"),
        ("ana", "replied"),
        ("ana", "noted"),
        ("ana", "transferred"),
        ("ben", "claimed"),
        ("lea", "taken_over"),
        ("lea", "resolved"),
    ]
    details = {entry["action"]: entry["detail"] for entry in trail(office, talk.id)}
    assert details["conversation.replied"] == {"seq": seq}
    assert details["conversation.resolved"] == {"bot_right": "no", "needed_person": "yes"}
    assert details["conversation.taken_over"]["from"] == "ben"
    assert "private" not in str(trail(office, talk.id)), "words stay in the log of the conversation"


@pytest.mark.parametrize("what", ["", "/events", "/brief", "/visitor", "/saved-replies"])
def test_every_way_to_read_is_known(office: Office, what: str) -> None:
    """Each route that shows a conversation leaves an entry; the visitor's own reading leaves none."""
    talk = office.waiting()
    talk.show()
    talk.events()
    assert trail(office, talk.id) == []
    eve = office.agent("eve")
    for _ in range(3):
        assert eve.http.get(f"/v1/conversations/{talk.id}{what}").status_code == 200
    assert [(one["staff"]["name"], one["action"]) for one in trail(office, talk.id)] == [("eve", "conversation.read")]


def test_a_stream_is_reading(office: Office) -> None:
    """Who listens reads."""
    talk = office.waiting()
    headers = {"accept": "text/event-stream"}
    with office.agent("eve").http.stream("GET", f"/v1/conversations/{talk.id}/events", headers=headers) as stream:
        assert next(stream.iter_lines()).startswith(":")
        assert [one["action"] for one in trail(office, talk.id)] == ["conversation.read"]


def test_what_was_refused_or_is_not_there_leaves_nothing(office: Office) -> None:
    """A claim that was lost is no claim; a conversation that does not exist was not read."""
    ana, ben = office.agent("ana"), office.agent("ben")
    talk = office.waiting()
    ana.claim(talk.id)
    assert ben.do(talk.id, "claim").status_code == 409
    assert ben.do(talk.id, "reply", text="x", fence=1, client_id="x").status_code == 409
    assert {one["staff"]["name"] for one in trail(office, talk.id)} == {"ana"}
    before = office.agent("lea").http.get("/v1/audit", params={"limit": 1}).json()["entries"][0]["id"]
    assert ben.http.get("/v1/conversations/none").status_code == 404
    assert ben.http.get("/v1/conversations/none/brief").status_code == 404
    after = office.agent("lea").http.get("/v1/audit", params={"limit": 1}).json()["entries"][0]["id"]
    assert after == before


def test_filters_and_pages(office: Office) -> None:
    """By person, action and conversation; older ones page by page."""
    lea, hal = office.agent("lea"), office.agent("hal")
    for state in ("away", "online") * 3:
        hal.http.put("/v1/me/availability", json={"state": state})
    number = hal.http.get("/v1/me").json()["id"]
    wanted = {"staff": number, "action": "availability.changed", "limit": 4}
    first = lea.http.get("/v1/audit", params=wanted).json()
    assert [entry["detail"]["state"] for entry in first["entries"]] == ["online", "away"] * 2
    second = lea.http.get("/v1/audit", params={**wanted, "before": first["next_before"]}).json()
    assert [entry["detail"]["state"] for entry in second["entries"]] == ["online", "away"]
    assert second["next_before"] is None
    assert {entry["staff"]["id"] for entry in first["entries"]} == {number}
    assert lea.http.get("/v1/audit", params={"conversation_id": "none"}).json()["entries"] == []


def test_days_and_groups(office: Office) -> None:
    """From a moment to just before another; one kind of action, or all whose names begin alike."""
    lea, gus = office.agent("lea"), office.agent("gus")
    number = gus.http.get("/v1/me").json()["id"]
    talk = office.waiting()
    gus.http.put("/v1/me/availability", json={"max_open": 7})
    gus.do(talk.id, "note", text="one")
    gus.do(talk.id, "note", text="two")

    def found(**wanted: Any) -> list[dict[str, Any]]:
        answer = lea.http.get("/v1/audit", params={"staff": number, **wanted})
        assert answer.status_code == 200, answer.text
        entries: list[dict[str, Any]] = answer.json()["entries"]
        return entries

    two, one, changed = found()[:3]
    assert [entry["action"] for entry in (two, one, changed)] == ["conversation.noted"] * 2 + ["availability.changed"]
    assert [entry["id"] for entry in found(action="conversation.")] == [two["id"], one["id"]]
    assert found(action="conversation") == []
    assert found(action="%.") == []
    assert [entry["id"] for entry in found(since=one["at"], until=two["at"])] == [one["id"]]
    assert two["id"] not in [entry["id"] for entry in found(until=two["at"])]
    assert found(since=two["at"])[-1]["id"] == two["id"]


@pytest.mark.parametrize(
    "wanted",
    [{"since": "yesterday"}, {"since": "2026-01-01T00:00:00"}, {"until": "2026-13-01T00:00:00Z"}, {"action": "a\x00"}],
)
def test_what_cannot_be_asked(office: Office, wanted: dict[str, str]) -> None:
    """A moment without a zone, one that is none, a character that no database compares."""
    answer = office.agent("lea").http.get("/v1/audit", params=wanted)
    assert answer.status_code == 422, answer.text
    assert next(iter(wanted)) in answer.json()["detail"]


def test_signing_in_is_in_it(office: Office) -> None:
    """A wrong password is seen by a lead, with where it came from; the password is not."""
    with office.visitor() as someone:
        body = {"email": "gus@baton.test", "password": "a guess of somebody"}
        someone.http.headers["x-forwarded-for"] = "24.1.2.3"
        assert someone.http.post("/v1/session", json=body).status_code == 401
    found = office.agent("lea").http.get("/v1/audit", params={"action": "staff.sign_in_failed"}).json()["entries"][0]
    assert (found["staff"]["email"], found["detail"]) == ("gus@baton.test", {"address": "24.1.2.3"})


@pytest.mark.parametrize("statement", ["UPDATE audit SET action = 'nothing'", "DELETE FROM audit"])
def test_nothing_is_changed_or_deleted(office: Office, statement: str) -> None:
    """The database refuses, whoever asks."""
    office.agent("ana").http.put("/v1/me/availability", json={})
    count = "SELECT count(*) FROM audit WHERE action <> 'nothing'"
    before = office.sql(count)[0][0]
    with pytest.raises(DBAPIError, match="append-only"):
        office.sql(statement)
    assert office.sql(count)[0][0] == before > 0


def test_one_look_at_many_things_is_one_entry(office: Office) -> None:
    """A desk that opens a conversation asks for several things of it at once; that is one look."""
    eve = office.agent("eve")
    parts = ["", "/events", "/brief", "/visitor", "/saved-replies"]
    for _ in range(5):
        talk = office.waiting()
        with ThreadPoolExecutor(len(parts)) as pool:
            answers = list(pool.map(eve.http.get, [f"/v1/conversations/{talk.id}{part}" for part in parts]))
        assert [answer.status_code for answer in answers] == [200] * len(parts)
        assert [entry["action"] for entry in trail(office, talk.id)] == ["conversation.read"]
