"""Visitor: somebody with a token who begins conversations and reads what comes back."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import httpx

from tests.support.waiting import until

OUTCOMES = ("message.bot", "handoff.opened")


@dataclass(frozen=True)
class Event:
    """One event; ``seq`` is None for what is only passing."""

    seq: int | None
    type: str
    data: dict[str, Any]

    @classmethod
    def of(cls, fields: dict[str, Any]) -> "Event":
        """From its JSON."""
        return cls(fields["seq"], fields["type"], fields["data"])


def open_client(url: str, token: str = "", seconds: float = 30.0) -> httpx.Client:
    """A client of the server at ``url``, with ``token`` when there is one."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return httpx.Client(base_url=url, headers=headers, timeout=seconds, trust_env=False)


class Visitor:
    """A new visitor of the server at ``url``. A context manager; ``http`` speaks with the visitor's token."""

    def __init__(self, url: str, audience: str | None = "buyer", locale: str = "en") -> None:
        with open_client(url) as http:
            answer = http.post("/v1/visitors", json={"audience": audience, "locale": locale})
        assert answer.status_code == 201, answer.text
        self.token: str = answer.json()["token"]
        self.id: str = answer.json()["visitor_id"]
        self.http = open_client(url, self.token)

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *_: TracebackType | type[BaseException] | BaseException | None) -> None:
        self.http.close()

    def moved(self, url: str) -> None:
        """Go on at another address: the server came back on another port."""
        self.http.close()
        self.http = open_client(url, self.token)

    def begin(self, **fields: Any) -> "Talk":
        """A new conversation."""
        answer = self.http.post("/v1/conversations", json=fields)
        assert answer.status_code == 201, answer.text
        return Talk(self, answer.json()["id"])

    def ask(self, question: str, **fields: Any) -> dict[str, Any]:
        """A stateless Decision."""
        answer = self.http.post("/v1/answers", json={"question": question, **fields})
        assert answer.status_code == 200, answer.text
        decision: dict[str, Any] = answer.json()
        return decision


class Talk:
    """One conversation of a visitor's."""

    def __init__(self, visitor: Visitor, conversation_id: str) -> None:
        self.visitor, self.id = visitor, conversation_id
        self.path = f"/v1/conversations/{conversation_id}"

    @property
    def http(self) -> httpx.Client:
        """The visitor's client."""
        return self.visitor.http

    def show(self) -> dict[str, Any]:
        """The conversation's state."""
        answer = self.http.get(self.path)
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()
        return shown

    def send(self, text: str, client_id: str | None = None) -> httpx.Response:
        """Send a message, whatever the server says to it."""
        body = {"text": text, "client_id": client_id or uuid.uuid4().hex}
        return self.http.post(f"{self.path}/messages", json=body)

    def post(self, text: str, client_id: str | None = None) -> int:
        """Send a message that must be accepted; its number."""
        answer = self.send(text, client_id)
        assert answer.status_code == 202, answer.text
        return int(answer.json()["seq"])

    def events(self, after: int = 0) -> list[Event]:
        """The log behind ``after``."""
        answer = self.http.get(f"{self.path}/events", params={"after": after})
        assert answer.status_code == 200, answer.text
        return [Event.of(fields) for fields in answer.json()["events"]]

    def wait_for(self, *types: str, after: int = 0, seconds: float = 20.0) -> Event:
        """The first event of one of ``types`` behind ``after``."""

        def look() -> Event | None:
            return next((event for event in self.events(after) if event.type in types), None)

        return until(look, seconds, f"{' or '.join(types)} in conversation {self.id}")

    def outcome(self, text: str, seconds: float = 20.0) -> Event:
        """Send a message and wait for what becomes of it: an answer, or a place in the queue."""
        return self.wait_for(*OUTCOMES, after=self.post(text), seconds=seconds)

    def ask_for_person(self, note: str | None = None) -> int:
        """Ask for a person."""
        answer = self.http.post(f"{self.path}/handoff", json={"note": note} if note else {})
        assert answer.status_code == 202, answer.text
        return int(answer.json()["seq"])

    @contextmanager
    def stream(self, after: int = 0, header: bool = False) -> Iterator[Iterator[Event]]:
        """The live stream behind ``after``, given in the address or, with ``header``, as Last-Event-ID."""
        headers = {"accept": "text/event-stream"} | ({"last-event-id": str(after)} if header else {})
        params = {} if header else {"after": after}
        with self.http.stream("GET", f"{self.path}/events", headers=headers, params=params) as answer:
            assert answer.status_code == 200, answer.read()
            yield read_frames(_lines(answer.iter_bytes()))


def _lines(pieces: Iterator[bytes]) -> Iterator[str]:
    """Lines as event streams end them; ``iter_lines`` of httpx also splits at U+2028, which is text here."""
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            yield line.decode()


def read_frames(lines: Iterator[str]) -> Iterator[Event]:
    """Events of an event stream's lines; the ``id`` of a frame must be the event's ``seq``."""
    fields: dict[str, str] = {}
    for line in lines:
        if line.startswith(":"):
            continue
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif fields:
            event = Event.of(json.loads(fields["data"]))
            assert event.type == fields["event"]
            assert fields.get("id") == (str(event.seq) if event.seq is not None else None)
            fields = {}
            yield event
