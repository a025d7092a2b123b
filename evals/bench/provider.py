"""Provider: an OpenAI-compatible server on the loopback that answers at once and notes when each request came.

It runs in a process of its own (``python -m evals.bench.provider``), prints its address, and speaks HTTP/1.1 by hand,
so that it costs next to nothing. A request is known by the question in its prompt: ``GET /arrivals`` gives
``{question: [first byte, whole request]}`` in seconds of the system's monotonic clock, which every process shares,
and forgets them.
"""

import asyncio
import json
import time
from typing import Any, cast

import uvloop

PIECES = 4
"""Pieces of text in a streamed reply."""
_END = b"\r\n\r\n"
_STREAM_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"


class Provider(asyncio.Protocol):
    """One connection."""

    arrivals: dict[str, tuple[float, float]] = {}  # noqa: RUF012  one record for all connections

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._first = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if not self._buffer:
            self._first = time.monotonic()
        self._buffer += data
        while (end := self._buffer.find(_END)) >= 0:
            head = bytes(self._buffer[:end]).lower()
            _, _, rest = head.partition(b"content-length:")
            size = int(rest.split(b"\r\n", 1)[0] or 0)
            if len(self._buffer) < end + 4 + size:
                return
            body = bytes(self._buffer[end + 4 : end + 4 + size])
            del self._buffer[: end + 4 + size]
            self._answer(head.split(b" ", 2)[1], body)

    def _answer(self, path: bytes, body: bytes) -> None:
        if path == b"/arrivals":
            self._whole(json.dumps(self.arrivals).encode())
            self.arrivals.clear()
            return
        now = time.monotonic()
        request = json.loads(body)
        question, reply = _reply(request)
        self.arrivals[question] = (self._first, now)
        if request.get("stream"):
            self._transport.write(_STREAM_HEAD + _streamed(reply))
        else:
            self._whole(json.dumps(_completion({"message": {"role": "assistant", "content": reply}})).encode())

    def _whole(self, body: bytes) -> None:
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)


def _reply(request: dict[str, Any]) -> tuple[str, str]:
    """The question, and an answer in the words of the first passage: JSON for Baton, plain text for its peers."""
    lines = request["messages"][-1]["content"].rstrip().split("\n")
    if "response_format" in request:
        passage = json.loads(lines[1])["text"]
        sentences = [{"text": text, "cites": [1]} for text in _prose(passage.split("\n"))]
        return json.loads(lines[-1])["question"], json.dumps({"answerable": True, "sentences": sentences})
    return lines[-1].removeprefix("Question: "), " ".join(_prose(lines[1:]))


def _prose(lines: list[str]) -> list[str]:
    """Two statements of a passage."""
    plain = [line.lstrip("-0123456789. ").replace("**", "") for line in lines if line and line[0] not in "#|"]
    return plain[:2]


def _completion(choice: dict[str, Any]) -> dict[str, Any]:
    return {"id": "bench", "object": "chat.completion", "created": 0, "model": "bench", "choices": [
        {"index": 0, "finish_reason": "stop", **choice}
    ]}  # fmt: skip


def _streamed(reply: str) -> bytes:
    size = -(-len(reply) // PIECES) or 1
    deltas: list[tuple[dict[str, str], str | None]] = [({"role": "assistant", "content": ""}, None)]
    deltas += [({"content": reply[start : start + size]}, None) for start in range(0, len(reply), size)]
    deltas.append(({}, "stop"))
    out = bytearray()
    for delta, finish in deltas:
        event = {"id": "bench", "object": "chat.completion.chunk", "created": 0, "model": "bench", "choices": [
            {"index": 0, "delta": delta, "finish_reason": finish}
        ]}  # fmt: skip
        out += _chunk(f"data: {json.dumps(event)}\n\n".encode())
    return bytes(out + _chunk(b"data: [DONE]\n\n") + b"0\r\n\r\n")


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


async def main() -> None:
    """Serve until stopped."""
    server = await asyncio.get_running_loop().create_server(Provider, "127.0.0.1", 0)
    print(f"Provider serves http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
