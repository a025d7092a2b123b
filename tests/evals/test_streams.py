"""Streams of the bench: a listener at a real server, and what counts as missing, twice, out of order or astray."""

import asyncio
from typing import Any

import pytest

from evals.bench.listener import Faults, Listener, compare
from evals.bench.measure import sample
from evals.bench.report import Row, table
from tests.support.questions import ANSWERED
from tests.support.server import Server
from tests.support.visitors import Talk


def _event(seq: int | None, text: str = "") -> dict[str, Any]:
    return {"seq": seq, "type": "message.bot" if seq else "bot.status", "at": "now", "data": {"text": text}}


LOG = [_event(1, "one"), _event(2, "two"), _event(3, "three")]


@pytest.mark.parametrize(
    ("received", "log", "faults"),
    [
        (LOG, LOG, Faults()),
        ([_event(None), *LOG], LOG, Faults()),
        (LOG[:2], LOG, Faults(missing=1)),
        ([*LOG, LOG[2]], LOG, Faults(excess=1)),
        ([LOG[1], LOG[0], LOG[2]], LOG, Faults(disordered=1)),
        ([*LOG[:2], _event(3, "another's")], LOG, Faults(missing=1, excess=1)),
        ([], [], Faults()),
        ([_event(None)], [], Faults(stray=1)),
        (LOG[:1], [], Faults(excess=1)),
    ],
)
def test_what_a_stream_had_beside_its_log(
    received: list[dict[str, Any]], log: list[dict[str, Any]], faults: Faults
) -> None:
    """A lost event, one twice, another's under the same number, a swap and a passing one at a silent stream are seen."""
    assert compare(received, log) == faults


def test_faults_add_up() -> None:
    """The faults of all streams together; the row of the table then says that its target does not hold."""
    both = Faults(missing=1, excess=2) + Faults(excess=1, disordered=3, stray=4)
    assert both == Faults(1, 3, 3, 4)
    assert both.total == 11
    assert "**median 11.0 > 0**" in table([Row("faults", "events", sample([both.total]), most=0)], {})
    assert "| 0 | ≤ 0 |" in table([Row("faults", "events", sample([0]), most=0)], {})


def test_a_listener_hears_its_own_conversation_only(shared_server: Server, talk: Talk) -> None:
    """Of two open streams the one that is written to hears all of its log, at moments in order; the other, nothing."""
    other = talk.visitor.begin()

    async def listen() -> tuple[Listener, Listener, float | None]:
        mine, silent = (Listener(shared_server.url, talk.visitor.token, one.id) for one in (talk, other))
        await mine.open()
        await silent.open()
        seq = await asyncio.to_thread(talk.post, ANSWERED[0])
        arrived = await mine.arrival(lambda event: event["seq"] == seq)
        assert await mine.arrival(lambda event: event["type"] == "message.bot") is not None
        assert mine.is_open
        assert silent.is_open
        for one in (mine, silent):
            await one.close()
            assert not one.is_open
        return mine, silent, arrived

    mine, silent, arrived = asyncio.run(listen())
    log = talk.http.get(f"{talk.path}/events", params={"after": 0}).json()["events"]
    assert len(log) == 2
    assert compare([event for _, event in mine.came], log) == Faults()
    moments = [moment for moment, _ in mine.came]
    assert moments == sorted(moments)
    assert arrived in moments
    assert silent.came == []
    assert compare([event for _, event in mine.came], []).excess == 2
