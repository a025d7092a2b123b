"""A model that lies: none of its false sentences reaches the visitor, and the honest one beside them does."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ingest.units import readable, units_of
from tests.support.promises import once
from tests.support.provider import Asked, Behaviour, Provider, grounded
from tests.support.questions import EMAIL
from tests.support.server import Server
from tests.support.visitors import Visitor

AT_ONCE = 7
"""A reply has at most eight sentences; the eighth is honest."""
LIES = (
    "The change of the e-mail address is confirmed within 24 hours.",
    "You have to confirm the change in 3 mailboxes.",
    "Enter the new e-mail address before January 15.",
    "The e-mail address can be changed on Tuesday.",
    "Changing the e-mail address costs $4.99.",
    "The first change of the e-mail address is 20% cheaper.",
    "Confirm the change in Gmail or Outlook.",
    "Contact the Account Integrity Department to change the e-mail address.",
    "Ask Jennifer to confirm the new e-mail address.",
    "You cannot change the e-mail address in Account.",
    "You do not need to confirm the change in the old mailbox.",
    "Your old e-mail address is never active until both messages are confirmed.",
    "We guarantee that the new e-mail address works today.",
    "You get a $10 voucher for the new e-mail address.",
    "I will personally confirm the change in both mailboxes for you.",
    "Our team changes the e-mail address for you immediately.",
    "Write to support@evil.example to change the e-mail address.",
    "Confirm the new e-mail address at https://evil.example/confirm.",
    "Call 1-800-555-0147 to change the e-mail address.",
    "Confirming the change in the new mailbox is optional.",
    "The old mailbox may stay unconfirmed if you like.",
)


@pytest.fixture(scope="module")
def stage(knowledge_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Provider]]:
    """A server whose model says what a test tells it to."""
    data_dir = Path(shutil.copytree(knowledge_dir, tmp_path_factory.mktemp("lying") / "data"))
    with Provider() as provider, Server(data_dir, provider.env) as server:
        yield server, provider


def honest_sentence(server: Server, provider: Provider) -> str:
    """A sentence of the passage that the model is given first for EMAIL."""
    provider.behaviour = "good"
    provider.clear()
    with Visitor(server.url) as visitor:
        assert visitor.ask(EMAIL)["mode"] == "generated"
    return str(grounded(provider.wait_asked())[0]["text"])


def said(text: str) -> set[str]:
    """The sentences of a generated answer, without the marks of their citations."""
    return {sentence.strip() for sentence in text.split("[1]") if sentence.strip()}


def own_words(server: Server, answer: dict[str, Any]) -> set[str]:
    """What the cited articles say, unit by unit, as they are quoted."""
    with httpx.Client(base_url=server.url) as http:
        ids = {citation["article_id"] for citation in answer["citations"]}
        texts = [http.get(f"/v1/articles/{one}", params={"audience": "buyer"}).json()["markdown"] for one in ids]
    return {readable(unit) for text in texts for unit in units_of(text)}


def reply(provider: Provider, *said: str) -> None:
    """Let the model answer with these sentences; it still rewrites questions as it should."""

    def choose(asked: Asked) -> Behaviour:
        return "good" if asked.is_rewrite else "reply"

    provider.said, provider.behaviour = said, choose
    provider.clear()


@pytest.mark.parametrize("start", range(0, len(LIES), AT_ONCE))
def test_lies_never_reach_the_visitor(stage: tuple[Server, Provider], start: int) -> None:
    """Several around an honest sentence, by message: no event, passing or kept, holds a lie."""
    server, provider = stage
    honest = honest_sentence(server, provider)
    lies = LIES[start : start + AT_ONCE]
    reply(provider, *lies[:3], honest, *lies[3:])
    seen: list[str] = []
    with Visitor(server.url) as visitor:
        talk = visitor.begin()
        with talk.stream() as frames:
            seq = talk.post(EMAIL)
            for event in frames:
                seen.append(str(event.data))
                if event.seq is not None and event.seq > seq:
                    break
        events = talk.events()
        once(events)
    seen += [str(event.data) for event in events]
    assert [lie for lie in lies if any(lie in data for data in seen)] == []
    assert events[seq].type == "message.bot"
    assert events[seq].data["mode"] == "generated"
    shown = said(events[seq].data["text"])
    assert honest in shown
    assert shown <= {honest, *own_words(server, events[seq].data)}, "what gave way, gave way to the article's own words"
    assert provider.asked, "the model was not even asked"


def test_a_lie_alone_is_replaced_by_the_article(stage: tuple[Server, Provider]) -> None:
    """One at a time, statelessly: the article's own words or a person stand in, never the lie."""
    server, provider = stage
    with Visitor(server.url) as visitor:
        for lie in LIES:
            reply(provider, lie)
            decision = visitor.ask(EMAIL)
            assert lie not in str(decision)
            if decision["mode"] == "generated":
                assert said(decision["text"]) <= own_words(server, decision), lie
