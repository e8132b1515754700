"""Counting: parts make the whole, and every number is the length of its list."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.analysis import counting
from portal.cases.analysis.counting import DIMENSIONS, UNSAID, Fact, chosen, competitor_key
from portal.cases.analysis.periods import NAMES, bucket_of, buckets, period_of, step_of

SINGLE = [name for name in DIMENSIONS if name not in ("competitor", "also", "role")]
codes = st.sampled_from(["a", "b", "c", UNSAID])
several = st.lists(st.sampled_from(["x", "y", "z"]), unique=True, max_size=3).map(tuple)
facts = st.builds(
    Fact, case_id=st.integers(1, 10**6), outcome=st.sampled_from(["win", "loss"]),
    day=st.dates(date(2024, 1, 1), date(2026, 12, 31)), product=codes, industry=codes,
    region=codes, reason=codes, stage=codes, amount=codes,
    cycle_days=st.none() | st.integers(0, 400), price_gap=st.none() | st.floats(-50, 50),
    competitors=several, also=several, roles=several,
)
many = st.lists(facts, max_size=30)


@given(many, st.sampled_from(SINGLE))
def test_the_parts_of_a_dimension_make_the_whole(deals, dimension):
    parts = counting.tallies(counting.parted(deals), dimension)
    assert sum(part.total for part in parts.values()) == len(deals)
    assert sum(part.won for part in parts.values()) == len(counting.parted(deals).won)


@given(many, st.sampled_from(list(DIMENSIONS)), st.sampled_from(list(DIMENSIONS)))
def test_a_number_is_the_length_of_its_list(deals, one, other):
    for value, tally in counting.tallies(counting.parted(deals), one).items():
        assert tally.won == len(chosen(deals, [(one, value), ("outcome", "win")]))
        assert tally.lost == len(chosen(deals, [(one, value), ("outcome", "loss")]))
    for (a, b), number in counting.pairs(deals, one, other).items():
        assert number == len(chosen(deals, [(one, a), (other, b)]))


@given(many, st.sampled_from(list(DIMENSIONS)))
def test_a_value_that_nobody_has_finds_nothing(deals, dimension):
    assert chosen(deals, [(dimension, "no such value")]) == []


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_share_is_whole_and_only_told_of_enough(part, more):
    whole = part + more
    told = counting.share(part, whole)
    if whole < counting.ENOUGH:
        assert told is None
    else:
        assert told is not None
        assert 0 <= told <= 100
        assert abs(told - 100 * part / whole) <= 0.5


def test_fifteen_of_thirty_nine():
    assert counting.share(15, 39) == 38
    assert counting.share(3, 4) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("用友 U8", "用友U8", True), ("ＳＡＰ", "sap", True), (" Oracle", "ORACLE ", True),
     ("金蝶", "金碟", False), ("竞品A", "竞品B", False)],
)
def test_spellings_of_a_competitor(one, other, same):
    assert (competitor_key(one) == competitor_key(other)) is same


@pytest.mark.parametrize(
    ("gap", "band"),
    [(None, "-"), (-5.01, "below"), (-5, "same"), (4.99, "same"), (5, "to10"), (10, "to20"),
     (20, "above20"), (900, "above20")],
)
def test_bands_of_the_price_gap(gap, band):
    assert counting.gap_band(gap) == band


def test_the_median_is_not_moved_by_one_endless_deal():
    deals = [Fact(1, "win", date(2026, 1, 1), cycle_days=days) for days in (10, 20, 2000)]
    assert counting.cycle(deals) == counting.Days(3, 20)
    assert counting.cycle([]) == counting.Days(0)
    assert counting.cycle(deals * 4).lower is not None


def test_the_most_frequent_first_and_the_unsaid_last():
    assert counting.in_order({UNSAID: 9, "a": 1, "b": 3}) == ["b", "a", UNSAID]
    assert counting.in_order({"b": 1, UNSAID: 1, "a": 1}, ["b"]) == ["b", "a", UNSAID]


@given(st.integers(0, 50), st.integers(1, 50))
def test_more_is_never_paler(count, most):
    assert counting.heat(0, most) == 0
    assert 0 <= counting.heat(min(count, most), most) <= 8
    assert counting.heat(1, 1) < 8


days = st.dates(date(2001, 1, 1), date(2090, 1, 1))


@given(st.sampled_from(NAMES), days, days, days)
def test_every_day_of_a_span_lies_in_one_bucket(name, today, first, last):
    period = period_of(name, today, first, last)
    assert period.start < period.end
    step = step_of(period.start, period.end)
    found = [bucket.code for bucket in buckets(period.start, period.end, step)]
    assert len(set(found)) == len(found)
    for day in (period.start, period.last, period.start + (period.end - period.start) / 2):
        assert bucket_of(day, step) in found
    if period.name not in ("all", "custom"):
        assert period.start <= today < period.end


@given(st.sampled_from(["12m", "month", "quarter", "half", "year"]), days)
def test_the_span_before_ends_where_this_one_begins(name, today):
    period = period_of(name, today)
    before = period.before
    assert before is not None
    assert before.end == period.start
    assert abs((before.end - before.start) - (period.end - period.start)) <= timedelta(days=4)


def test_spans_as_people_mean_them():
    today = date(2026, 8, 20)
    spans = {name: period_of(name, today) for name in NAMES}
    assert spans["12m"].start == date(2025, 9, 1)
    assert (spans["quarter"].start, spans["quarter"].last) == (date(2026, 7, 1), date(2026, 9, 30))
    assert (spans["half"].start, spans["half"].last) == (date(2026, 7, 1), date(2026, 12, 31))
    assert spans["custom"].name == "12m"
    assert spans["all"].before is None
