"""Today: the day at the marketplace, by which articles begin and end."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

Today = Callable[[], date]


def today_in(timezone: str) -> Today:
    """The day in a time zone, whenever it is asked for."""
    zone = ZoneInfo(timezone)
    return lambda: datetime.now(zone).date()


today_in_utc = today_in("UTC")
"""For who knows no marketplace, such as the evals."""
