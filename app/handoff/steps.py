"""Steps: which steps of a procedure were done in a conversation."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from app import audit_log
from app.auth import Staff
from app.db import Database
from app.handoff import repository
from app.handoff.holding import locked
from app.handoff.schemas import StepTick, Tick
from app.live import QUEUE_TOPIC, Live
from app.names import NamedStaff


def ticks_of(rows: Sequence[Row[Any]]) -> list[Tick]:
    """Ticks as the API gives them."""
    return [Tick(step=row.step, by=NamedStaff(id=row.id, name=row.name), at=row.at) for row in rows]


class Steps:
    """Ticks and unticks, one at a time: two agents never undo each other's."""

    def __init__(self, db: Database, live: Live) -> None:
        self._db, self._live = db, live

    async def tick(self, agent: Staff, conversation_id: str, tick: StepTick) -> list[Tick]:
        """Set one step; all ticks of its procedure afterwards."""
        async with self._db.write() as connection:
            await locked(connection, conversation_id)
            key = (conversation_id, tick.article_id, tick.revision)
            await repository.set_tick(connection, *key, tick.step, agent.id if tick.done else None)
            await audit_log.record(connection, agent, "steps.changed", conversation_id, **tick.model_dump())
            rows = await repository.ticks(connection, *key)
        await self._live.publish(QUEUE_TOPIC, {"type": "desk.steps", "data": {"conversation_id": conversation_id}})
        return ticks_of(rows)
