"""Threads: results and errors come back to the loop, and nobody is held up by who gave up waiting."""

import asyncio
import threading

import pytest

from app.answer.threads import Threads


@pytest.fixture
def threads() -> Threads:
    """Two threads."""
    return Threads(2, "test")


async def test_results_come_back_in_any_order(threads: Threads) -> None:
    """Many jobs, each on one of the threads, each with its own result."""
    names: set[str] = set()

    def work(number: int) -> int:
        names.add(threading.current_thread().name)
        return number * number

    found = await asyncio.gather(*(threads.start(lambda number=number: work(number)) for number in range(100)))  # type: ignore[misc]
    assert found == [number * number for number in range(100)]
    assert names <= {"test-0", "test-1"}


async def test_an_error_reaches_who_waits(threads: Threads) -> None:
    """And the thread lives on."""

    def fail() -> None:
        raise KeyError("gone")

    for _ in range(5):
        with pytest.raises(KeyError, match="gone"):
            await threads.start(fail)
    assert await threads.start(lambda: 1) == 1


async def test_one_that_nobody_waits_for_harms_nobody(threads: Threads) -> None:
    """A cancelled wait leaves the job to end by itself; later jobs run."""
    go = threading.Event()
    waiting = asyncio.ensure_future(threads.start(go.wait))
    await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    go.set()
    assert await threads.start(lambda: "next") == "next"


def test_a_loop_that_is_gone(threads: Threads) -> None:
    """A job that outlives its event loop does not take the thread along."""
    go = threading.Event()

    async def leave() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await threads.start(go.wait)

    asyncio.run(leave())
    go.set()

    async def again() -> int:
        return await threads.start(lambda: 2)

    assert asyncio.run(again()) == 2
