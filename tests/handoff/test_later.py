"""Later: snoozed, woken, resolved with labels, opened again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.desk import Agent
from tests.support.office import Office
from tests.support.questions import TWICE
from tests.support.visitors import Talk
from tests.support.waiting import until as wait_until


@pytest.fixture
def waiting(office: Office) -> Talk:
    """A conversation that waits."""
    return office.waiting()


def ids(agent: Agent, view: str) -> list[str]:
    """Conversations in a view."""
    answer = agent.http.get("/v1/queue", params={"view": view, "limit": 500})
    assert answer.status_code == 200, answer.text
    return [item["conversation_id"] for item in answer.json()["items"]]


def ahead(**time: float) -> str:
    """A moment from now."""
    return (datetime.now(UTC) + timedelta(**time)).isoformat()


def test_snoozed_until_it_is_time(office: Office, waiting: Talk) -> None:
    """A snoozed conversation leaves the lists and stays the agent's; it comes back by itself, and the desk hears it."""
    ana = office.agent("ana")
    fence = ana.claim(waiting.id)
    assert ana.do(waiting.id, "snooze", fence=fence, until=ahead(hours=2)).status_code == 202
    assert waiting.id in ids(ana, "snoozed")
    assert waiting.id not in ids(ana, "mine") + ids(ana, "all")
    assert waiting.id not in ids(office.agent("ben"), "snoozed")
    assert waiting.id in ids(office.agent("lea"), "snoozed")
    statement = "UPDATE handoff SET snoozed_until = :moment WHERE conversation_id = :id AND state = 'claimed'"
    office.sql(statement, moment=datetime.now(UTC).replace(tzinfo=None), id=waiting.id)
    assert waiting.id in ids(ana, "mine")

    def woken() -> bool:
        events = ana.http.get(f"/v1/conversations/{waiting.id}/events").json()["events"]
        return [event["type"] for event in events].count("handoff.woken") == 1

    wait_until(woken, 15.0, "the snooze's end in the log")
    ana.reply(waiting.id, "I am back.", fence)
    assert not [event for event in waiting.events() if event.type in ("handoff.snoozed", "handoff.woken")]


def test_the_visitor_wakes_it(office: Office, waiting: Talk) -> None:
    """What the visitor writes brings a snoozed conversation back at once, and a reply falls due."""
    ana = office.agent("ana")
    fence = ana.claim(waiting.id)
    ana.reply(waiting.id, "I ask the seller.", fence)
    ana.do(waiting.id, "snooze", fence=fence, until=ahead(days=1))
    waiting.post("Any news?")
    listed = ana.http.get("/v1/queue", params={"view": "mine", "limit": 500}).json()["items"]
    item = next(one for one in listed if one["conversation_id"] == waiting.id)
    assert item["snoozed_until"] is None
    assert item["visitor_waiting"]
    assert item["due_at"] is not None


def test_woken_by_hand(office: Office, waiting: Talk) -> None:
    """The agent may bring it back early, any number of times; release ends a snooze too."""
    ana = office.agent("ana")
    fence = ana.claim(waiting.id)
    ana.do(waiting.id, "snooze", fence=fence, until=ahead(days=1))
    first = ana.do(waiting.id, "wake", fence=fence)
    assert first.status_code == 202
    assert ana.do(waiting.id, "wake", fence=fence).json() == first.json()
    assert waiting.id in ids(ana, "mine")
    ana.do(waiting.id, "snooze", fence=fence, until=ahead(days=1))
    assert ana.do(waiting.id, "release", fence=fence).status_code == 202
    assert waiting.id in ids(ana, "all")


def test_times_that_make_no_sense(office: Office, waiting: Talk) -> None:
    """Too soon, too late, past, without a zone, or no time at all."""
    ana = office.agent("ana")
    fence = ana.claim(waiting.id)
    for until in (ahead(seconds=5), ahead(days=61), ahead(days=-1), ahead(days=1)[:19], "soon"):
        assert ana.do(waiting.id, "snooze", fence=fence, until=until).status_code == 422, until


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ({"bot_right": "no", "needed_person": "yes"}, ("no", "yes")),
        ({"bot_right": "na"}, ("na", None)),
        ({"bot_was_right": True, "needed_person": False}, ("yes", "no")),
        ({}, None),
    ],
)
def test_labels(office: Office, said: dict[str, Any], stored: tuple[str, str | None] | None) -> None:
    """What agents say at resolve is kept beside the answer that it is about, for calibration."""
    talk = office.visitor().begin()
    answer = talk.outcome(TWICE)
    assert answer.data["outcome"] == "answer"
    talk.ask_for_person()
    ana = office.agent("ana")
    resolved = ana.do(talk.id, "resolve", fence=ana.claim(talk.id), **said)
    assert resolved.status_code == 202, resolved.text
    query = "SELECT bot_right, needed_person, answer_seq FROM label WHERE conversation_id = :id"
    rows = [tuple(row) for row in office.sql(query, id=talk.id)]
    assert rows == ([] if stored is None else [(*stored, answer.seq)])


def test_labels_that_are_none(office: Office, waiting: Talk) -> None:
    """Only known words are taken."""
    ana = office.agent("ana")
    fence = ana.claim(waiting.id)
    assert ana.do(waiting.id, "resolve", fence=fence, bot_right="maybe").status_code == 422
    assert ana.do(waiting.id, "resolve", fence=fence, needed_person="na").status_code == 422


def test_reopened(office: Office, waiting: Talk) -> None:
    """An agent goes on with a resolved conversation: it is theirs, the bot stays silent, and a second resolve holds."""
    ana, ben = office.agent("ana"), office.agent("ben")
    ana.do(waiting.id, "resolve", fence=ana.claim(waiting.id))
    opened = ben.do(waiting.id, "reopen")
    assert opened.status_code == 200, opened.text
    assert waiting.show()["state"] == "claimed"
    assert waiting.show()["agent"]["name"] == "ben"
    assert ana.do(waiting.id, "reopen").status_code == 409
    episode = waiting.show()["episode"]
    seq = waiting.post(TWICE)
    ben.reply(waiting.id, "One more thing.", opened.json()["fence"])
    assert not [event for event in waiting.events(seq) if event.type == "message.bot"]
    done = ben.do(waiting.id, "resolve", fence=opened.json()["fence"])
    assert done.status_code == 202
    assert waiting.show()["episode"] == episode
    assert ids(ana, "resolved").count(waiting.id) == 1
    waiting.post(TWICE)
    assert waiting.show()["episode"] == episode + 1


def test_what_is_not_resolved_is_not_reopened(office: Office) -> None:
    """A conversation that the bot has, or that waits, is none to open again."""
    ana = office.agent("ana")
    talk = office.visitor().begin()
    assert ana.do(talk.id, "reopen").status_code == 409
    talk.ask_for_person()
    assert ana.do(talk.id, "reopen").status_code == 409
    assert ana.do("nowhere", "reopen").status_code == 404
