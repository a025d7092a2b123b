"""Attendance: who is at the desk now, kept where every process can see it."""

import time

from app.auth import Staff
from app.db import Database
from app.event_log import now
from app.staff import repository

BEAT_SECONDS = 60.0
"""How often one process writes down that somebody is still there."""


class Attendance:
    """An open desk says that its owner is there, and so does whatever they do in it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._next: dict[int, float] = {}

    async def here(self, who: Staff) -> None:
        """They are; a row is written at most every ``BEAT_SECONDS``. The command line is never there."""
        moment = time.monotonic()
        if who.id == 0 or self._next.get(who.id, 0.0) > moment:
            return
        async with self._db.write() as connection:
            await repository.change(connection, who.id, seen_at=now())
        self._next[who.id] = moment + BEAT_SECONDS

    async def gone(self, who: Staff) -> None:
        """They signed out; a desk of theirs that is still open elsewhere will say so again."""
        self._next.pop(who.id, None)
        if who.id:
            async with self._db.write() as connection:
                await repository.change(connection, who.id, seen_at=None)
