"""Working with colleagues: transfers, taking over, replies that cross, mentions, ticked steps."""

import pytest

from tests.support.desk import Agent
from tests.support.office import Office
from tests.support.visitors import Talk


@pytest.fixture
def waiting(office: Office) -> Talk:
    """A conversation that waits."""
    return office.waiting("somebody hacked my account")


def number(agent: Agent) -> int:
    """An agent's number."""
    return int(agent.http.get("/v1/me").json()["id"])


def test_transfer_to_a_person(office: Office, waiting: Talk) -> None:
    """The colleague hears of it with the reason; the visitor sees a place in line and neither name nor reason."""
    ana, ben = office.agent("ana"), office.agent("ben")
    fence = ana.claim(waiting.id)
    passed = ana.do(waiting.id, "transfer", fence=fence, to=number(ben), reason="You know this shop.")
    assert passed.status_code == 202, passed.text
    told = ben.http.get("/v1/me/mentions", params={"unread": True}).json()
    mine = [one for one in told["mentions"] if one["conversation_id"] == waiting.id]
    assert [(one["kind"], one["by"]["name"], one["text"]) for one in mine] == [
        ("transfer", "ana", "For ben: You know this shop.")
    ]
    listed = ben.http.get("/v1/queue", params={"view": "mine"}).json()["items"]
    item = next(one for one in listed if one["conversation_id"] == waiting.id)
    assert (item["state"], item["assigned_to"]["name"]) == ("waiting", "ben")
    seen = "".join(str(event.data) for event in waiting.events())
    assert "You know this shop" not in seen
    assert "ben" not in seen
    ben.claim(waiting.id)
    assert waiting.show()["agent"]["name"] == "ben"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"to": 2**30}, "nobody with this number"),
        ({"queue": "nowhere"}, "there is no queue `nowhere`"),
        ({}, "say where it goes"),
    ],
)
def test_transfer_to_nowhere(office: Office, waiting: Talk, fields: dict[str, object], words: str) -> None:
    """What does not exist is refused in words, and the conversation stays."""
    ana = office.agent("ana")
    fence = ana.claim(waiting.id)
    refused = ana.do(waiting.id, "transfer", fence=fence, reason="x", **fields)
    assert refused.status_code == 422
    assert words in refused.json()["detail"]
    ana.reply(waiting.id, "still here", fence)


def test_transfer_to_who_answers_nobody(office: Office, waiting: Talk) -> None:
    """An editor answers no visitors, and oneself has it already."""
    ana = office.agent("ana")
    fence = ana.claim(waiting.id)
    everybody = {one["name"]: one["id"] for one in ana.http.get("/v1/staff").json()["staff"]}
    for name in ("edith", "ana"):
        assert ana.do(waiting.id, "transfer", fence=fence, to=everybody[name], reason="x").status_code == 422


def test_a_lead_takes_over(office: Office, waiting: Talk) -> None:
    """A lead may take what a colleague has, who is told who has it; an agent may not."""
    ana, ben, lea = office.agent("ana"), office.agent("ben"), office.agent("lea")
    old = ana.claim(waiting.id)
    assert ben.do(waiting.id, "claim", take_over=True).status_code == 403
    taken = lea.do(waiting.id, "claim", take_over=True)
    assert taken.status_code == 200
    refused = ana.do(waiting.id, "reply", text="mine", fence=old, client_id="x")
    assert refused.status_code == 409
    assert refused.json()["claimed_by"] == {"id": number(lea), "name": "lea"}
    lea.reply(waiting.id, "Lea here.", taken.json()["fence"])
    assert waiting.show()["agent"]["name"] == "lea"


def test_a_reply_is_never_sent_over_somebody_elses(office: Office, waiting: Talk) -> None:
    """A draft that was begun before a colleague's reply is refused, and says who wrote what; once it was read, the
    same draft goes through."""
    ana, ben = office.agent("ana"), office.agent("ben")
    first = ana.claim(waiting.id)
    seen = ana.reply(waiting.id, "Let me look.", first)
    ana.do(waiting.id, "release", fence=first)
    second = ben.claim(waiting.id)
    late = ana.do(waiting.id, "reply", text="Done!", fence=first, client_id="draft", last_seq=seen)
    assert late.status_code == 409
    assert (late.json()["claimed_by"]["name"], late.json()["newer"]) == ("ben", None)
    written = ben.reply(waiting.id, "It is settled.", second)
    ben.do(waiting.id, "release", fence=second)
    third = ana.claim(waiting.id)
    crossed = ana.do(waiting.id, "reply", text="Done!", fence=third, client_id="draft", last_seq=seen)
    assert crossed.status_code == 409
    newer = crossed.json()["newer"]
    assert (newer["seq"], newer["text"], newer["agent"]["name"]) == (written, "It is settled.", "ben")
    assert "ben wrote to the visitor meanwhile" in crossed.json()["detail"]
    sent = ana.do(waiting.id, "reply", text="Done!", fence=third, client_id="draft", last_seq=newer["seq"])
    assert sent.status_code == 202
    again = ana.do(waiting.id, "reply", text="More.", fence=third, client_id="more", last_seq=newer["seq"])
    assert again.status_code == 202, "one's own reply behind it is no obstacle"
    assert [e.data["text"] for e in waiting.events() if e.type == "message.agent"][-2:] == ["Done!", "More."]


def test_mentions(office: Office, waiting: Talk) -> None:
    """A note tells whom it names, once each; who is no colleague is said; visitors see none of it."""
    ana, ben = office.agent("ana"), office.agent("ben")
    text = "@ben@baton.test and @BEN@baton.test, please look. @nobody@baton.test? mail me@baton.test @edith@baton.test."
    noted = ana.do(waiting.id, "note", text=text)
    assert noted.status_code == 202, noted.text
    assert [one["name"] for one in noted.json()["mentioned"]] == ["ben"]
    assert noted.json()["unknown"] == ["@nobody@baton.test", "@edith@baton.test"]
    found = ben.http.get("/v1/me/mentions").json()
    mine = [one for one in found["mentions"] if one["conversation_id"] == waiting.id]
    assert [(one["seq"], one["text"], one["read"]) for one in mine] == [(noted.json()["seq"], text, False)]
    assert ben.http.get("/v1/queue/counts").json()["mentions"] == found["unread"]
    assert ana.http.post("/v1/me/mentions/read", json={"ids": [mine[0]["id"]]}).status_code == 204
    assert ben.http.get("/v1/me/mentions").json()["unread"] == found["unread"], "nobody reads for somebody else"
    assert ben.http.post("/v1/me/mentions/read", json={"ids": [mine[0]["id"]]}).status_code == 204
    assert ben.http.get("/v1/me/mentions").json()["unread"] == found["unread"] - 1
    assert all("please look" not in str(event.data) for event in waiting.events())


def test_only_who_is_mentioned_hears_it(office: Office, waiting: Talk) -> None:
    """The desk's stream tells of a mention at once, and tells nobody else's."""
    ana, ben, cai = office.agent("ana"), office.agent("ben"), office.agent("cai")
    with (
        ben.http.stream("GET", "/v1/queue/events") as bens,
        cai.http.stream("GET", "/v1/queue/events") as cais,
    ):
        heard, others = bens.iter_lines(), cais.iter_lines()
        assert next(heard).startswith(":")
        assert next(others).startswith(":")
        ana.do(waiting.id, "note", text="@ben@baton.test hello")
        ana.do(waiting.id, "note", text="@cai@baton.test hello")
        assert next(line for line in heard if line == "event: desk.mention")
        assert f'"conversation_id":"{waiting.id}"' in next(heard)
        events: list[str] = []
        while events.count("event: queue.changed") < 2:
            events.append(next(others))
        assert sum(line == "event: desk.mention" for line in events) == 0


def test_steps(office: Office, waiting: Talk) -> None:
    """Two agents tick steps at the same time and undo nothing of each other's; the brief shows who did what."""
    ana, ben = office.agent("ana"), office.agent("ben")
    sop = ana.http.get(f"/v1/conversations/{waiting.id}/brief").json()["sop"]
    assert sop is not None
    assert len(sop["steps"]) > 2
    assert sop["ticks"] == []
    key = {"article_id": sop["article_id"], "revision": sop["revision"]}
    place = f"/v1/conversations/{waiting.id}/steps"
    for agent, step, done in ((ana, 0, True), (ben, 2, True), (ben, 0, True), (ben, 1, True), (ana, 1, False)):
        answer = agent.http.put(place, json={**key, "step": step, "done": done})
        assert answer.status_code == 200, answer.text
    ticks = ana.http.get(f"/v1/conversations/{waiting.id}/brief").json()["sop"]["ticks"]
    assert [(tick["step"], tick["by"]["name"]) for tick in ticks] == [(0, "ana"), (2, "ben")]
    assert ana.http.put(place, json={**key, "step": 200, "done": True}).status_code == 422
    nowhere = ana.http.put("/v1/conversations/none/steps", json={**key, "step": 0, "done": True})
    assert nowhere.status_code == 404
