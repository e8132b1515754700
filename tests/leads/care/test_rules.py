"""When care is due, and what warns (L9, L11)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.leads.care import rules
from portal.leads.care.rules import Limits, Nps, Signals

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(("born", "today", "kept"), [
    ((6, 1), date(2026, 6, 1), date(2026, 6, 1)),
    ((5, 31), date(2026, 6, 1), date(2027, 5, 31)),
    ((2, 29), date(2026, 2, 1), date(2026, 2, 28)),
    ((2, 29), date(2028, 2, 1), date(2028, 2, 29)),
    ((1, 1), date(2026, 12, 31), date(2027, 1, 1)),
])
def test_the_next_day_that_is_kept(born, today, kept):
    assert rules.next_day(*born, today) == kept


@given(DAYS, st.integers(0, 30), DAYS)
def test_days_ahead_are_those_whose_next_day_is_near(today, ahead, born):
    is_near = rules.next_day(born.month, born.day, today) <= today + timedelta(days=ahead)
    assert ((born.month, born.day) in rules.days_kept(today, ahead)) == is_near


@pytest.mark.parametrize(("day", "quarter", "end"), [
    (date(2026, 1, 1), "2026Q1", date(2026, 3, 31)),
    (date(2026, 6, 30), "2026Q2", date(2026, 6, 30)),
    (date(2026, 12, 31), "2026Q4", date(2026, 12, 31)),
    (date(2026, 8, 15), "2026Q3", date(2026, 9, 30)),
])
def test_quarters(day, quarter, end):
    assert (rules.quarter_of(day), rules.quarter_end(day)) == (quarter, end)


@given(DAYS)
def test_a_quarter_ends_in_its_own_quarter(day):
    end = rules.quarter_end(day)
    assert end >= day and rules.quarter_of(end) == rules.quarter_of(day)
    assert rules.quarter_of(end + timedelta(days=1)) != rules.quarter_of(day)


@pytest.mark.parametrize(("scores", "nps"), [
    ([], Nps()), ([10, 9, 8, 7, 6, 0], Nps(2, 2, 2)), ([10], Nps(1, 0, 0)),
])
def test_the_net_promoter_score(scores, nps):
    assert rules.nps_of(scores) == nps


def test_nobody_asked_is_no_score():
    assert Nps().score is None
    assert Nps(5, 3, 2).score == 30


@given(st.lists(st.integers(0, 10), min_size=1))
def test_the_score_lies_between_minus_and_plus_a_hundred(scores):
    found = rules.nps_of(scores)
    assert found.answers == len(scores)
    assert found.score is not None and -100 <= found.score <= 100


@pytest.mark.parametrize(("signals", "warns"), [
    (Signals(0), ()), (Signals(59), ()), (Signals(60), ("quiet",)),
    (Signals(0, renewal_in=31), ()), (Signals(0, renewal_in=30), ("renewal",)),
    (Signals(0, renewal_in=-5), ("renewal",)), (Signals(0, complaints=1), ()),
    (Signals(0, complaints=2), ("complaints",)), (Signals(0, nps=7), ()),
    (Signals(0, nps=6), ("unhappy",)), (Signals(90, 3, 2, 0), ("quiet", "renewal", "complaints",
                                                               "unhappy")),
])
def test_what_warns_that_a_customer_may_leave(signals, warns):
    assert rules.warnings(signals, Limits()) == warns


@given(st.integers(0, 500), st.integers(0, 10), st.integers(0, 10))
def test_worse_never_warns_less(quiet, complaints, nps):
    better = rules.warnings(Signals(quiet, None, complaints, nps), Limits())
    worse = rules.warnings(Signals(quiet + 1, None, complaints + 1, max(nps - 1, 0)), Limits())
    assert set(better) <= set(worse)
