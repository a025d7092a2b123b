"""Background: what runs beside requests ends before what it uses is closed."""

import asyncio
import gc
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.pool import QueuePool

from app.background import in_thread, stopped
from app.calibration import service
from app.main import open_services
from app.settings import Settings
from ingest.topics import Topics
from tests.support.waiting import until


async def test_a_thread_ends_before_its_cancellation() -> None:
    """Who stops the task may close what its thread used."""
    begun, done = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        time.sleep(0.2)
        done.set()

    task = asyncio.create_task(in_thread(work))
    assert await asyncio.to_thread(begun.wait, 10.0)
    await stopped(task)
    assert done.is_set()
    assert task.cancelled()


async def test_a_thread_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    """Its error is the caller's; after a cancellation it is nobody's, and warns nobody."""

    def work(seconds: float) -> None:
        time.sleep(seconds)
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        await in_thread(work, 0.0)
    task = asyncio.create_task(in_thread(work, 0.2))
    await asyncio.sleep(0.05)
    await stopped(task)
    assert task.cancelled()
    gc.collect()
    assert "never retrieved" not in caplog.text


@pytest.mark.postgres
async def test_services_leave_no_connection(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow database that is being read while they stop: none of their connections outlives them."""
    monkeypatch.setattr(service, "POLL_SECONDS", 0.001)
    settings = Settings(data_dir=tmp_path, database_url=database_url)
    async with open_services(settings, publishes=False) as parts:
        parts.publisher.publish([], Topics())
        engine = parts.publisher.store.engine
        event.listen(engine, "checkout", lambda *_: time.sleep(0.2))
        pool = engine.pool
        assert isinstance(pool, QueuePool)
        await asyncio.to_thread(until, pool.checkedout, 10.0, "a look at the database")
    assert (pool.checkedout(), pool.checkedin()) == (0, 0)
