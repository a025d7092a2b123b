"""Taking the next one: fair to visitors, within what the agent can carry, and never the same for two."""

from typing import Any

from sqlalchemy import Row

from app.auth import Staff
from app.db import Database
from app.errors import AtCapacity, Away
from app.event_log import now
from app.handoff import line, repository
from app.handoff.holding import locked, woken
from app.handoff.schemas import Claim, Taken
from app.handoff.service import HandoffService
from app.live import Live
from app.models.staff import DEFAULT_MAX_OPEN

LOOKED_AT = 16
ROUNDS = 8
"""Times that the line is read anew when colleagues took all that it showed; each time somebody got one."""


class Taking:
    """Gives agents their next conversation."""

    def __init__(self, db: Database, live: Live, handoffs: HandoffService) -> None:
        self._db, self._live, self._handoffs = db, live, handoffs

    async def take_next(self, agent: Staff, include_closed: bool) -> Taken:
        """Claim whose turn it is. Raises Away or AtCapacity when the agent should get none."""
        async with self._db.write() as connection:
            mine = self._queues(await line.load_of(connection, agent.id))
        closed = [] if include_closed else self._closed()
        for _ in range(ROUNDS):
            async with self._db.read() as connection:
                rows = await line.next_in_line(connection, agent.id, mine, closed, LOOKED_AT)
            if not rows:
                break
            for row in rows:
                taken = await self._take(agent, row.conversation_id)
                if taken is not None:
                    left = await self._left(agent, mine, closed)
                    return Taken(conversation_id=row.conversation_id, fence=taken.fence, left=left, why="taken")
        left = await self._left(agent, mine, [])
        return Taken(conversation_id=None, fence=None, left=left, why="closed" if left and closed else "empty")

    async def _take(self, agent: Staff, conversation_id: str) -> Claim | None:
        """The claim; None when a colleague was faster. What an agent can carry is checked under their row's lock, so
        that two windows do not take more than it."""
        async with self._db.write() as connection:
            self._queues(await line.load_of(connection, agent.id))
            await locked(connection, conversation_id)
            stored = await repository.open_of(connection, conversation_id)
            if stored is None or stored.state != "waiting":
                return None  # also when another window of the same agent took it
            taken = await self._handoffs.take(connection, agent, conversation_id)
        await woken(self._live, conversation_id, "claimed")
        return taken

    @staticmethod
    def _queues(load: Row[Any]) -> list[str]:
        """The agent's queues, none for all, if they may take one more."""
        if load.state == "away":
            raise Away("you are away; set yourself online to take conversations")
        most = load.max_open or DEFAULT_MAX_OPEN
        if load.open >= most:
            words = f"you have {load.open} conversations, and {most} is what you set; finish one or raise it"
            raise AtCapacity(words, open=load.open, max_open=most)
        return list(load.queues or [])

    def _closed(self) -> list[str]:
        moment = now()
        return [slug for slug, queue in self._handoffs.topics().queues.items() if not queue.open_at(moment)]

    async def _left(self, agent: Staff, mine: list[str], closed: list[str]) -> int:
        async with self._db.read() as connection:
            return await line.how_many(connection, agent.id, mine, closed)
