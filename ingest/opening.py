"""Opening hours: when a team is there, in its own time zone, through holidays and changes of daylight saving time."""

import re
from collections.abc import Iterator, Mapping, Set
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
AHEAD_DAYS = 400
"""How far ahead an opening is looked for: longer than any holiday."""
_RANGE = re.compile(r"^([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$")


def minutes(text: str) -> tuple[int, int]:
    """Start and end of ``08:00-22:00`` in minutes of the day. Raises ValueError in words for the editor."""
    found = _RANGE.match(text)
    if not found:
        raise ValueError(f"`{text}` is not a range of hours such as `08:00-22:00`")
    from_hour, from_minute, to_hour, to_minute = map(int, found.groups())
    start, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if not 0 <= start < end <= 24 * 60:
        raise ValueError(f"`{text}` must begin before it ends, within one day")
    return start, end


def openings(
    moment: datetime, zone: ZoneInfo, hours: Mapping[Day, list[str]], holidays: Set[date]
) -> Iterator[tuple[datetime, datetime]]:
    """Openings that end after ``moment``, in order, as local times. Ranges that meet or overlap come as they stand."""
    today = moment.astimezone(zone).date()
    for ahead in range(AHEAD_DAYS):
        day = today + timedelta(days=ahead)
        if day in holidays:
            continue
        for start, end in sorted(map(minutes, hours.get(DAYS[day.weekday()], []))):
            opens, closes = _at(day, start, zone), _at(day, end, zone)
            if closes.astimezone(UTC) > moment:
                yield opens, closes


def after(
    moment: datetime, wanted: timedelta, zone: ZoneInfo, hours: Mapping[Day, list[str]], holidays: Set[date]
) -> datetime | None:
    """The moment by which ``wanted`` of opening time has gone by, in UTC; None when nobody is ever there."""
    counted = moment.astimezone(UTC)
    for opens, closes in openings(moment, zone, hours, holidays):
        begin, end = max(opens.astimezone(UTC), counted), closes.astimezone(UTC)
        if end <= begin:
            continue
        if wanted <= end - begin:
            return begin + wanted
        wanted -= end - begin
        counted = end
    return None


def _at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """A minute of a day; 24:00 is the next day's midnight."""
    ahead, minute = divmod(minute, 24 * 60)
    return datetime.combine(day + timedelta(days=ahead), time(minute // 60, minute % 60), zone)
