"""Threads for work that leaves the interpreter to others, handed over as cheaply as can be.

``run_in_executor`` makes two futures and a condition for each call and wakes two waiters: at a hundred questions a
second that is a tenth of what the event loop has time for.
"""

import asyncio
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")


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

    def _serve(self) -> None:
        while True:
            future, work = self._jobs.get()
            try:
                result, error = work(), None
            except BaseException as raised:  # noqa: BLE001  it belongs to whoever waits
                result, error = None, raised
            try:
                future.get_loop().call_soon_threadsafe(_settle, future, result, error)
            except RuntimeError:
                continue  # the loop was closed meanwhile: nobody waits


def _settle(future: "asyncio.Future[Any]", result: Any, error: BaseException | None) -> None:
    if future.cancelled():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
