"""Take the next one: whose turn it is, for whom, and never the same for two."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.desk import Agent
from tests.support.office import Office, public_address
from tests.support.visitors import Talk


@pytest.fixture(autouse=True)
def nobody_waits(office: Office) -> None:
    """Each test begins with an empty line and agents who take from all queues."""
    office.clear()
    for name in ("ana", "ben"):
        agent = office.agent(name)
        available = {"state": "online", "max_open": 100, "queues": []}
        assert agent.http.put("/v1/me/availability", json=available).status_code == 200


def take(agent: Agent, **fields: Any) -> dict[str, Any]:
    """What the next one is."""
    answer = agent.http.post("/v1/queue/next", json=fields)
    assert answer.status_code == 200, answer.text
    taken: dict[str, Any] = answer.json()
    return taken


def urgent(office: Office, address: str = "") -> Talk:
    """A conversation whose topic is more urgent than others'."""
    talk = office.visitor(address).begin()
    assert talk.outcome("my house burns because of your charger").type in ("message.bot", "handoff.opened")
    talk.wait_for("handoff.opened")
    return talk


def test_the_most_urgent_then_the_oldest(office: Office) -> None:
    """Priority first, then age; each is claimed with a fence that writes; at the end the line is empty."""
    first, second = office.waiting(), office.waiting()
    third = urgent(office)
    ana = office.agent("ana")
    given = [take(ana) for _ in range(4)]
    assert [one["conversation_id"] for one in given] == [third.id, first.id, second.id, None]
    assert [one["left"] for one in given] == [2, 1, 0, 0]
    assert [one["why"] for one in given] == ["taken", "taken", "taken", "empty"]
    ana.reply(first.id, "Hello!", given[1]["fence"])
    assert first.wait_for("message.agent").data["text"] == "Hello!"


def test_one_visitor_with_many_conversations_is_ahead_of_nobody(office: Office) -> None:
    """Thirty conversations of one visitor, all older: after two of them everybody else comes first, even when an agent
    resolves each at once."""
    flood = office.visitor()
    many = {office.waiting(visitor=flood).id for _ in range(30)}
    others = [office.waiting() for _ in range(3)]
    ana = office.agent("ana")
    order = []
    for _ in range(8):
        taken = take(ana)
        order.append(taken["conversation_id"])
        assert ana.do(taken["conversation_id"], "resolve", fence=taken["fence"]).status_code == 202
    places = [order.index(talk.id) for talk in others]
    assert places == [2, 3, 4]
    assert sum(one in many for one in order) == 5


def test_many_anonymous_visitors_of_one_network_are_one(office: Office) -> None:
    """New tokens do not help: who floods from one network address waits behind somebody at another."""
    network = public_address()
    many = {office.waiting(visitor=office.visitor(network)).id for _ in range(20)}
    other = office.waiting(visitor=office.visitor(public_address()))
    ana = office.agent("ana")
    order = [take(ana)["conversation_id"] for _ in range(4)]
    assert order.index(other.id) == 2
    assert {one for one in order if one != other.id} <= many


def test_urgency_does_not_help_a_flood(office: Office) -> None:
    """Urgent words may be anybody's: a third urgent conversation of one network waits for somebody's first."""
    network = public_address()
    for _ in range(4):
        urgent(office, network)
    other = office.waiting(visitor=office.visitor(public_address()))
    ana = office.agent("ana")
    order = [take(ana)["conversation_id"] for _ in range(3)]
    assert order[2] == other.id


def test_everybody_gets_another(office: Office) -> None:
    """Eight agents ask at once, six wait: six get one each, no two the same."""
    waiting = {office.waiting().id for _ in range(6)}
    names = ("ana", "ben", "cai", "dee", "eve", "fay", "gus", "hal")
    agents = [office.agent(name) for name in names]
    with ThreadPoolExecutor(8) as pool:
        given = [one["conversation_id"] for one in pool.map(take, agents)]
    assert sorted(filter(None, given)) == sorted(waiting)
    assert given.count(None) == 2


def test_own_queues_only(office: Office) -> None:
    """Who serves one queue gets nobody from another."""
    office.waiting()
    money = urgent(office)
    ana = office.agent("ana")
    assert ana.http.put("/v1/me/availability", json={"queues": ["money"]}).status_code == 200
    assert take(ana)["conversation_id"] == money.id
    assert take(ana)["why"] == "empty"
    unknown = ana.http.put("/v1/me/availability", json={"queues": ["nowhere"]})
    assert unknown.status_code == 422
    assert "general, money, shut" in unknown.json()["detail"]


def test_closed_queues_wait(office: Office) -> None:
    """Outside opening hours `next` gives nobody, says why, and gives them when asked to."""
    talk = office.waiting()
    ben = office.agent("ben")
    ben.do(talk.id, "transfer", fence=ben.claim(talk.id), queue="shut", reason="tomorrow")
    ana = office.agent("ana")
    assert take(ana) == {"conversation_id": None, "fence": None, "left": 1, "why": "closed"}
    assert take(ana, include_closed=True)["conversation_id"] == talk.id


def test_away_and_enough(office: Office) -> None:
    """Who is away, or has as many as they chose, gets none and is told so; a snoozed one does not count."""
    for _ in range(3):
        office.waiting()
    ana = office.agent("ana")
    ana.http.put("/v1/me/availability", json={"state": "away", "max_open": 1})
    away = ana.http.post("/v1/queue/next")
    assert (away.status_code, away.json()["type"]) == (409, "urn:baton:away")
    ana.http.put("/v1/me/availability", json={"state": "online"})
    taken = take(ana)
    full = ana.http.post("/v1/queue/next")
    assert (full.status_code, full.json()["type"]) == (409, "urn:baton:at-capacity")
    assert (full.json()["open"], full.json()["max_open"]) == (1, 1)
    until = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    snoozed = ana.do(taken["conversation_id"], "snooze", fence=taken["fence"], until=until)
    assert snoozed.status_code == 202, snoozed.text
    assert take(ana)["why"] == "taken"


def test_two_windows_of_one_agent_do_not_take_more_than_they_can_carry(office: Office) -> None:
    """What an agent can carry holds for requests at the same moment."""
    for _ in range(8):
        office.waiting()
    ana = office.agent("ana")
    ana.http.put("/v1/me/availability", json={"max_open": 2})
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda _: ana.http.post("/v1/queue/next").status_code, range(8)))
    assert sorted(codes) == [200, 200, *[409] * 6]
    assert ana.http.get("/v1/me/availability").json()["open"] == 2


def test_passed_on_to_a_person(office: Office) -> None:
    """What was passed on to somebody is theirs first, nobody else's, until they are away."""
    office.waiting()
    passed = office.waiting()
    ana, ben, cai = office.agent("ana"), office.agent("ben"), office.agent("cai")
    number = ben.http.get("/v1/me").json()["id"]
    assert ana.do(passed.id, "transfer", fence=ana.claim(passed.id), to=number, reason="yours").status_code == 202
    other = take(cai)["conversation_id"]
    assert other not in (None, passed.id)
    assert take(cai)["conversation_id"] is None
    ben.http.put("/v1/me/availability", json={"state": "away"})
    given = take(cai)
    assert given["conversation_id"] == passed.id
    cai.do(passed.id, "transfer", fence=given["fence"], to=number, reason="you are back")
    office.waiting()
    ben.http.put("/v1/me/availability", json={"state": "online"})
    assert take(ben)["conversation_id"] == passed.id
