"""Waiting: what a visitor in a queue may expect, from the queue's hours and from how long others really waited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from ingest.opening import DAYS
from ingest.topics import Queue

FEWEST_WAITS = 5
"""Fewer measured waits than this say nothing about the next one."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The queue by its id, its hours seen from now, whether somebody who serves it is at the desk (``staffed``), and
    the wait still to come in seconds, None when nobody knows."""

    queue_id: str
    queue: Queue
    open: bool
    staffed: bool
    opens_at: datetime | None
    closes_at: datetime | None
    position: int | None
    expected_seconds: int | None


def remaining_wait(waits: Sequence[float], waited: float) -> int | None:
    """Seconds to wait after ``waited``: the median of those waits that lasted at least as long, less what is over.

    So the promise never shrinks to nought while nobody comes. None when fewer than FEWEST_WAITS lasted that long.
    """
    longer = [wait for wait in waits if wait >= waited]
    return round(median(longer) - waited) if len(longer) >= FEWEST_WAITS else None


def closes_at(queue: Queue, moment: datetime) -> datetime | None:
    """When an open queue closes, in its own time; None for one that is closed, or open for the next two days."""
    if not queue.open_at(moment):
        return None
    local = moment.astimezone(ZoneInfo(queue.timezone))
    ends: set[datetime] = set()
    for ahead in range(3):
        day = local.date() + timedelta(days=ahead)
        ends.add(datetime.combine(day, time(), local.tzinfo))
        for hours in queue.hours.get(DAYS[day.weekday()], []):
            hour, minute = map(int, hours.split("-")[1].split(":"))
            if hour < 24:
                ends.add(datetime.combine(day, time(hour, minute), local.tzinfo))
    return next((end for end in sorted(ends) if end > local and not queue.open_at(end)), None)


def weekly_hours(queue: Queue) -> list[tuple[list[str], list[str]]]:
    """(days, hours) with the days of equal hours together, from Monday on; closed days are left out."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for day in DAYS:
        if hours := queue.hours.get(day):
            groups.setdefault(tuple(hours), []).append(day)
    return [(days, list(hours)) for hours, days in groups.items()]
