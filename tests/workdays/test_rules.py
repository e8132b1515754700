"""Working time: over lunch, weekends, holidays and make-up days, in every zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.workdays import holidays
from portal.workdays.rules import NoWorkingTimeError, WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = ((9 * 60, 12 * 60), (13 * 60 + 30, 18 * 60))
WEEK = frozenset(range(5))
WORK = WorkCalendar(OFFICE, WEEK, holidays.exceptions(), SHANGHAI)


def at(text: str) -> datetime:
    """A moment in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(("start", "hours", "end"), [
    ("2026-06-01 10:00", 1, "2026-06-01 11:00"),
    # Lunch does not count.
    ("2026-06-01 11:00", 2, "2026-06-01 14:30"),
    ("2026-06-01 12:30", 1, "2026-06-01 14:30"),
    # Nor do evenings, nights and weekends.
    ("2026-06-05 17:00", 2, "2026-06-08 10:00"),
    ("2026-06-06 03:00", 0.5, "2026-06-08 09:30"),
    # A working day has seven and a half hours.
    ("2026-06-01 09:00", 7.5, "2026-06-01 18:00"),
    ("2026-06-01 10:00", 24, "2026-06-04 11:30"),
    # Dragon Boat Festival: Friday to Sunday.
    ("2026-06-18 17:00", 2, "2026-06-22 10:00"),
    # National Day: from the evening before to the 8th, and Saturday the 10th is made up.
    ("2026-09-30 16:00", 24, "2026-10-10 17:30"),
    ("2026-09-30 18:00", 0, "2026-09-30 18:00"),
    ("2026-10-03 11:00", 0, "2026-10-08 09:00"),
])
def test_the_moment_when_so_many_working_hours_have_passed(start, hours, end):
    assert WORK.after(at(start), hours) == at(end)


@pytest.mark.parametrize(("day", "worked"), [
    ("2026-09-30", True), ("2026-10-01", False), ("2026-10-07", False), ("2026-10-08", True),
    ("2026-10-10", True), ("2026-10-11", False), ("2026-09-20", True), ("2026-02-14", True),
])
def test_holidays_and_make_up_days(day, worked):
    assert WORK.is_working(date.fromisoformat(day)) is worked


def test_the_next_working_days():
    assert WORK.next_working_day(date(2026, 9, 30)) == date(2026, 10, 8)
    assert WORK.next_working_day(date(2026, 9, 30), 3) == date(2026, 10, 10)


def test_hours_between_count_backwards_below_zero():
    assert WORK.hours_between(at("2026-06-01 09:00"), at("2026-06-02 09:00")) == 7.5
    assert WORK.hours_between(at("2026-06-02 09:00"), at("2026-06-01 09:00")) == -7.5
    assert WORK.hours_between(at("2026-06-06 00:00"), at("2026-06-07 23:00")) == 0


def test_a_year_without_known_holidays_has_its_weekdays():
    first_unknown = date(holidays.known_years()[-1] + 1, 5, 1)
    assert first_unknown not in holidays.exceptions()
    assert WORK.is_working(first_unknown) is (first_unknown.weekday() < 5)


@pytest.mark.parametrize(("hours", "weekdays"), [
    ((), WEEK), (OFFICE, frozenset()), (OFFICE, frozenset({9})),
])
def test_a_calendar_in_which_nobody_works_is_refused(hours, weekdays):
    with pytest.raises(NoWorkingTimeError):
        WorkCalendar(hours, weekdays)


@pytest.mark.parametrize("hours", [((600, 540),), ((540, 720), (700, 800)), ((540, 1500),)])
def test_hours_that_overlap_are_refused(hours):
    with pytest.raises(ValueError, match="overlap"):
        WorkCalendar(hours, WEEK)


def test_days_that_are_all_crossed_out_end_in_an_error_and_not_in_a_loop():
    class Never(dict):
        def get(self, key, default=None):
            return False

    with pytest.raises(NoWorkingTimeError):
        WorkCalendar(OFFICE, WEEK, Never(), SHANGHAI).after(at("2026-06-01 10:00"), 1)


def test_time_does_not_run_backwards():
    with pytest.raises(ValueError, match="forward"):
        WORK.after(at("2026-06-01 10:00"), -1)


# Clocks that are put forward and back, at night and over midnight, and a day that never was.
ZONES = st.sampled_from([ZoneInfo(name) for name in (
    "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
    "America/Sao_Paulo", "Pacific/Apia", "UTC",
)])
MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2026, 12, 1)).map(
    lambda each: each.replace(tzinfo=UTC, second=0, microsecond=0))
# Whole minutes: then nothing is rounded.
MINUTES = st.integers(0, 60 * 60)


@st.composite
def spans(draw):
    cuts = sorted(draw(st.sets(st.integers(0, 24 * 4), min_size=2, max_size=6)))
    return tuple((a * 15, b * 15) for a, b in zip(cuts[::2], cuts[1::2], strict=False))


@st.composite
def calendars(draw):
    around = st.dates(date(2010, 1, 1), date(2026, 12, 31))
    return WorkCalendar(
        draw(spans()), frozenset(draw(st.sets(st.integers(0, 6), min_size=1))),
        draw(st.dictionaries(around, st.booleans(), max_size=30)), draw(ZONES),
    )


def hours(minutes):
    return minutes / 60


@given(calendars(), MOMENTS, MINUTES)
def test_after_and_hours_between_are_each_others_inverse(work, moment, minutes):
    end = work.after(moment, hours(minutes))
    assert end >= moment
    assert work.hours_between(moment, end) * 60 == pytest.approx(minutes)


@given(calendars(), MOMENTS, MINUTES)
def test_nothing_ends_outside_working_time(work, moment, minutes):
    end = work.after(moment, hours(minutes))
    assert work.is_open(end)
    # Not even by the clock on the wall, except where it jumped.
    assert work.hours_between(end - timedelta(minutes=1), end + timedelta(minutes=1)) > 0


@given(calendars(), MOMENTS, MINUTES, MINUTES)
def test_time_adds_up(work, moment, one, other):
    together = work.after(moment, hours(one + other))
    in_turn = work.after(work.after(moment, hours(one)), hours(other))
    assert work.hours_between(together, in_turn) == pytest.approx(0)


@given(calendars(), MOMENTS, MOMENTS, MOMENTS)
def test_hours_between_three_moments_add_up(work, a, b, c):
    whole = work.hours_between(a, c)
    assert whole == pytest.approx(work.hours_between(a, b) + work.hours_between(b, c))


@given(calendars(), MOMENTS, st.integers(0, 2 * 366 * 24 * 60))
def test_hours_of_a_long_time_are_those_of_its_days(work, moment, minutes):
    end = moment + timedelta(minutes=minutes)
    days = [moment + timedelta(days=number) for number in range(minutes // (24 * 60) + 1)]
    one_by_one = sum(work.hours_between(a, b)
                     for a, b in zip(days, [*days[1:], end], strict=True))
    assert work.hours_between(moment, end) == pytest.approx(one_by_one)


@given(calendars(), MOMENTS, MINUTES, st.integers(0, 5000))
def test_later_begun_or_longer_is_never_earlier_done(work, moment, minutes, delay):
    end = work.after(moment, hours(minutes))
    assert work.after(moment + timedelta(minutes=delay), hours(minutes)) >= end
    assert work.after(moment, hours(minutes + delay)) >= end


@given(calendars(), st.dates(date(2010, 1, 1), date(2026, 1, 1)), st.integers(1, 30))
def test_the_nth_working_day_is_reached_one_by_one(work, day, n):
    step = day
    for _ in range(n):
        step = work.next_working_day(step)
        assert work.is_working(step)
    assert work.next_working_day(day, n) == step
