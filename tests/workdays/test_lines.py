"""Pasted lines of days: what each says, and why one says nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.workdays import lines
from portal.workdays.lines import read_lines


@pytest.mark.parametrize(("text", "days", "working", "label"), [
    ("2027-01-01 休 元旦", 1, False, "元旦"),
    ("2027年2月5日至2027年2月11日 休 春节", 7, False, "春节"),
    ("2027-02-05~2027-02-11, off, Spring Festival", 7, False, "Spring Festival"),
    ("2027/2/14\t班\t春节调休", 1, True, "春节调休"),
    ("2027-05-08 work", 1, True, ""),
])
def test_a_line_names_its_days(text, days, working, label):
    (read,) = read_lines(text)
    assert (read.verdict, len(read.days)) == (lines.SET, days)
    assert (read.working, read.label) == (working, label)


@pytest.mark.parametrize(("text", "verdict"), [
    ("元旦 2027-01-01", lines.UNREADABLE), ("2027-01-01", lines.UNREADABLE),
    ("2027-02-30 休", lines.NO_DATE), ("1810-01-01 休", lines.NO_DATE),
    ("2027-02-05~2027-02-01 休", lines.NO_DATE), ("2027-01-01 maybe", lines.NO_WORD),
    ("2027-01-01~2029-01-01 休", lines.TOO_LONG),
])
def test_why_a_line_says_nothing(text, verdict):
    (read,) = read_lines(text)
    assert (read.verdict, read.days) == (verdict, ())


def test_a_day_is_named_once():
    first, empty_is_left_out = read_lines("2027-01-01 休\n\n2027-01-01 班")
    assert first.days == (date(2027, 1, 1),)
    assert (empty_is_left_out.number, empty_is_left_out.verdict) == (3, lines.TWICE)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text):
    assert all(read.days or read.verdict != lines.SET for read in read_lines(text))
