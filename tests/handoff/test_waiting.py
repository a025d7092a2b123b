"""What a waiting visitor is told: measured waits and real hours."""

from datetime import UTC, date, datetime

import pytest

from app.handoff.waiting import closes_at, remaining_wait, weekly_hours
from ingest.opening import DAYS
from ingest.topics import Queue

DAILY = Queue(name="Q", timezone="America/New_York", hours={day: ["08:00-22:00"] for day in DAYS})
SPLIT = Queue(
    name="Q",
    hours={"mon": ["09:00-12:00", "13:00-17:30"], "tue": ["09:00-12:00", "13:00-17:30"], "sat": ["10:00-24:00"]},
)
ALWAYS = Queue(name="Q", hours={day: ["00:00-24:00"] for day in DAYS})


def test_the_median_of_measured_waits() -> None:
    """Half of the others waited longer, half shorter."""
    assert remaining_wait([60, 600, 120, 180, 240], 0) == 180


def test_a_long_wait_is_compared_with_long_waits() -> None:
    """After five minutes, the short waits of others promise nothing any more."""
    waits = [10.0] * 50 + [400, 500, 600, 700, 800]
    assert remaining_wait(waits, 0) == 10
    assert remaining_wait(waits, 300) == 300


@pytest.mark.parametrize("waits", [[], [60] * 4, [60] * 50])
def test_nothing_is_promised_without_measurements(waits: list[float]) -> None:
    """Too few waits, or none as long as this one already is."""
    assert remaining_wait(waits, 100) is None


def test_closing_time() -> None:
    """In the queue's own time, over a break at noon, over midnight, and over a change of clocks."""
    evening = datetime(2026, 3, 7, 23, 0, tzinfo=UTC)
    assert str(closes_at(DAILY, evening)) == "2026-03-07 22:00:00-05:00"
    assert str(closes_at(DAILY, datetime(2026, 3, 8, 14, 0, tzinfo=UTC))) == "2026-03-08 22:00:00-04:00"
    assert str(closes_at(SPLIT, datetime(2026, 3, 9, 9, 0, tzinfo=UTC))) == "2026-03-09 12:00:00+00:00"
    assert str(closes_at(SPLIT, datetime(2026, 3, 14, 20, 0, tzinfo=UTC))) == "2026-03-15 00:00:00+00:00"


def test_no_closing_time() -> None:
    """Closed already, open all day, or a queue without hours."""
    assert closes_at(SPLIT, datetime(2026, 3, 9, 12, 30, tzinfo=UTC)) is None
    assert closes_at(ALWAYS, datetime(2026, 3, 9, 12, 30, tzinfo=UTC)) is None
    assert closes_at(Queue(name="Q"), datetime(2026, 3, 9, tzinfo=UTC)) is None


def test_holidays_close_a_queue_without_hours() -> None:
    """Open day and night until the holiday begins, in the queue's own time; nobody comes on the day itself."""
    queue = Queue(name="Q", timezone="America/New_York", holidays=(date(2026, 12, 25),))
    eve = datetime(2026, 12, 24, 15, 0, tzinfo=UTC)
    assert str(closes_at(queue, eve)) == "2026-12-25 00:00:00-05:00"
    assert closes_at(queue, datetime(2026, 12, 25, 15, 0, tzinfo=UTC)) is None
    assert closes_at(queue, datetime(2026, 12, 20, 15, 0, tzinfo=UTC)) is None


def test_days_of_equal_hours_stand_together() -> None:
    """Closed days are left out."""
    assert weekly_hours(SPLIT) == [(["mon", "tue"], ["09:00-12:00", "13:00-17:30"]), (["sat"], ["10:00-24:00"])]
    assert weekly_hours(Queue(name="Q")) == []
