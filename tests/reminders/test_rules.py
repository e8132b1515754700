"""When a message leaves and which way, as pure rules."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reminders.rules import (
    MEDIA,
    PAUSES,
    Times,
    Wishes,
    after_quiet,
    is_quiet,
    later,
    next_attempt,
    next_digest,
    plan,
    tidy_address,
)

ZONE = ZoneInfo("Asia/Shanghai")
TEN = timedelta(minutes=10)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
hours = st.builds(Times, clocks, clocks, clocks, st.none() | st.integers(0, 6))
wishes = st.none() | st.builds(
    Wishes, st.sampled_from(("none", *MEDIA, "digest")), st.sampled_from(("none", *MEDIA))
)
reachable = st.frozensets(st.sampled_from(MEDIA))


def shanghai(*parts):
    return datetime(*parts, tzinfo=ZONE).astimezone(UTC)


def is_working(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(("clock", "quiet"), [
    ((20, 0), True), ((23, 59), True), ((0, 0), True), ((7, 59), True), ((8, 0), False),
    ((19, 59), False),
])
def test_quiet_hours_cross_midnight(clock, quiet):
    assert is_quiet(shanghai(2026, 6, 1, *clock), Times(), ZONE) is quiet


def test_quiet_hours_within_a_day():
    times = Times(time(12), time(14))
    assert after_quiet(shanghai(2026, 6, 1, 13), times, ZONE) == shanghai(2026, 6, 1, 14)
    assert after_quiet(shanghai(2026, 6, 1, 14), times, ZONE) == shanghai(2026, 6, 1, 14)


@given(moments, hours)
def test_after_quiet_is_soon_and_never_quiet(moment, times):
    end = after_quiet(moment, times, ZONE)
    assert moment <= end <= moment + timedelta(days=1)
    assert not is_quiet(end, times, ZONE)
    if not is_quiet(moment, times, ZONE):
        assert end == moment


@given(moments)
def test_no_quiet_hours_hold_nothing(moment):
    assert after_quiet(moment, Times(None, None), ZONE) == moment


def test_the_digest_waits_for_the_next_working_day():
    friday_evening = shanghai(2026, 6, 5, 18)
    assert next_digest(friday_evening, Times(), ZONE, is_working) == shanghai(2026, 6, 8, 8, 30)


def test_a_weekly_digest_has_its_day():
    times = Times(digest_at=time(9), digest_day=6)
    assert next_digest(shanghai(2026, 6, 1, 10), times, ZONE, is_working) == (
        shanghai(2026, 6, 7, 9)
    )


@given(moments, hours)
def test_the_digest_is_in_the_future_and_not_in_quiet_hours(moment, times):
    due = next_digest(moment, times, ZONE, is_working)
    assert moment < due <= moment + timedelta(days=16)
    assert not is_quiet(due, times, ZONE)


@given(moments, hours)
def test_where_nobody_ever_works_the_digest_still_comes(moment, times):
    assert next_digest(moment, times, ZONE, lambda day: False) > moment


@given(st.booleans(), wishes, reachable, hours, moments)
def test_every_plan_holds_to_the_wishes(urgent, wish, media, times, now):
    planned = plan(urgent, wish, media, times, now, ZONE, TEN, is_working)
    assert len(planned) <= 2
    assert {message.medium for message in planned} <= media
    assert [message.step for message in planned] == [1, 2][: len(planned)]
    for message in planned:
        assert message.due_at >= now
        assert urgent or not is_quiet(planned[0].due_at, times, ZONE)
    if wish is not None and wish.first == "none":
        assert planned == []
    if len(planned) == 2:
        assert planned[0].medium != planned[1].medium
        assert planned[1].due_at - planned[0].due_at == TEN
        assert not any(message.digest for message in planned)


@given(wishes, reachable, hours, moments)
def test_what_is_urgent_waits_for_nothing(wish, media, times, now):
    planned = plan(True, wish, media, times, now, ZONE, TEN, is_working)
    assert not any(message.digest for message in planned)
    if media and (wish is None or wish.first != "none"):
        assert planned[0].due_at == now


def test_the_usual_for_what_is_urgent_is_mail_then_chat():
    now = shanghai(2026, 6, 1, 3)
    planned = plan(True, None, {"mail", "chat", "sms"}, Times(), now, ZONE, TEN, is_working)
    assert [(message.medium, message.due_at) for message in planned] == [
        ("mail", now), ("chat", now + TEN)
    ]
    planned = plan(True, None, {"mail", "sms"}, Times(), now, ZONE, TEN, is_working)
    assert [message.medium for message in planned] == ["mail", "sms"]


def test_the_usual_for_everything_else_is_the_digest():
    planned = plan(False, None, {"mail", "chat"}, Times(), shanghai(2026, 6, 1, 10), ZONE, TEN,
                   is_working)
    assert [(message.medium, message.digest) for message in planned] == [("mail", True)]
    assert planned[0].due_at == shanghai(2026, 6, 2, 8, 30)


def test_a_channel_that_does_not_reach_becomes_the_digest():
    planned = plan(False, Wishes("sms"), {"mail"}, Times(), shanghai(2026, 6, 1, 10), ZONE, TEN,
                   is_working)
    assert [message.digest for message in planned] == [True]


def test_pauses_grow_and_end():
    now = shanghai(2026, 6, 1, 10)
    dues = [next_attempt(number, now) for number in range(1, len(PAUSES) + 2)]
    assert dues[-1] is None
    assert dues[:-1] == sorted(dues[:-1])


def test_later_is_in_an_hour_or_tomorrow_at_nine():
    now = shanghai(2026, 6, 1, 23, 30)
    assert later(now, "hour", ZONE) == now + timedelta(hours=1)
    assert later(now, "tomorrow", ZONE) == shanghai(2026, 6, 2, 9)


@pytest.mark.parametrize(("medium", "written", "kept"), [
    ("sms", " +86 138-0013-8000 ", "+8613800138000"), ("sms", "call me", None),
    ("sms", "１３８", None), ("mail", "a@example.com", "a@example.com"),
    ("mail", "a@example.com?cc=b@example.com", None), ("mail", "a@example.com,b@example.com", None),
    ("chat", " bob\n", "bob"), ("chat", "\x00\x07", None), ("chat", "x" * 201, None),
])
def test_addresses_are_tidied_or_refused(medium, written, kept):
    assert tidy_address(medium, written) == kept
