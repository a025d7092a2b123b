"""I5: replaying the log after any Last-Event-ID gives the same transcript, nothing missing, nothing twice."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.desk import Agent
from tests.support.promises import gapless, logged, once
from tests.support.questions import ANSWERED
from tests.support.visitors import Event, Talk


@pytest.fixture
def told(talk: Talk, ana: Agent) -> Talk:
    """A conversation with a bit of everything."""
    for text in ANSWERED[:3]:
        talk.outcome(text)
    talk.http.post(f"{talk.path}/feedback", json={"seq": 2, "helpful": True})
    talk.ask_for_person("a person, please")
    fence = ana.claim(talk.id)
    ana.reply(talk.id, "Hello ✓ \U0001f6d2 <b>&\u2028end", fence)
    talk.post("line one\n\nline: two\r\ndata: three")
    ana.do(talk.id, "resolve", fence=fence)
    talk.http.post(f"{talk.path}/rating", json={"stars": 5})
    talk.outcome(ANSWERED[3])
    return talk


def test_every_point_of_resumption_gives_the_rest(told: Talk) -> None:
    """JSON, stream by address and stream by Last-Event-ID agree behind every number."""
    whole = told.events()
    once(whole)
    for after in range(len(whole)):
        rest = whole[after:]
        assert told.events(after) == rest
        for header in (False, True):
            with told.stream(after, header) as frames:
                assert [next(frames) for _ in rest] == rest
    assert told.events(len(whole)) == []


def test_a_stream_cut_at_random_points_gives_the_same_transcript(talk: Talk) -> None:
    """While a conversation goes on, a reader whose connection breaks again and again ends with the whole log."""
    chance = random.Random(5)
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(lambda: [talk.outcome(text) for text in ANSWERED])
        seen: list[Event] = []
        cuts = 0
        while len(logged(seen)) < 2 * len(ANSWERED):
            last = max((event.seq or 0 for event in seen), default=0)
            with talk.stream(last, header=bool(chance.getrandbits(1))) as frames:
                for _ in range(chance.randrange(1, 5)):
                    seen.append(next(frames))
                    if len(logged(seen)) == 2 * len(ANSWERED):
                        break
            cuts += 1
        writing.result()
    assert cuts > 4
    assert logged(seen) == talk.events()
    gapless(seen)


def test_many_readers_see_the_same(talk: Talk) -> None:
    """Eight streams of one conversation, opened before anything is said, tell one story."""

    def read(_: int) -> list[Event]:
        seen: list[Event] = []
        with talk.stream() as frames:
            while len(seen) < 6:
                event = next(frames)
                if event.seq is not None:
                    seen.append(event)
        return seen

    with ThreadPoolExecutor(8) as pool:
        readers = [pool.submit(read, n) for n in range(8)]
        for text in ANSWERED[:3]:
            talk.outcome(text)
        stories = [reader.result() for reader in readers]
    assert all(story == talk.events() for story in stories)


def test_deltas_come_before_the_answer_and_say_the_same(talk: Talk) -> None:
    """The passing text of a message precedes its final answer; a verbatim answer's deltas add up to it."""
    with talk.stream() as frames:
        seq = talk.post(ANSWERED[0])
        seen: list[Event] = []
        while not seen or seen[-1].type != "message.bot":
            seen.append(next(frames))
    deltas = [event for event in seen if event.type == "bot.delta"]
    assert deltas
    assert [event.data["index"] for event in deltas] == list(range(len(deltas)))
    assert {event.data["reply_to"] for event in deltas} == {seq}
    assert "\n\n".join(event.data["text"] for event in deltas) == seen[-1].data["text"]


@pytest.mark.parametrize("bad", ["x", "-1", "1.5", "99999999999999999999", "1; DROP", "0x1"])
def test_a_last_event_id_that_is_none_is_refused(talk: Talk, bad: str) -> None:
    """A number that cannot be one of ours is a problem document, in the header and in the address."""
    for headers, params in (({"last-event-id": bad}, {}), ({}, {"after": bad})):
        answer = talk.http.get(f"{talk.path}/events", headers={"accept": "text/event-stream", **headers}, params=params)
        assert answer.status_code in (400, 422), (headers, params)
        assert answer.headers["content-type"] == "application/problem+json"
