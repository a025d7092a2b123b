"""Presence is passing: who says nothing more is gone."""

import asyncio

import pytest

from app import presence
from app.auth import Staff
from app.live import LocalLive
from app.presence import Presence

ANA, BEN = Staff(1, "ana@baton.test", "Ana", "agent"), Staff(2, "ben@baton.test", "Ben", "agent")


async def test_silence_is_absence(monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time a look is over, and nothing is kept of it; saying it again keeps it."""
    monkeypatch.setattr(presence, "SECONDS", 0.2)
    here = Presence(LocalLive())
    await here.start()
    try:
        await here.look(ANA, "one", writing=True, gone=False)
        await here.look(BEN, "one", writing=False, gone=False)
        assert [one.name for one in here.at("one", but=BEN.id)] == ["Ana"]
        await asyncio.sleep(0.12)
        await here.look(BEN, "one", writing=False, gone=False)
        await asyncio.sleep(0.12)
        assert [one.name for one in here.at("one", but=0)] == ["Ben"]
        await asyncio.sleep(0.6)
        assert here.at("one", but=0) == []
        assert not here._looks
    finally:
        await here.stop()


async def test_another_process_hears_it() -> None:
    """Two that share a wire know the same."""
    wire = LocalLive()
    here, there = Presence(wire), Presence(wire)
    await there.start()
    try:
        await here.look(ANA, "one", writing=False, gone=False)
        await asyncio.sleep(0.01)
        assert [one.name for one in there.at("one", but=0)] == ["Ana"]
        await here.look(ANA, "one", writing=False, gone=True)
        await asyncio.sleep(0.01)
        assert there.at("one", but=0) == []
    finally:
        await there.stop()
