"""Sample moments are working days of the past, whatever day it is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.sample.calendar import Calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
# A Wednesday, half past nine in Shanghai.
WEDNESDAY = Calendar(datetime(2026, 6, 3, 1, 30, tzinfo=UTC), SHANGHAI)


@pytest.mark.parametrize(
    ("written", "day"),
    [("0 18:00", "2026-06-02"), ("1 18:00", "2026-06-01"), ("2 18:00", "2026-05-29"),
     ("5 18:00", "2026-05-26"), ("7 18:00", "2026-05-22")],
)
def test_days_count_back_over_weekends(written, day):
    assert WEDNESDAY.moment(written).isoformat() == f"{day}T18:00:00+08:00"


@pytest.mark.parametrize("day", [6, 7, 8])
def test_on_a_weekend_and_on_monday_the_last_working_day_is_friday(day):
    calendar = Calendar(datetime(2026, 6, day, 4, 0, tzinfo=UTC), SHANGHAI)
    assert calendar.day(0).isoformat() == "2026-06-05"


@given(
    now=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    days=st.integers(0, 140),
)
def test_a_moment_is_never_a_weekend_nor_in_the_future(now, days):
    moment = Calendar(now, SHANGHAI).moment(f"{days} 18:30")
    assert moment.weekday() < 5
    assert moment < now
    assert (now - moment).days <= days * 7 / 5 + 4


@pytest.mark.parametrize(
    ("written", "day"),
    [("t+0", "2026-06-03"), ("t+1", "2026-06-04"), ("t+3", "2026-06-08"), ("t+8", "2026-06-15")],
)
def test_what_is_planned_counts_on_over_weekends(written, day):
    assert WEDNESDAY.day_named(written).isoformat() == day
    assert WEDNESDAY.moment(f"{written} 09:30").isoformat() == f"{day}T09:30:00+08:00"


@pytest.mark.parametrize("today", [6, 7])
def test_on_a_weekend_the_next_working_day_is_monday(today):
    calendar = Calendar(datetime(2026, 6, today, 4, 0, tzinfo=UTC), SHANGHAI)
    assert calendar.day_named("t+0").day == today
    assert calendar.day_named("t+1").isoformat() == "2026-06-08"


def test_a_moment_without_a_time_is_refused():
    with pytest.raises(ValueError, match="isoformat"):
        WEDNESDAY.moment("12")
