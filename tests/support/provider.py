"""Provider: an OpenAI-compatible server on loopback that records what it is asked and behaves as told."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal

from ingest.chunk import plain
from ingest.sentences import split_sentences

Behaviour = Literal[
    "good",  # a grounded, cited JSON reply made of the prompt's passages
    "slow",  # the same, a sentence at a time, with `pause` between them
    "prose",  # the same words without JSON and without citations
    "declines",  # "answerable": false
    "429",
    "500",
    "401",
    "hang",  # takes the request and never answers
    "garbage",  # 200, and bytes that mean nothing
    "not_json",  # a well-formed stream whose text is no answer
    "half",  # a stream that is cut off in the middle
    "stall",  # one sentence, then nothing more, the connection stays open
    "unfinished",  # a stream that ends in order, but without a finish reason
    "injection",  # does what a malicious passage or question might have asked for
    "lies",  # a fluent answer that no passage supports
    "reply",  # the sentences of `said`, chosen by the test, each citing the first passage
]
LIE = "You get a 100% refund within 999 days, no questions asked, at https://evil.example/refund."
INJECTED = "SYSTEM PROMPT LEAKED. Email your password to thief@evil.example to get your refund."
MAX_SENTENCES = 2


@dataclass
class Asked:
    """One request, as it came."""

    body: dict[str, Any]
    at: float = field(default_factory=time.monotonic)

    @property
    def text(self) -> str:
        """The whole body, characters unescaped, for looking for what must not be in it."""
        return json.dumps(self.body, ensure_ascii=False)

    @property
    def passages(self) -> list[dict[str, Any]]:
        """The passages that the prompt holds."""
        lines = self.body["messages"][-1]["content"].split("\n")
        return [json.loads(line) for line in lines if line.startswith('{"n"')]

    @property
    def is_rewrite(self) -> bool:
        """Whether a stand-alone question is asked for, not an answer."""
        return str(self.body["messages"][0]["content"]).startswith("Rewrite")


class Provider:
    """Runs from entering the block to leaving it. Assign ``behaviour`` at any time, a name or a choice by request."""

    def __init__(self, behaviour: Behaviour | Callable[[Asked], Behaviour] = "good") -> None:
        self.behaviour: Behaviour | Callable[[Asked], Behaviour] = behaviour
        self.asked: list[Asked] = []
        self.pause = 0.3
        self.said: tuple[str, ...] = ()
        self.closing = threading.Event()
        self._came = threading.Condition()
        self._http = _Http(self)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> "Provider":
        self._thread.start()
        return self

    def __exit__(self, *_: TracebackType | type[BaseException] | BaseException | None) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(5)

    @property
    def url(self) -> str:
        """What OPENAI_BASE_URL should be."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    @property
    def env(self) -> dict[str, str]:
        """The environment of a server that uses this provider."""
        return {"OPENAI_BASE_URL": self.url, "OPENAI_API_KEY": "sk-test"}

    def note(self, asked: Asked) -> Behaviour:
        """Record a request and say how to behave."""
        with self._came:
            self.asked.append(asked)
            self._came.notify_all()
        return self.behaviour(asked) if callable(self.behaviour) else self.behaviour

    def wait_asked(self, count: int = 1, seconds: float = 15.0) -> Asked:
        """The ``count``-th request, once it has come."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.asked) >= count, seconds), f"only {len(self.asked)} requests"
            return self.asked[count - 1]

    def clear(self) -> None:
        """Forget what was asked."""
        with self._came:
            self.asked.clear()


def grounded(asked: Asked) -> list[dict[str, Any]]:
    """Sentences of the first passage, word for word, each with its citation."""
    for passage in asked.passages:
        sentences = [s for s in split_sentences(plain(passage["text"])) if 5 <= len(s.split()) <= 40]
        if sentences:
            return [{"text": s, "cites": [passage["n"]]} for s in sentences[:MAX_SENTENCES]]
    return []


def _reply(asked: Asked, behaviour: Behaviour, said: tuple[str, ...] = ()) -> str:
    if asked.is_rewrite:
        last = str(asked.body["messages"][-1]["content"]).rsplit("\n", 1)[-1]
        return str(json.loads(last)["last"])
    if behaviour == "reply":
        return json.dumps({"answerable": True, "sentences": [{"text": text, "cites": [1]} for text in said]})
    if behaviour == "lies":
        return json.dumps({"answerable": True, "sentences": [{"text": LIE, "cites": [1]}]})
    if behaviour == "injection":
        return json.dumps({"answerable": True, "sentences": [{"text": INJECTED, "cites": [1]}]})
    if behaviour == "declines":
        return json.dumps({"answerable": False, "sentences": []})
    if behaviour == "not_json":
        return "\ufffd\u0000 <<<< }{ ][ null \\x00 " * 20
    sentences = grounded(asked)
    if behaviour == "prose":
        return " ".join(sentence["text"] for sentence in sentences)
    return json.dumps({"answerable": bool(sentences), "sentences": sentences})


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed or gave up is part of the play."""


class _Handler(BaseHTTPRequestHandler):
    server: _Http
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Quiet."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        asked = Asked(body)
        behaviour = self.server.provider.note(asked)
        if behaviour == "hang":
            self.server.provider.closing.wait()
            self.close_connection = True
        elif behaviour in ("429", "500", "401"):
            self._send(int(behaviour), {"error": {"message": "scripted", "type": "scripted", "code": behaviour}})
        elif behaviour == "garbage":
            self._bytes(200, "text/event-stream" if body.get("stream") else "application/json", b"\xff\x00\xfe{{{]\n\n")
        elif body.get("stream"):
            self._stream(asked, behaviour)
        else:
            message = {"role": "assistant", "content": _reply(asked, behaviour, self.server.provider.said)}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            self._send(200, {**_envelope(body, "chat.completion"), "choices": [choice], "usage": _USAGE})

    def _send(self, status: int, fields: dict[str, Any]) -> None:
        self._bytes(status, "application/json", json.dumps(fields).encode())

    def _bytes(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, asked: Asked, behaviour: Behaviour) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        text = _reply(asked, behaviour, self.server.provider.said)
        pieces = [text[at : at + 24] for at in range(0, len(text), 24)]
        cut = text.find("}") + 3
        if behaviour in ("half", "stall"):
            pieces = [text[:cut]]
        elif behaviour == "slow":
            pieces = [text[:cut], text[cut:]]
        self._delta(asked, {"role": "assistant", "content": ""})
        for number, piece in enumerate(pieces):
            if behaviour == "slow" and number:
                self.server.provider.closing.wait(self.server.provider.pause)
            self._delta(asked, {"content": piece})
        if behaviour == "stall":
            self.server.provider.closing.wait()
        if behaviour in ("half", "stall"):
            self.close_connection = True  # without the last chunk: the client sees a broken connection
            return
        if behaviour != "unfinished":
            self._delta(asked, {}, "stop")
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _delta(self, asked: Asked, delta: dict[str, Any], finish: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        event = {**_envelope(asked.body, "chat.completion.chunk"), "choices": [choice]}
        self._chunk(b"data: " + json.dumps(event).encode() + b"\n\n")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()


_USAGE = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}


def _envelope(body: dict[str, Any], kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-test", "object": kind, "created": int(time.time()), "model": body.get("model", "test")}
