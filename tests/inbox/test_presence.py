"""Who looks at a conversation, and what the desk knows of its visitor."""

import time
from pathlib import Path

import pytest

from tests.support.articles import publish
from tests.support.desk import Agent, hire
from tests.support.office import Office
from tests.support.server import Server
from tests.support.visitors import Visitor, read_frames
from tests.support.waiting import until


def look(agent: Agent, conversation_id: str, **fields: bool) -> list[tuple[str, bool]]:
    """Say that one looks; who else does."""
    answer = agent.http.post(f"/v1/conversations/{conversation_id}/looking", json=fields)
    assert answer.status_code == 200, answer.text
    return [(one["name"], one["writing"]) for one in answer.json()["looking"]]


def test_who_else_looks(office: Office) -> None:
    """Colleagues see each other, who writes, and who is gone; it is in the list and on the stream."""
    ana, ben = office.agent("ana"), office.agent("ben")
    talk = office.waiting()
    with ben.http.stream("GET", "/v1/queue/events") as stream:
        frames = read_frames(stream.iter_lines())
        assert look(ana, talk.id) == []
        heard = next(event for event in frames if event.type == "desk.looking")
        assert (heard.data["conversation_id"], heard.data["staff"]["name"]) == (talk.id, "ana")
        assert (heard.data["writing"], heard.data["gone"]) == (False, False)
        assert look(ana, talk.id, writing=True) == []
        assert next(event for event in frames if event.type == "desk.looking").data["writing"]
    assert look(ben, talk.id) == [("ana", True)]
    assert look(ana, talk.id) == [("ben", False)]
    items = ana.http.get("/v1/queue", params={"view": "all", "limit": 500}).json()["items"]
    item = next(one for one in items if one["conversation_id"] == talk.id)
    assert [one["name"] for one in item["looking"]] == ["ben"]
    look(ben, talk.id, gone=True)
    assert look(ana, talk.id) == []
    assert ana.http.post("/v1/conversations/none/looking", json={}).status_code == 404


def test_visitors_hear_nothing_of_it(office: Office) -> None:
    """Looking, notes, ticks and snoozes leave no trace in the visitor's stream."""
    ana = office.agent("ana")
    talk = office.waiting()
    with talk.stream() as frames:
        look(ana, talk.id, writing=True)
        ana.do(talk.id, "note", text="between us")
        tick = {"article_id": "x", "revision": 1, "step": 0, "done": True}
        ana.http.put(f"/v1/conversations/{talk.id}/steps", json=tick)
        ana.reply(talk.id, "Hello", ana.claim(talk.id))
        types = []
        for event in frames:
            types.append(event.type)
            if event.type == "message.agent":
                break
    assert types == ["message.visitor", "handoff.opened", "handoff.claimed", "message.agent"]


@pytest.mark.postgres
@pytest.mark.redis
def test_over_two_servers(tmp_path: Path, small_source: Path, database_url: str, redis_url: str) -> None:
    """Who looks at one server is seen at the other."""
    env = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "SECRET_KEY": "one key for both, long enough to sign"}
    with Server(tmp_path / "one", env, wait_ready=False) as one:
        publish(one.url, one.first_token, small_source)
        tokens = hire(database_url.replace("postgresql://", "postgresql+psycopg://"))
        with (
            Server(tmp_path / "two", env) as two,
            Agent(one.url, tokens["ana"]) as ana,
            Agent(two.url, tokens["ben"]) as ben,
            Visitor(one.url) as visitor,
        ):
            talk = visitor.begin()
            talk.ask_for_person()
            look(ana, talk.id, writing=True)
            until(lambda: look(ben, talk.id) == [("ana", True)], 5.0, "ana at the other server")
            begun = time.monotonic()
            until(lambda: look(ana, talk.id) == [("ben", False)], 5.0, "ben at the other server")
            assert time.monotonic() - begun < 5


def test_the_visitors_side(office: Office) -> None:
    """The page that the visitor was on, and their other conversations with what became of them: theirs alone."""
    visitor, stranger = office.visitor(), office.visitor()
    ana = office.agent("ana")
    office.waiting("not theirs", visitor=stranger)
    first = office.waiting("my first", visitor=visitor)
    ana.do(first.id, "resolve", fence=ana.claim(first.id))
    second = office.waiting("my second", visitor=visitor, context={"order_id": "A-17", "page": "/orders/A-17"})
    side = ana.http.get(f"/v1/conversations/{second.id}/visitor").json()
    assert side["visitor_id"] == visitor.id
    assert side["context"] == {"order_id": "A-17", "page": "/orders/A-17"}
    assert (side["identified"], side["customer"], side["name"], side["audience"]) == (False, None, None, "buyer")
    assert [(one["id"], one["state"], one["question"]) for one in side["conversations"]] == [
        (first.id, "resolved", "my first")
    ]
    assert side["conversations"][0]["resolved_at"]
    assert ana.http.get("/v1/conversations/none/visitor").status_code == 404
