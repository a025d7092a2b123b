"""Threads: results and errors come back to the loop, and nobody is held up by who gave up waiting."""

import asyncio
import gc
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


async def test_the_first_of_two_is_heard_of_while_the_second_is_done(threads: Threads) -> None:
    """What the first returned is known before the second ends, and the second is given it."""
    go = threading.Event()
    _, early, late = threads.start_both(lambda: 20, lambda first: go.wait(5) and first + 1)
    assert await early == 20
    assert not late.done()
    go.set()
    assert await late == 21


async def test_that_a_thread_has_begun_is_heard_of_at_once(threads: Threads) -> None:
    """Before the first of two is done; and not while every thread is at something else."""
    go, free = threading.Event(), threading.Event()
    begun, early, late = threads.start_both(lambda: go.wait(5), lambda _: None)
    await begun
    assert not early.done()
    busy = threads.start(lambda: free.wait(5))
    waiting, *_ = threads.start_both(lambda: 1, lambda _: None)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await waiting
    go.set()
    free.set()
    assert await early
    await asyncio.gather(late, busy)


async def test_an_error_of_the_first_of_two_is_both_s(threads: Threads, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever awaits either hears of it, the second is not tried, and an error that is only awaited once is no error
    that nobody heard of."""
    tried: list[int] = []

    def fail() -> int:
        raise KeyError("gone")

    _, early, late = threads.start_both(fail, tried.append)
    with pytest.raises(KeyError, match="gone"):
        await early
    with pytest.raises(KeyError, match="gone"):
        await late
    _, early, late = threads.start_both(fail, tried.append)
    with pytest.raises(KeyError, match="gone"):
        await late
    del early, late
    gc.collect()
    assert tried == []
    assert "never retrieved" not in caplog.text
