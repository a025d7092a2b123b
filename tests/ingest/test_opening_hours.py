"""When somebody is there: hours are local to the queue's time zone, through changes of daylight saving time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.opening import DAYS, Day
from ingest.topics import Queue

NEW_YORK = ZoneInfo("America/New_York")
DAILY = Queue(name="Q", timezone="America/New_York", hours={day: ["08:00-22:00"] for day in DAYS})
OFFICE = Queue(
    name="Q", timezone="America/Sao_Paulo", hours={"mon": ["09:00-12:00", "13:00-18:00"], "fri": ["09:00-12:00"]}
)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 7, 1, 12, 0, tzinfo=UTC), True),  # 08:00 in summer
        (datetime(2026, 7, 1, 11, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 1, 12, 0, tzinfo=UTC), False),  # 07:00 in winter
        (datetime(2026, 12, 1, 13, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 2, 1, 59, tzinfo=UTC), True),  # 21:59 the day before
        (datetime(2026, 7, 2, 2, 0, tzinfo=UTC), False),  # 22:00 is closed
    ],
)
def test_hours_are_local(moment: datetime, is_open: bool) -> None:
    """The same UTC hour is open in summer and closed in winter; the end is not included."""
    assert DAILY.open_at(moment) is is_open


@pytest.mark.parametrize("hours", [{}, {day: ["00:00-24:00"] for day in DAYS}])
def test_always_open(hours: dict[Day, list[str]]) -> None:
    """No hours, or 00:00-24:00 each day, is open at every minute, midnight included."""
    queue = Queue(name="Q", timezone="Asia/Kolkata", hours=hours)
    for minute in range(0, 26 * 60, 17):
        moment = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=minute)
        assert queue.open_at(moment)
        assert queue.opens_at(moment) is None


@pytest.mark.parametrize(
    ("queue", "moment", "opens"),
    [
        (OFFICE, datetime(2026, 6, 1, 12, 30), datetime(2026, 6, 1, 13, 0)),  # Monday, at lunch
        (OFFICE, datetime(2026, 6, 1, 18, 0), datetime(2026, 6, 5, 9, 0)),  # Monday evening: Friday
        (OFFICE, datetime(2026, 6, 5, 12, 0), datetime(2026, 6, 8, 9, 0)),  # Friday noon: Monday
        (DAILY, datetime(2026, 3, 7, 23, 0), datetime(2026, 3, 8, 8, 0)),  # the night that clocks go forward
        (DAILY, datetime(2026, 10, 31, 23, 0), datetime(2026, 11, 1, 8, 0)),  # the night that they go back
        (DAILY, datetime(2026, 12, 31, 22, 0), datetime(2027, 1, 1, 8, 0)),
    ],
)
def test_opens_at(queue: Queue, moment: datetime, opens: datetime) -> None:
    """The next opening, in the queue's own time."""
    zone = ZoneInfo(queue.timezone)
    found = queue.opens_at(moment.replace(tzinfo=zone).astimezone(UTC))
    assert found == opens.replace(tzinfo=zone)
    assert found is not None
    assert found.utcoffset() == opens.replace(tzinfo=zone).utcoffset()


def test_the_night_between_times_has_its_true_length() -> None:
    """When clocks go forward the wait is an hour shorter than the clock tells, and an hour longer when they go back."""
    for evening, hours in (
        (datetime(2026, 3, 7, 22), 9),
        (datetime(2026, 10, 31, 22), 11),
        (datetime(2026, 6, 1, 22), 10),
    ):
        moment = evening.replace(tzinfo=NEW_YORK).astimezone(UTC)
        opens = DAILY.opens_at(moment)
        assert opens is not None
        assert opens.astimezone(UTC) - moment == timedelta(hours=hours)


def test_only_once_a_week() -> None:
    """After the only opening of the week, the next is a week later."""
    queue = Queue(name="Q", hours={"wed": ["10:00-11:00"]})
    assert queue.opens_at(datetime(2026, 7, 1, 11, 0, tzinfo=UTC)) == datetime(2026, 7, 8, 10, 0, tzinfo=UTC)


def test_never_open() -> None:
    """A queue whose days have no hours says that nobody comes, instead of searching forever."""
    queue = Queue(name="Q", hours={"mon": []})
    assert not queue.open_at(datetime(2026, 6, 1, 12, tzinfo=UTC))
    assert queue.opens_at(datetime(2026, 6, 1, 12, tzinfo=UTC)) is None


def test_ranges_in_any_order() -> None:
    """The earliest range counts, in whatever order they are written."""
    queue = Queue(name="Q", hours={"mon": ["15:00-16:00", "09:00-10:00"]})
    assert queue.opens_at(datetime(2026, 6, 1, 7, tzinfo=UTC)) == datetime(2026, 6, 1, 9, tzinfo=UTC)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    st.sampled_from(["UTC", "America/New_York", "America/Mexico_City", "Europe/Madrid", "Australia/Lord_Howe"]),
    st.dictionaries(st.sampled_from(DAYS), st.lists(st.integers(5, 22), min_size=1, max_size=2), min_size=1),
)
def test_closed_until_it_opens(moment: datetime, zone: str, starts: dict[Day, list[int]]) -> None:
    """At the promised moment the queue is open, and at no quarter of an hour before."""
    hours = {day: [f"{start:02}:00-{start + 1:02}:30" for start in found] for day, found in starts.items()}
    queue = Queue(name="Q", timezone=zone, hours=hours)
    opens = queue.opens_at(moment)
    if opens is None:
        assert queue.open_at(moment)
        return
    assert queue.open_at(opens)
    assert opens.astimezone(UTC) > moment
    before = moment
    while before < opens.astimezone(UTC):
        assert not queue.open_at(before), before
        before += timedelta(minutes=15)


HOLIDAYS = Queue(
    name="Q",
    timezone="America/New_York",
    hours={day: ["08:00-22:00"] for day in DAYS},
    holidays=("2026-12-25", date(2026, 12, 26)),
    reply_within=60,
)


def test_holidays() -> None:
    """On a holiday of the queue's own calendar nobody is there, and the next opening is behind all of them."""
    christmas = datetime(2026, 12, 25, 15, 0, tzinfo=UTC)
    assert not HOLIDAYS.open_at(christmas)
    assert HOLIDAYS.opens_at(christmas) == datetime(2026, 12, 27, 8, 0, tzinfo=NEW_YORK)
    assert HOLIDAYS.open_at(datetime(2026, 12, 25, 2, 59, tzinfo=UTC))  # still the 24th in New York
    always = Queue(name="Q", timezone="America/New_York", holidays=(date(2026, 12, 25),))
    assert not always.open_at(christmas)
    assert always.opens_at(christmas) == datetime(2026, 12, 26, 0, 0, tzinfo=NEW_YORK)


def test_a_long_closure() -> None:
    """Weeks of holidays are looked over; a queue that never opens has no opening and no due time."""
    days = tuple(date(2026, 7, 1) + timedelta(days=ahead) for ahead in range(60))
    away = HOLIDAYS.model_copy(update={"holidays": days})
    assert away.opens_at(datetime(2026, 7, 1, 12, tzinfo=UTC)) == datetime(2026, 8, 30, 8, 0, tzinfo=NEW_YORK)
    never = Queue(name="Q", hours={"mon": []})
    assert never.opens_at(datetime(2026, 7, 1, tzinfo=UTC)) is None
    assert never.due_at(datetime(2026, 7, 1, tzinfo=UTC)) is None
    assert not never.open_at(datetime(2026, 7, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("begun", "due"),
    [
        (datetime(2026, 7, 1, 12, 0), datetime(2026, 7, 1, 13, 0)),  # in the middle of the day
        (datetime(2026, 7, 1, 21, 40), datetime(2026, 7, 2, 8, 40)),  # 20 minutes today, 40 tomorrow
        (datetime(2026, 7, 1, 21, 0), datetime(2026, 7, 1, 22, 0)),  # just in time
        (datetime(2026, 7, 1, 23, 0), datetime(2026, 7, 2, 9, 0)),  # at night
        (datetime(2026, 12, 24, 21, 30), datetime(2026, 12, 27, 8, 30)),  # over two holidays
        (datetime(2026, 3, 7, 21, 30), datetime(2026, 3, 8, 8, 30)),  # over the night that clocks go forward
    ],
)
def test_due(begun: datetime, due: datetime) -> None:
    """A promise of 60 minutes counts opening time alone."""
    assert HOLIDAYS.due_at(begun.replace(tzinfo=NEW_YORK)) == due.replace(tzinfo=NEW_YORK)


def test_due_counts_real_minutes_when_clocks_change() -> None:
    """Two hours from 01:30 in a night without 02:30 end at 04:30; with 01:30 twice, at 02:30."""
    queue = Queue(name="Q", timezone="America/New_York", reply_within=120)
    for day in (datetime(2026, 3, 8, 1, 30), datetime(2026, 11, 1, 1, 30)):
        begun = day.replace(tzinfo=NEW_YORK)
        due = queue.due_at(begun)
        assert due is not None
        assert due - begun.astimezone(UTC) == timedelta(hours=2)
    assert queue.due_at(datetime(2026, 3, 8, 1, 30, tzinfo=NEW_YORK)) == datetime(2026, 3, 8, 4, 30, tzinfo=NEW_YORK)


@given(
    start=st.integers(0, 23 * 60),
    length=st.integers(1, 60),
    reply=st.integers(1, 600),
    moment=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
)
def test_due_is_within_an_opening(start: int, length: int, reply: int, moment: datetime) -> None:
    """A due time lies behind the beginning, and somebody was there just before it."""
    text = f"{start // 60:02}:{start % 60:02}-{(start + length) // 60:02}:{(start + length) % 60:02}"
    queue = Queue(name="Q", timezone="America/New_York", hours={"tue": [text], "fri": [text]}, reply_within=reply)
    begun = moment.replace(tzinfo=UTC)
    due = queue.due_at(begun)
    if due is None:  # it would take more weeks than are looked at
        assert reply > length * 100
        return
    assert due >= begun + timedelta(minutes=reply)
    assert queue.open_at(due - timedelta(microseconds=1))
