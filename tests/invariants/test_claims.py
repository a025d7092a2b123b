"""I4: one live claim a conversation, with a fencing number."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.desk import Agent
from tests.support.server import Server
from tests.support.visitors import Talk, Visitor

AGENTS = ("ana", "ben", "cai", "dee", "eve", "fay", "gus", "hal")


@pytest.fixture
def waiting(talk: Talk) -> Talk:
    """A conversation that waits for a person."""
    talk.ask_for_person("I want to talk to somebody")
    return talk


@pytest.mark.parametrize("many", [2, 8])
def test_of_many_claims_at_once_one_wins(
    waiting: Talk, shared_server: Server, tokens: dict[str, str], many: int
) -> None:
    """One agent gets the conversation; the others are told who has it."""
    with ExitStack() as stack:
        agents = {name: stack.enter_context(Agent(shared_server.url, tokens[name])) for name in AGENTS[:many]}
        with ThreadPoolExecutor(many) as pool:
            answers = dict(
                zip(agents, pool.map(lambda agent: agent.do(waiting.id, "claim"), agents.values()), strict=True)
            )
    winners = [name for name, answer in answers.items() if answer.status_code == 200]
    assert len(winners) == 1
    for name, answer in answers.items():
        if name != winners[0]:
            assert answer.status_code == 409
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["claimed_by"]["name"] == winners[0]
    assert [event.type for event in waiting.events()].count("handoff.claimed") == 1
    assert waiting.show()["agent"]["name"] == winners[0]


def test_claiming_again_what_one_has_is_no_error(waiting: Talk, ana: Agent) -> None:
    """An agent whose first answer was lost gets the same fence, and the visitor no second notice."""
    assert ana.claim(waiting.id) == ana.claim(waiting.id)
    assert [event.type for event in waiting.events()].count("handoff.claimed") == 1


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("reply", {"text": "late words", "client_id": "late"}),
        ("release", {}),
        ("transfer", {"queue": "general", "reason": "late"}),
        ("resolve", {}),
    ],
)
def test_late_writes_of_an_old_claim_are_refused(
    waiting: Talk, ana: Agent, ben: Agent, what: str, fields: dict[str, object]
) -> None:
    """After release and a new claim, the old fence writes nothing."""
    old = ana.claim(waiting.id)
    assert ana.do(waiting.id, "release", fence=old).status_code == 202
    new = ben.claim(waiting.id)
    assert new > old
    before = waiting.events()
    refused = ana.do(waiting.id, what, fence=old, **fields)
    assert refused.status_code == 409
    assert refused.json()["claimed_by"]["name"] == "ben"
    assert waiting.events() == before
    ben.reply(waiting.id, "Here I am.", new)


def test_an_old_fence_of_ones_own_is_refused_too(waiting: Talk, ana: Agent) -> None:
    """The same agent in an old window cannot write under the claim before."""
    old = ana.claim(waiting.id)
    ana.do(waiting.id, "release", fence=old)
    new = ana.claim(waiting.id)
    assert ana.do(waiting.id, "reply", text="late", fence=old, client_id="x").status_code == 409
    ana.reply(waiting.id, "now", new)


def test_a_reply_and_a_resolve_at_once_leave_a_whole_story(waiting: Talk, ana: Agent) -> None:
    """Whatever comes first, a reply that was accepted stands before the resolve, never behind it."""
    fence = ana.claim(waiting.id)
    with ThreadPoolExecutor(9) as pool:
        replies = [
            pool.submit(ana.do, waiting.id, "reply", text=f"word {n}", fence=fence, client_id=str(n)) for n in range(8)
        ]
        resolved = pool.submit(ana.do, waiting.id, "resolve", fence=fence)
    assert resolved.result().status_code == 202
    accepted = [int(one.result().json()["seq"]) for one in replies if one.result().status_code == 202]
    assert all(one.result().status_code in (202, 409) for one in replies)
    assert all(seq < int(resolved.result().json()["seq"]) for seq in accepted)


def test_killed_between_claim_and_reply(data_dir: Path, tokens: dict[str, str]) -> None:
    """Claims outlive the process; a reply sent again under its client_id, before or after, is there once."""
    with (
        Server(data_dir) as server,
        Visitor(server.url) as visitor,
        Agent(server.url, tokens["ana"]) as ana,
        Agent(server.url, tokens["ben"]) as ben,
    ):
        unanswered, answered = visitor.begin(), visitor.begin()
        fences = {}
        for talk in (unanswered, answered):
            talk.ask_for_person("a person, please")
            fences[talk] = ana.claim(talk.id)
        first = ana.reply(answered.id, "Hello, I am Ana.", fences[answered], "hello")
        server.kill()
        server.start()
        for someone in (visitor, ana, ben):
            someone.moved(server.url)
        for talk in (unanswered, answered):
            assert talk.show()["state"] == "claimed"
            assert ben.do(talk.id, "claim").json()["claimed_by"]["name"] == "ana"
            seqs = {ana.reply(talk.id, "Hello, I am Ana.", fences[talk], "hello") for _ in range(2)}
            assert len(seqs) == 1
            assert [e.data["text"] for e in talk.events() if e.type == "message.agent"] == ["Hello, I am Ana."]
            other = ana.do(talk.id, "reply", text="Other", fence=fences[talk], client_id="hello")
            assert other.status_code == 409
        assert seqs == {first}
