"""Presence: who looks at which conversation. Passing, by Live, so that it holds over all processes."""

import asyncio
import time
from dataclasses import dataclass
from datetime import timedelta

from app.auth import Staff
from app.background import stopped
from app.event_log import now
from app.live import QUEUE_TOPIC, Live, Message

SECONDS = 30.0
"""How long somebody counts as looking after they last said so."""
LOOKING = "desk.looking"


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody who looks now; ``until`` by this process's monotonic clock."""

    id: int
    name: str
    writing: bool
    until: float


class Presence:
    """What each process has heard."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._looks: dict[str, dict[int, Look]] = {}
        self._task: asyncio.Task[None] | None = None

    async def look(self, who: Staff, conversation_id: str, writing: bool, gone: bool) -> None:
        """Say that somebody looks, writes, or is gone."""
        data = {
            "conversation_id": conversation_id,
            "staff": {"id": who.id, "name": who.name},
            "writing": writing,
            "until": (now() + timedelta(seconds=SECONDS)).isoformat(),
            "gone": gone,
        }
        message = {"type": LOOKING, "data": data}
        self._hear(message)
        await self._live.publish(QUEUE_TOPIC, message)

    def at(self, conversation_id: str, but: int) -> list[Look]:
        """Who else looks at a conversation, by name."""
        moment = time.monotonic()
        looks = self._looks.get(conversation_id, {})
        return sorted((one for one in looks.values() if one.until > moment and one.id != but), key=lambda one: one.name)

    async def start(self) -> None:
        """Listen to what other processes say."""
        listening = asyncio.Event()
        self._task = asyncio.create_task(self._listen(listening))
        await listening.wait()

    async def stop(self) -> None:
        """Stop."""
        await stopped(self._task)

    async def _listen(self, listening: asyncio.Event) -> None:
        async with self._live.subscribe(QUEUE_TOPIC) as inbox:
            listening.set()
            while True:
                message = await inbox.next(SECONDS)
                if message is None:
                    self._forget()
                elif message.get("type") == LOOKING:
                    self._hear(message)

    def _hear(self, message: Message) -> None:
        data = message["data"]
        looks = self._looks.setdefault(data["conversation_id"], {})
        who = data["staff"]
        if data["gone"]:
            looks.pop(who["id"], None)
        else:
            looks[who["id"]] = Look(who["id"], who["name"], data["writing"], time.monotonic() + SECONDS)
        if not looks:
            del self._looks[data["conversation_id"]]
        if len(self._looks) > 10_000:
            self._forget()

    def _forget(self) -> None:
        moment = time.monotonic()
        for conversation_id, looks in list(self._looks.items()):
            for one in [one for one in looks.values() if one.until <= moment]:
                del looks[one.id]
            if not looks:
                del self._looks[conversation_id]
