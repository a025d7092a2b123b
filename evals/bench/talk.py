"""Talk: how Baton and its peers are asked, each in its own API."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from evals.bench.articles import Asked
from evals.bench.load import Connection, event_moments
from evals.bench.processes import Server


@dataclass(frozen=True, slots=True)
class Told:
    """An answered question. Monotonic seconds: sent, first sign of life, whole answer."""

    question: str
    sent: float
    first: float
    done: float
    outcome: str


Ask = Callable[[Asked], Awaitable[Told]]


@dataclass
class BatonTalk:
    """One user's connections to Baton, as a buyer and as a seller."""

    server: Server
    tokens: dict[str, str]
    _open: dict[str, Connection] = field(default_factory=dict)

    @classmethod
    async def begin(cls, server: Server) -> "BatonTalk":
        """Get the tokens."""
        tokens: dict[str, str] = {}
        connection = Connection(server.url)
        for audience in ("buyer", "seller"):
            reply = await connection.request("POST", "/v1/visitors", {"audience": audience})
            tokens[audience] = reply.json["token"]
        connection.close()
        return cls(server, tokens)

    def another(self) -> "BatonTalk":
        """Another user with the same tokens."""
        return BatonTalk(self.server, self.tokens)

    def _connection(self, audience: str) -> Connection:
        if audience not in self._open:
            self._open[audience] = Connection(self.server.url, self.tokens[audience])
        return self._open[audience]

    async def stateless(self, asked: Asked) -> Told:
        """``POST /v1/answers``."""
        reply = await self._connection(asked.audience).request("POST", "/v1/answers", {"question": asked.text})
        return Told(asked.text, reply.sent, reply.done, reply.done, reply.json["outcome"])

    async def chat(self, asked: Asked) -> Told:
        """The first message of a conversation whose event stream is open, as the widget does it."""
        api = self._connection(asked.audience)
        conversation = (await api.request("POST", "/v1/conversations", {})).json["id"]
        stream = Connection(self.server.url, self.tokens[asked.audience])
        events = event_moments(stream, f"/v1/conversations/{conversation}/events", "message.bot")
        await anext(events)
        listening = asyncio.create_task(_collect(events))
        message = {"text": asked.text, "client_id": uuid.uuid4().hex}
        reply = await api.request("POST", f"/v1/conversations/{conversation}/messages", message)
        moments = await listening
        stream.close()
        _, last, data = moments[-1]
        return Told(asked.text, reply.sent, moments[0][1], last, data["outcome"])


async def _collect(events: Any) -> list[tuple[str, float, Any]]:
    return [event async for event in events]


@dataclass
class PeerTalk:
    """One user's connection to a plain app."""

    server: Server
    _open: Connection | None = None

    def another(self) -> "PeerTalk":
        """Another user."""
        return PeerTalk(self.server)

    async def stateless(self, asked: Asked) -> Told:
        """``POST /ask``."""
        self._open = self._open or Connection(self.server.url)
        body = {"question": asked.text, "audience": asked.audience}
        reply = await self._open.request("POST", "/ask", body)
        return Told(asked.text, reply.sent, reply.done, reply.done, "answer")


Talk = BatonTalk | PeerTalk
