"""Event streams as raw ASGI responses: ``text/event-stream``, replayed from the log, then live.

Frames: ``id`` (only what is in the log), ``event`` (the type) and ``data`` (one Event as JSON). A comment comes at
once and whenever nothing else does. A stream ends after ten minutes; clients come back with ``Last-Event-ID``.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.live import Live, Message
from app.telemetry import STREAMS

LIFETIME_SECONDS = 600.0
KEEP_ALIVE_SECONDS = 12.0
PAGE = 500
"""Events of one read; a full page means that there may be more."""
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
]

Page = Callable[[int], Awaitable[list[dict[str, Any]]]]
"""Events of the log behind a number, as JSON-ready dicts with ``seq``, ``type``, ``at`` and ``data``."""


def frame(event: dict[str, Any]) -> bytes:
    """One event as its frame."""
    number = f"id: {event['seq']}\n" if event.get("seq") is not None else ""
    body = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    return f"{number}event: {event['type']}\ndata: {body}\n\n".encode()


class EventStream(Response):
    """Reads ``page`` whenever ``topic`` is woken, and passes on messages that are not in the log."""

    stopping = asyncio.Event()
    """Set when the process begins to stop: open streams end in order, and clients come back elsewhere."""

    def __init__(self, live: Live, topic: str, page: Page, after: int, passing: Callable[[Message], bytes]) -> None:
        super().__init__()
        self._live, self._topic, self._page, self._after, self._passing = live, topic, page, after, passing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        gone = asyncio.create_task(_disconnect(receive))
        writer = asyncio.create_task(self._write(send))
        stop = asyncio.create_task(self.stopping.wait())
        STREAMS.inc()
        try:
            await asyncio.wait({gone, writer, stop}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            STREAMS.dec()
            for task in (gone, writer, stop):
                task.cancel()
                with suppress(asyncio.CancelledError, OSError):
                    await task
        with suppress(OSError):
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _write(self, send: Send) -> None:
        async def out(body: bytes) -> None:
            await send({"type": "http.response.body", "body": body, "more_body": True})

        end = time.monotonic() + LIFETIME_SECONDS
        async with self._live.subscribe(self._topic) as inbox:
            await out(b": hello\n\n")
            look = True
            while time.monotonic() < end:
                if look:
                    events = await self._page(self._after)
                    if events:
                        self._after = events[-1]["seq"]
                        await out(b"".join(map(frame, events)))
                    if len(events) >= PAGE:
                        continue
                message = await inbox.next(KEEP_ALIVE_SECONDS)
                if message is None:
                    await out(b": still here\n\n")
                    look = True
                elif passing := self._passing(message):
                    look = False
                    await out(passing)
                else:
                    look = True


async def _disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
