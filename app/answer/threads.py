"""Threads for work that leaves the interpreter to others, handed over as cheaply as can be.

``run_in_executor`` makes two futures and a condition for each call and wakes two waiters: at a hundred questions a
second that is a tenth of what the event loop has time for.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
Then = TypeVar("Then")


class Threads:
    """``count`` daemon threads, begun at the first call."""

    def __init__(self, count: int, name: str) -> None:
        self._count, self._name = count, name
        self._jobs: SimpleQueue[tuple[asyncio.Future[Any], Callable[[], Any]]] = SimpleQueue()
        self._begun = False

    def start(self, work: Callable[[], T]) -> "asyncio.Future[T]":
        """Begin; await what it returns for the result of ``work``, or what it raised. One that was waited for in vain
        is still done."""
        if not self._begun:
            self._begun = True
            for number in range(self._count):
                threading.Thread(target=self._serve, name=f"{self._name}-{number}", daemon=True).start()
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.put((future, work))
        return future

    def start_both(
        self, first: Callable[[], T], then: Callable[[T], Then]
    ) -> "tuple[asyncio.Future[None], asyncio.Future[T], asyncio.Future[Then]]":
        """Begin; ``then`` is done at once with what ``first`` returns, on the same thread, while whoever awaits
        ``first`` goes on with it. What ``first`` raises, both raise. The first future tells that a thread has begun:
        whoever awaits it does not keep the interpreter from the thread that is just waking up."""
        loop = asyncio.get_running_loop()
        begun: asyncio.Future[None] = loop.create_future()
        early: asyncio.Future[T] = loop.create_future()

        def work() -> Then:
            _tell(begun, None, None)
            try:
                result = first()
            except BaseException as raised:
                _tell(early, None, raised)
                raise
            _tell(early, result, None)
            return then(result)

        late = self.start(work)
        for future in (early, late):
            future.add_done_callback(_heard)  # an error that both have is heard of by whoever awaits either
        return begun, early, late

    def _serve(self) -> None:
        while True:
            future, work = self._jobs.get()
            try:
                result, error = work(), None
            except BaseException as raised:  # noqa: BLE001  it belongs to whoever waits
                result, error = None, raised
            _tell(future, result, error)


def _tell(future: "asyncio.Future[Any]", result: Any, error: BaseException | None) -> None:
    with suppress(RuntimeError):  # the loop was closed meanwhile: nobody waits
        future.get_loop().call_soon_threadsafe(_settle, future, result, error)


def _heard(future: "asyncio.Future[Any]") -> None:
    if not future.cancelled():
        future.exception()


def _settle(future: "asyncio.Future[Any]", result: Any, error: BaseException | None) -> None:
    if future.cancelled():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
