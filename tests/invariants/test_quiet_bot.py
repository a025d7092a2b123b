"""I8: the assistant is silent while a person has, or is asked for, a conversation."""

from pathlib import Path

from tests.support.desk import Agent
from tests.support.promises import answers_to, once
from tests.support.provider import Provider
from tests.support.questions import DELETE, TWICE
from tests.support.server import Server
from tests.support.visitors import Talk, Visitor
from tests.support.waiting import until


def test_silent_until_resolved_then_back(talk: Talk, ana: Agent) -> None:
    """Waiting, claimed, released: no word of the bot's; after resolve a message begins an episode and is answered."""
    talk.ask_for_person()
    silent = [talk.post(TWICE)]
    assert talk.show()["state"] == "waiting"
    fence = ana.claim(talk.id)
    silent.append(talk.post(TWICE))
    assert talk.show()["state"] == "claimed"
    ana.reply(talk.id, "One moment.", fence)
    silent.append(talk.post(DELETE))
    assert ana.do(talk.id, "release", fence=fence).status_code == 202
    silent.append(talk.post(TWICE))
    assert talk.show()["state"] == "waiting"
    assert talk.id in [item["conversation_id"] for item in ana.queue()]
    fence = ana.claim(talk.id)
    assert ana.do(talk.id, "resolve", fence=fence).status_code == 202
    assert talk.show()["state"] == "resolved"
    seq = talk.post(TWICE)
    answer = talk.wait_for("message.bot")
    assert answer.data["reply_to"] == seq
    assert answer.data["outcome"] == "answer"
    events = talk.events()
    assert "conversation.reopened" in [event.type for event in events if event.seq == seq - 1]
    assert not [event for number in silent for event in answers_to(events, number)]
    shown = talk.show()
    assert (shown["state"], shown["episode"]) == ("bot", 2)


def test_asking_for_a_person_again_changes_nothing(talk: Talk) -> None:
    """A visitor who presses the button five times stands in the queue once."""
    for _ in range(5):
        talk.ask_for_person()
    assert [event.type for event in talk.events()] == ["handoff.opened"]
    assert talk.show()["position"] is not None


def test_a_person_can_always_be_had(talk: Talk, ana: Agent) -> None:
    """Asked for in words or after a resolve, a person is one step away."""
    talk.post("I want to talk to a human being please")
    opened = talk.wait_for("handoff.opened")
    assert opened.data["reason"] == "asked_for_person"
    fence = ana.claim(talk.id)
    ana.do(talk.id, "resolve", fence=fence)
    talk.ask_for_person("again, please")
    assert talk.show()["state"] == "waiting"
    once(talk.events())


def test_an_answer_that_comes_too_late_is_not_said(data_dir: Path, provider: Provider, tokens: dict[str, str]) -> None:
    """The visitor asks for a person while the model is writing: what it wrote is dropped, also after the resolve."""
    provider.behaviour, provider.pause = "slow", 1.0
    with (
        Server(data_dir, provider.env) as server,
        Visitor(server.url) as visitor,
        Agent(server.url, tokens["ana"]) as ana,
    ):
        talk = visitor.begin()
        with talk.stream() as frames:
            late = talk.post(TWICE)
            next(event for event in frames if event.type == "bot.delta")
            talk.ask_for_person()
        fence = ana.claim(talk.id)
        ana.do(talk.id, "resolve", fence=fence)
        provider.behaviour = "good"
        seq = talk.post(DELETE)
        talk.wait_for("message.bot", after=seq)
        until(lambda: "baton_answer_seconds_count 2.0" in visitor.http.get("/metrics").text, 10.0, "both were decided")
        events = talk.events()
        assert len(answers_to(events, seq)) == 1
        assert not answers_to(events, late)
        once(events)
