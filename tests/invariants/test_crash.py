"""I2, I3: a message that was accepted ends answered or in the queue, once, though the process is killed."""

import random
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.support.promises import answers_to, kept, once
from tests.support.provider import Asked, Behaviour, Provider
from tests.support.questions import ANSWERED, DELETE, EMAIL, PROTECTION, TWICE
from tests.support.server import Server
from tests.support.visitors import Event, Talk, Visitor
from tests.support.waiting import until

LEASE = {"LEASE_SECONDS": "6", "ANSWER_SECONDS": "5.5"}
SOON = 12.0
"""The lease plus a few seconds. Questions that come as soon as a server is ready wait for the model's client, which takes
two seconds on a busy machine, and their time runs meanwhile."""


@dataclass
class Scene:
    """Four conversations at the moment that the process was killed, and the server that came back."""

    provider: Provider
    server: Server
    visitor: Visitor
    thinking: tuple[Talk, int]
    begun: tuple[Talk, int]
    behind: tuple[Talk, list[int]]
    deadly: tuple[Talk, int]
    deltas: list[Event] = field(default_factory=list)


@pytest.fixture(scope="module")
def scene(knowledge_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """kill -9 while the model thinks about four messages; then the process starts again."""
    data_dir = Path(shutil.copytree(knowledge_dir, tmp_path_factory.mktemp("crash") / "data"))

    def unwell(asked: Asked) -> Behaviour:
        return "stall" if EMAIL in asked.text else "hang"

    with (
        Provider(unwell) as provider,
        Server(data_dir, {**provider.env, **LEASE}) as server,
        Visitor(server.url) as visitor,
    ):
        thinking, begun, behind, deadly = (visitor.begin() for _ in range(4))
        with begun.stream() as frames:
            texts = {thinking: [TWICE], begun: [EMAIL], behind: [PROTECTION, DELETE], deadly: [DELETE]}
            seqs = {talk: [talk.post(text) for text in said] for talk, said in texts.items()}
            delta = next(event for event in frames if event.type == "bot.delta")
            provider.wait_asked(4)
            server.kill()
        with sqlite3.connect(data_dir / "baton.db") as database:
            database.execute("UPDATE turn SET attempts = 3 WHERE conversation_id = ?", [deadly.id])
        database.close()
        provider.behaviour = "good"
        visitor.moved(server.start().url)
        yield Scene(
            provider=provider,
            server=server,
            visitor=visitor,
            thinking=(thinking, seqs[thinking][0]),
            begun=(begun, seqs[begun][0]),
            behind=(behind, seqs[behind]),
            deadly=(deadly, seqs[deadly][0]),
            deltas=[delta],
        )


def test_killed_while_the_model_thinks(scene: Scene) -> None:
    """kill -9 between accept and answer: after a restart the message is answered, once."""
    talk, seq = scene.thinking
    (answer,) = answers_to(kept(talk, seq, SOON), seq)
    assert answer.data["outcome"] == "answer"
    assert answer.data["mode"] == "generated"


def test_partial_text_is_replaced_by_the_final_answer(scene: Scene) -> None:
    """What a crash cut off was never in the log; one final answer to the same message stands in its place."""
    talk, seq = scene.begun
    assert scene.deltas[0].data["reply_to"] == seq
    with talk.stream(after=seq) as frames:
        final = next(event for event in frames if event.type == "message.bot")
    assert final.data["reply_to"] == seq
    once(talk.events())


def test_messages_behind_the_dead_one_keep_their_order(scene: Scene) -> None:
    """A message that waited behind the one whose worker died is answered too, after it."""
    talk, seqs = scene.behind
    for seq in seqs:
        events = kept(talk, seq, SOON)
    assert [event.data["reply_to"] for event in events if event.type == "message.bot"] == seqs


def test_a_message_that_kills_every_worker_goes_to_a_person(scene: Scene) -> None:
    """After several workers died on a message nobody tries again: it is in the queue, unanswered."""
    talk, seq = scene.deadly
    events = kept(talk, seq, SOON)
    assert events[-1].type == "handoff.opened"
    assert talk.show()["state"] == "waiting"
    assert not answers_to(events, seq)


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_random_under_load(scene: Scene, seed: int) -> None:
    """kill -9 just after some of many messages were accepted: each is there once and has one outcome.

    Visitors send again, under the same client_id, whatever nobody told them was accepted.
    """
    server, visitor = scene.server, scene.visitor
    chance = random.Random(seed)
    talks = [visitor.begin() for _ in range(6)]
    messages = [(talk, text, uuid.uuid4().hex) for talk in talks for text in ANSWERED[:4]]
    with ThreadPoolExecutor(len(talks)) as pool:
        sending = [pool.submit(_send, *message) for message in messages]
        quota = chance.randrange(4, len(messages) - 6)
        until(lambda: sum(future.done() for future in sending) >= quota, 20.0, "some were accepted")
        server.kill()
        seqs = [future.result() for future in sending]
    visitor.moved(server.start().url)
    for (talk, text, client_id), seq in zip(messages, seqs, strict=True):
        again = talk.post(text, client_id)
        assert seq in (None, again)
        kept(talk, again, 2 * SOON)
    for talk in talks:
        assert [event.type for event in talk.events()].count("message.visitor") == 4


def _send(talk: Talk, text: str, client_id: str) -> int | None:
    """The message's number, or None when nobody said that it was accepted."""
    try:
        return talk.post(text, client_id)
    except httpx.TransportError:
        return None
