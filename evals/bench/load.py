"""Load: HTTP/1.1 by hand over kept connections, so that whoever is measured is not held up by who measures."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 60.0
MAX_IDLE = 2.0
"""Servers hang up on idle connections, uvicorn after 5 s; one that idled this long is opened anew, off the clock."""


@dataclass(frozen=True, slots=True)
class Reply:
    """``sent`` and ``done`` are monotonic seconds: before the first byte went out, after the last came in."""

    status: int
    body: bytes
    sent: float
    done: float

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def seconds(self) -> float:
        return self.done - self.sent


class Connection:
    """One kept connection to a server; one request at a time."""

    def __init__(self, url: str, token: str = "") -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._fixed = f"host: {self._host}:{self._port}\r\n" + (f"authorization: Bearer {token}\r\n" if token else "")
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._used = 0.0

    async def request(self, method: str, path: str, body: Any = None) -> Reply:
        """Send and wait for the whole reply. Raises RuntimeError for a status of 400 and above."""
        async with asyncio.timeout(PATIENCE):
            reader, sent = await self._send(method, path, body)
            status, headers = await _head(reader)
            if headers.get("transfer-encoding") == "chunked":
                content = b"".join([piece async for piece in _chunks(reader)])
            else:
                content = await reader.readexactly(int(headers.get("content-length", "0")))
        self._used = done = time.monotonic()
        if status >= 400:
            raise RuntimeError(f"{method} {path}: {status} {content[:300]!r}")
        return Reply(status, content, sent, done)

    async def pieces(self, method: str, path: str, body: Any = None, accept: str = "*/*") -> AsyncIterator[bytes]:
        """Send, and give the reply's pieces as they come."""
        reader, _ = await self._send(method, path, body, accept)
        status, _ = await _head(reader)
        if status >= 400:
            raise RuntimeError(f"{method} {path}: {status}")
        async for piece in _chunks(reader):
            yield piece

    async def _send(self, method: str, path: str, body: Any, accept: str = "*/*") -> tuple[asyncio.StreamReader, float]:
        if time.monotonic() - self._used > MAX_IDLE:
            self.close()
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self._host, self._port, limit=2**24)
        content = json.dumps(body).encode() if body is not None else b""
        head = f"{method} {path} HTTP/1.1\r\n{self._fixed}accept: {accept}\r\ncontent-type: application/json\r\n"
        sent = time.monotonic()
        self._writer.write(f"{head}content-length: {len(content)}\r\n\r\n".encode() + content)
        await self._writer.drain()
        return self._reader, sent

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
    return int(lines[0].split(" ", 2)[1]), headers


async def _chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while size := int(await reader.readuntil(b"\r\n"), 16):
        yield (await reader.readexactly(size + 2))[:-2]
    await reader.readexactly(2)


async def events(connection: Connection, path: str) -> AsyncIterator[tuple[float, Any]]:
    """Events of a stream as ``(monotonic seconds, event)``, for as long as it lasts; None stands for a comment."""
    buffer = b""
    async for piece in connection.pieces("GET", path, accept="text/event-stream"):
        moment = time.monotonic()
        buffer += piece
        while b"\n\n" in buffer:
            frame, buffer = buffer.split(b"\n\n", 1)
            fields = dict(line.split(": ", 1) for line in frame.decode().split("\n") if not line.startswith(":"))
            yield moment, json.loads(fields["data"]) if fields else None


async def event_moments(connection: Connection, path: str, last: str) -> AsyncIterator[tuple[str, float, Any]]:
    """Events of a stream as ``(type, monotonic seconds, data)``, up to the first of type ``last``."""
    async for moment, event in events(connection, path):
        kind = event["type"] if event else ""
        yield kind, moment, event["data"] if event else None
        if kind == last:
            return
