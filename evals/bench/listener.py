"""Listener: one open event stream of a conversation, and whether it was told what its log holds."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from evals.bench.load import PATIENCE, Connection, events

ARRIVAL_SECONDS = 10.0
"""What did not arrive by then counts as missing."""


class Listener:
    """Keeps every event of a stream; ``came`` are those so far as ``(monotonic seconds, event)``."""

    def __init__(self, url: str, token: str, conversation: str) -> None:
        self.came: list[tuple[float, dict[str, Any]]] = []
        self._connection = Connection(url, token)
        self._path = f"/v1/conversations/{conversation}/events"
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Return once the stream's first byte is there. Raises RuntimeError when it is refused."""
        stream = events(self._connection, self._path)
        try:
            async with asyncio.timeout(PATIENCE):
                await anext(stream)
        except BaseException:
            self._connection.close()
            raise
        self._task = asyncio.create_task(self._listen(stream))

    @property
    def is_open(self) -> bool:
        """Whether the stream is still there."""
        return self._task is not None and not self._task.done()

    async def arrival(self, wanted: Callable[[dict[str, Any]], bool]) -> float | None:
        """The moment at which the first such event came, or None after ARRIVAL_SECONDS."""
        looked_at = 0
        try:
            async with asyncio.timeout(ARRIVAL_SECONDS):
                while True:
                    for moment, event in self.came[looked_at:]:
                        if wanted(event):
                            return moment
                    looked_at = len(self.came)
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return None

    async def close(self) -> None:
        """Hang up."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._connection.close()

    async def _listen(self, stream: Any) -> None:
        async for moment, event in stream:
            if event is not None:
                self.came.append((moment, event))
                self._news.set()


@dataclass(frozen=True, slots=True)
class Faults:
    """Events of a log that its stream lacked; that a stream had twice, or of another log; that came before earlier
    ones; and passing ones at a stream whose log is empty."""

    missing: int = 0
    excess: int = 0
    disordered: int = 0
    stray: int = 0

    @property
    def total(self) -> int:
        return self.missing + self.excess + self.disordered + self.stray

    def __add__(self, other: "Faults") -> "Faults":
        return Faults(
            self.missing + other.missing,
            self.excess + other.excess,
            self.disordered + other.disordered,
            self.stray + other.stray,
        )


def compare(received: Sequence[dict[str, Any]], log: Sequence[dict[str, Any]]) -> Faults:
    """What a stream received beside its conversation's log; events are compared whole, their time apart."""
    logged = [event for event in received if event["seq"] is not None]
    numbers = [event["seq"] for event in logged]
    had, due = Counter(map(_key, logged)), Counter(map(_key, log))
    return Faults(
        missing=(due - had).total(),
        excess=(had - due).total(),
        disordered=sum(later < earlier for earlier, later in pairwise(numbers)),
        stray=0 if log else len(received) - len(logged),
    )


def _key(event: dict[str, Any]) -> str:
    return json.dumps([event["seq"], event["type"], event["data"]], sort_keys=True)
