"""I1: a message that got a 2xx is one durable row."""

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.support.server import Server
from tests.support.visitors import Talk


def test_sending_the_same_message_again_is_safe(talk: Talk) -> None:
    """The same client_id with the same text gives the same number and stays one row."""
    seqs = {talk.post("How long does a refund take?", "one") for _ in range(3)}
    assert len(seqs) == 1
    assert [event.type for event in talk.events()].count("message.visitor") == 1


def test_another_text_under_the_same_id_is_refused(talk: Talk) -> None:
    """The same client_id with other words is a conflict, and the first message stands."""
    talk.post("How long does a refund take?", "one")
    refused = talk.send("Where is my order?", "one")
    assert refused.status_code == 409
    assert refused.json()["status"] == 409
    assert [e.data["text"] for e in talk.events() if e.type == "message.visitor"] == ["How long does a refund take?"]


def test_twenty_at_once_are_one_row(talk: Talk) -> None:
    """Twenty concurrent sends of one message: one number, one row, one answer."""
    client_id = uuid.uuid4().hex
    with ThreadPoolExecutor(20) as pool:
        seqs = set(pool.map(lambda _: talk.post("How long does a refund take?", client_id), range(20)))
    assert len(seqs) == 1
    talk.wait_for("message.bot")
    assert Counter(event.type for event in talk.events())["message.visitor"] == 1
    assert Counter(event.type for event in talk.events())["message.bot"] == 1


def test_twenty_different_at_once_are_twenty_rows(talk: Talk) -> None:
    """Concurrent messages of one conversation get distinct numbers, none is lost, and they stand in the log in order."""
    with ThreadPoolExecutor(20) as pool:
        seqs = list(pool.map(lambda n: talk.post(f"How long does refund number {n} take?"), range(20)))
    assert len(set(seqs)) == 20
    sent = [event.seq or 0 for event in talk.events() if event.type == "message.visitor"]
    assert sorted(seqs) == sent
    assert sent == sorted(set(sent))


def test_the_same_id_in_two_conversations_is_two_messages(talk: Talk, shared_server: Server) -> None:
    """A client_id names a message within its conversation only."""
    other = talk.visitor.begin()
    talk.post("How long does a refund take?", "one")
    other.post("Where is my order?", "one")
    assert [e.data["text"] for e in other.events() if e.type == "message.visitor"] == ["Where is my order?"]
