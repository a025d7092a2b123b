"""The same story on PostgreSQL and Redis, with Redis away, and with two servers on one database."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.articles import publish
from tests.support.desk import Agent, hire
from tests.support.promises import answers_to, kept, once
from tests.support.provider import Provider
from tests.support.questions import DELETE, EMAIL, PROTECTION, TWICE
from tests.support.server import Server
from tests.support.visitors import Talk, Visitor

NO_REDIS = "redis://127.0.0.1:9/0"
POLLED = 15.0
"""How long a reader may take to see what nothing woke it for: a keep-alive's time and a bit."""


@contextmanager
def serving(place: Path, folder: Path, **env: str) -> Iterator[tuple[Server, dict[str, str]]]:
    """A server on the given backends with a small knowledge, and the team's tokens."""
    with Server(place, env, wait_ready=False) as server:
        publish(server.url, server.first_token, folder)
        tokens = hire(env["DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://")) if env else {}
        yield server, tokens


def story(url: str, tokens: dict[str, str]) -> None:
    """Ask, be answered, send twice, race for a claim, reply, resolve, come back."""
    with Visitor(url) as visitor, Agent(url, tokens["ana"]) as ana, Agent(url, tokens["ben"]) as ben:
        talk = visitor.begin()
        with talk.stream() as frames, ThreadPoolExecutor(12) as pool:
            seqs = set(pool.map(lambda _: talk.post(TWICE, "same"), range(12)))
            assert len(seqs) == 1
            assert talk.send("other words", "same").status_code == 409
            answer = next(event for event in frames if event.type == "message.bot")
            assert answer.data["outcome"] == "answer"
            talk.ask_for_person("a person \U0001f6d2, please")
            claims = list(pool.map(lambda agent: agent.do(talk.id, "claim"), (ana, ben)))
            assert sorted(claim.status_code for claim in claims) == [200, 409]
            winner = ana if claims[0].status_code == 200 else ben
            fence = next(claim.json()["fence"] for claim in claims if claim.status_code == 200)
            assert next(event for event in frames if event.type == "handoff.claimed")
            winner.reply(talk.id, "Hello ✓", fence)
            said = next(event for event in frames if event.type == "message.agent")
            assert said.data["text"] == "Hello ✓"
            silent = talk.post(TWICE)
            assert winner.do(talk.id, "resolve", fence=fence).status_code == 202
            assert winner.do(talk.id, "reply", text="late", fence=fence, client_id="late").status_code == 409
            talk.post(DELETE)
            assert next(event for event in frames if event.type == "conversation.reopened")
            assert next(event for event in frames if event.type == "message.bot").data["outcome"] == "answer"
        events = talk.events()
        once(events)
        assert not answers_to(events, silent)
        for after in range(0, len(events), 3):
            assert talk.events(after) == events[after:]


def refusals(talk: Talk) -> None:
    """What PostgreSQL cannot hold is refused before it gets there."""
    for body in (
        b'{"text":"a\\u0000b","client_id":"x"}',
        b'{"text":"x","client_id":"\\u0000"}',
        b'{"text":"\\ud800","client_id":"x"}',
    ):
        answer = talk.http.post(f"{talk.path}/messages", content=body, headers={"content-type": "application/json"})
        assert answer.status_code == 422, answer.text
    for path in ("/v1/articles/%00", "/v1/conversations/%00", "/v1/conversations/%00/events", "/topics/%00"):
        assert talk.http.get(path).status_code in (400, 404, 422), path
    for body in (b'{"seq":99999999999,"helpful":true}', b'{"seq":1,"helpful":true,"comment":"\\u0000"}'):
        answer = talk.http.post(f"{talk.path}/feedback", content=body, headers={"content-type": "application/json"})
        assert answer.status_code == 422, answer.text
    assert talk.http.get(f"{talk.path}/events", params={"after": 99999999999}).status_code == 422


@pytest.mark.postgres
@pytest.mark.redis
def test_the_story_on_postgresql_and_redis(
    tmp_path: Path, small_source: Path, database_url: str, redis_url: str
) -> None:
    """The whole of it, with what neither store may ever see."""
    with serving(tmp_path / "data", small_source, DATABASE_URL=database_url, REDIS_URL=redis_url) as (server, tokens):
        story(server.url, tokens)
        with Visitor(server.url) as visitor, Agent(server.url, tokens["ana"]) as ana:
            talk = visitor.begin()
            refusals(talk)
            talk.ask_for_person()
            fence = ana.claim(talk.id)
            for fields in ({"client_id": "\0"}, {"text": "a\0b"}):
                given = {"text": "x", "client_id": "y", "fence": fence, **fields}
                assert ana.do(talk.id, "reply", **given).status_code == 422, fields
            assert ana.do(talk.id, "transfer", fence=fence, queue="\0", reason="x").status_code == 422
            assert ana.http.get("/v1/queue", params={"queue": "\0"}).status_code in (200, 422)
        assert not (tmp_path / "data" / "baton.db").exists()


@pytest.mark.postgres
def test_the_story_while_redis_is_away(tmp_path: Path, small_source: Path, database_url: str) -> None:
    """Nobody listens at REDIS_URL: one process goes on as if there were none."""
    with serving(tmp_path / "data", small_source, DATABASE_URL=database_url, REDIS_URL=NO_REDIS) as (server, tokens):
        begun = time.monotonic()
        story(server.url, tokens)
        assert time.monotonic() - begun < POLLED


@pytest.mark.postgres
def test_killed_on_postgresql(tmp_path: Path, small_source: Path, database_url: str, provider: Provider) -> None:
    """Leases by the database's clock: the turn of a killed process is taken up when its lease has ended, not before."""
    env = {"DATABASE_URL": database_url, "LEASE_SECONDS": "4", "ANSWER_SECONDS": "3", **provider.env}
    with serving(tmp_path / "data", small_source, **env) as (server, _), Visitor(server.url) as visitor:
        provider.behaviour = "hang"
        provider.clear()
        talk = visitor.begin()
        seq = talk.post(TWICE)
        provider.wait_asked()
        server.kill()
        provider.behaviour = "good"
        visitor.moved(server.start().url)
        events = kept(talk, seq, 10.0)
        assert len(answers_to(events, seq)) == 1


@pytest.mark.postgres
@pytest.mark.redis
def test_two_servers_are_one_desk(tmp_path: Path, small_source: Path, database_url: str, redis_url: str) -> None:
    """A visitor at one server and an agent at the other see each other at once; both serve the same knowledge."""
    env = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "SECRET_KEY": "one key for both, long enough to sign"}
    with (
        serving(tmp_path / "one", small_source, **env) as (one, tokens),
        Server(tmp_path / "two", env) as two,
        Visitor(one.url) as visitor,
        Agent(two.url, tokens["ana"]) as ana,
    ):
        talk = visitor.begin()
        with talk.stream() as frames, ana.http.stream("GET", "/v1/queue/events") as changes:
            lines = changes.iter_lines()
            assert next(lines).startswith(":")
            talk.ask_for_person()
            assert next(line for line in lines if line.startswith("event: queue.changed"))
            fence = ana.claim(talk.id)
            begun = time.monotonic()
            ana.reply(talk.id, "From the other side.", fence)
            assert next(event for event in frames if event.type == "message.agent")
            assert time.monotonic() - begun < 1.5
        assert ana.do(talk.id, "reply", text="late", fence=fence + 1, client_id="x").status_code == 409
        visitor.moved(two.url)
        other = visitor.begin()
        other.post(EMAIL)
        visitor.moved(one.url)
        assert other.wait_for("message.bot").data["outcome"] == "answer"
        first = visitor.ask(PROTECTION)
        visitor.moved(two.url)
        assert visitor.ask(PROTECTION)["kb_version"] == first["kb_version"]


@pytest.mark.postgres
def test_two_servers_without_redis_are_slower_and_lose_nothing(
    tmp_path: Path, small_source: Path, database_url: str
) -> None:
    """Polling: what an agent writes at one server reaches a visitor's open stream at the other."""
    env = {"DATABASE_URL": database_url, "REDIS_URL": NO_REDIS, "SECRET_KEY": "one key for both, long enough to sign"}
    with (
        serving(tmp_path / "one", small_source, **env) as (one, tokens),
        Server(tmp_path / "two", env) as two,
        Visitor(one.url) as visitor,
        Agent(two.url, tokens["ana"]) as ana,
    ):
        talk = visitor.begin()
        with talk.stream() as frames:
            talk.ask_for_person()
            fence = ana.claim(talk.id)
            begun = time.monotonic()
            ana.reply(talk.id, "From the other side.", fence)
            assert next(event for event in frames if event.type == "message.agent")
            assert time.monotonic() - begun < POLLED
        once(talk.events())
