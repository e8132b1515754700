"""Weeks, days and what a review needs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.visits import rules

DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 1))


def weekdays(day):
    return day.weekday() < 5


@given(DAYS)
def test_a_week_is_named_and_found_again(day):
    monday = rules.monday_of(day)
    assert monday.weekday() == 0
    assert 0 <= (day - monday).days < 7
    assert rules.monday_named(rules.week_name(day)) == monday


@given(st.text(max_size=12))
def test_what_is_no_week_is_none_or_a_monday(text):
    found = rules.monday_named(text)
    assert found is None or found.weekday() == 0


@pytest.mark.parametrize("name", [
    "", "2026", "2026-W", "2026-W54", "2026-W00", "2025-W53", "26-W01", "2026-w05", "1999-W01",
    "2026-W1a", "٢٠٢٦-W01", "0000-W01", "9999-W52",
])
def test_no_weeks(name):
    assert rules.monday_named(name) is None


def test_the_53rd_week():
    assert rules.monday_named("2026-W53") == date(2026, 12, 28)
    assert rules.week_name(date(2027, 1, 3)) == "2026-W53"


def test_quick_days_on_a_thursday():
    found = rules.quick_days(date(2026, 6, 4), weekdays)
    assert found == {"tomorrow": date(2026, 6, 5), "three": date(2026, 6, 9),
                     "week": date(2026, 6, 8)}


def test_a_day_is_offered_once():
    sunday = rules.quick_days(date(2026, 6, 7), weekdays)
    assert sunday["tomorrow"] == sunday["week"]
    assert rules.first_names(sunday) == ["tomorrow", "three"]
    assert rules.first_names(sunday, "week") == ["three", "week"]


@given(DAYS)
def test_every_day_has_one_name(day):
    days = rules.quick_days(day, weekdays)
    named = [days[name] for name in rules.first_names(days)]
    assert sorted(named) == sorted(set(days.values()))


@given(DAYS)
def test_quick_days_lie_ahead(day):
    for found in rules.quick_days(day, weekdays).values():
        assert timedelta() < found - day <= timedelta(days=14)


@given(DAYS, st.integers(1, 10))
def test_working_days_are_counted(day, count):
    found = rules.working_day_after(day, count, weekdays)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]
    assert sum(map(weekdays, between)) == count
    assert weekdays(found)


def test_where_nobody_ever_works_days_are_plain():
    assert rules.working_day_after(date(2026, 6, 1), 3, lambda day: False) == date(2026, 6, 4)
    assert rules.first_working_day(date(2026, 6, 1), lambda day: False) == date(2026, 6, 1)


def test_planned_is_today_or_later_but_not_in_another_age():
    today = date(2026, 6, 1)
    assert rules.may_be_planned_on(today, today)
    assert not rules.may_be_planned_on(date(2026, 5, 31), today)
    assert not rules.may_be_planned_on(date(2027, 6, 5), today)


def test_what_happened_lies_within_a_year():
    today = date(2026, 6, 1)
    assert rules.may_have_happened_on(today, today)
    assert rules.may_have_happened_on(date(2025, 6, 1), today)
    assert not rules.may_have_happened_on(date(2026, 6, 2), today)
    assert not rules.may_have_happened_on(date(2025, 5, 30), today)


def test_a_review_needs_one_of_three():
    assert rules.is_whole_review("", " ", "price")
    assert not rules.is_whole_review(" ", "\n", "")


def test_what_lies_ahead_is_reviewed_only_by_who_is_there():
    today = date(2026, 6, 1)
    assert rules.may_be_reviewed(rules.PLANNED, today, today)
    assert not rules.may_be_reviewed(rules.PLANNED, date(2026, 6, 2), today)
    assert rules.may_be_reviewed(rules.ARRIVED, date(2026, 6, 2), today)
    assert not rules.may_be_reviewed(rules.REVIEWED, today, today)


def test_a_review_is_due_in_the_evening():
    assert rules.review_due_at(date(2026, 6, 1), UTC) == datetime(2026, 6, 1, 18, tzinfo=UTC)
