"""Snoozes: a claimed conversation put aside until a time, or until the visitor writes."""

import asyncio
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app import audit_log, event_log
from app.auth import Staff
from app.background import stopped
from app.db import Database
from app.errors import InvalidInput
from app.handoff import repository
from app.handoff.holding import claimed, locked, woken
from app.live import Live

log = structlog.get_logger()
SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(days=60)
LOOK_SECONDS = 5.0
"""How late a snooze may end in the log. Lists know by the clock and are never late."""
AT_ONCE = 100


class Snoozes:
    """Puts aside and brings back."""

    def __init__(self, db: Database, live: Live) -> None:
        self._db, self._live = db, live
        self._task: asyncio.Task[None] | None = None

    async def snooze(self, agent: Staff, conversation_id: str, fence: int, until: datetime) -> int:
        """Put a claimed conversation aside. It stays the agent's."""
        ahead = until - event_log.now()
        if not SHORTEST <= ahead <= LONGEST:
            raise InvalidInput(f"until: choose a time from a minute to {LONGEST.days} days ahead")
        async with self._db.write() as connection:
            row, stored = await claimed(connection, conversation_id, agent, fence)
            await repository.change(connection, stored.id, snoozed_until=until)
            data = {"until": until.isoformat(), "by": {"name": agent.name}}
            seq = await event_log.append(connection, row, [("handoff.snoozed", data, None)])
            await audit_log.record(connection, agent, "conversation.snoozed", row.id, until=until.isoformat())
        await woken(self._live, conversation_id, "snoozed")
        return seq

    async def wake(self, agent: Staff, conversation_id: str, fence: int) -> int:
        """Bring one's own back early. One that is awake stays so."""
        async with self._db.write() as connection:
            row, stored = await claimed(connection, conversation_id, agent, fence)
            if stored.snoozed_until is None:
                return int(row.last_seq)
            await repository.change(connection, stored.id, snoozed_until=None)
            seq = await event_log.append(connection, row, [("handoff.woken", {}, None)])
            await audit_log.record(connection, agent, "conversation.woken", row.id)
        await woken(self._live, conversation_id, "claimed")
        return seq

    async def start(self) -> None:
        """Wake by the clock until stopped. Many processes may do so: each snooze ends once."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop."""
        await stopped(self._task)

    async def _run(self) -> None:
        while True:
            try:
                async with self._db.read() as connection:
                    over = await repository.snoozes_over(connection, AT_ONCE)
                for conversation_id in over:
                    await self._end(conversation_id)
            except SQLAlchemyError as error:
                log.warning("snoozes.failed", error=type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def _end(self, conversation_id: str) -> None:
        async with self._db.write() as connection:
            row = await locked(connection, conversation_id)
            stored = await repository.open_of(connection, conversation_id)
            if stored is None or stored.snoozed_until is None or stored.snoozed_until > event_log.now():
                return
            await repository.change(connection, stored.id, snoozed_until=None)
            await event_log.append(connection, row, [("handoff.woken", {}, None)])
        await woken(self._live, conversation_id, "claimed")
