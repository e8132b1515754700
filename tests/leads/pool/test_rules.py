"""Limits, turns and idle terms on plain values."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.leads.pool import rules
from portal.leads.pool.rules import Barrier, Holding, Limits, Traits, Wants

TODAY = date(2026, 6, 1)
LIMITS = Limits(daily=5, cap=50, wait_days=7)
counts = st.integers(0, 200)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(("holding", "former_until", "found"), [
    (Holding(0, 0), None, None),
    (Holding(4, 49), None, None),
    (Holding(5, 10), None, Barrier(rules.DAILY, date(2026, 6, 2))),
    (Holding(0, 50), None, Barrier(rules.CAP)),
    # At the cap tomorrow changes nothing: that is what is said.
    (Holding(5, 50), None, Barrier(rules.CAP)),
    (Holding(0, 0), date(2026, 6, 4), Barrier(rules.FORMER, date(2026, 6, 4))),
    (Holding(0, 0), TODAY, None),
])
def test_what_stands_in_the_way(holding, former_until, found):
    assert rules.barrier(LIMITS, holding, TODAY, former_until=former_until) == found


@given(st.integers(1, 20), st.integers(1, 60), counts)
def test_nobody_claims_beyond_the_limits(daily, cap, tries):
    limits, holding = Limits(daily, cap, 0), Holding(0, 0)
    for _ in range(tries):
        if rules.barrier(limits, holding, TODAY) is None:
            holding = holding.with_one_more()
    assert holding.today == min(daily, cap, tries)
    assert holding.held <= cap


@given(counts, counts, days, st.integers(0, 365))
def test_the_date_that_is_told_is_true(today_count, held, day, wait):
    limits = Limits(10, 50, wait)
    until = rules.free_for_former(day, wait)
    found = rules.barrier(limits, Holding(today_count, held), day, former_until=until)
    if found is not None and found.free_on is not None:
        assert found.free_on > day
        later = rules.barrier(limits, Holding(0, 0), found.free_on, former_until=until)
        assert later is None or later.why != found.why


@given(st.lists(st.integers(1, 30), min_size=1, max_size=10, unique=True), st.integers(1, 40))
def test_everybody_gets_the_same_in_turn(people, rounds):
    last, got = None, []
    for _ in range(rounds * len(people)):
        last = rules.next_in_turn(people, last, lambda person: True)
        got.append(last)
    assert {got.count(person) for person in people} == {rounds}


@given(st.lists(st.integers(1, 30), max_size=10, unique=True), st.integers(1, 30),
       st.sets(st.integers(1, 30)))
def test_whoever_is_not_ready_is_skipped(people, last, ready):
    found = rules.next_in_turn(people, last, ready.__contains__)
    assert found in ready & set(people) if ready & set(people) else found is None


def test_the_place_in_the_row_is_kept():
    assert rules.next_in_turn([3, 1, 2], 1, lambda person: person != 2) == 3
    assert rules.next_in_turn([3, 1, 2], 9, lambda person: True) == 3
    assert rules.next_in_turn([3], 3, lambda person: True) == 3
    assert rules.next_in_turn([], None, lambda person: True) is None


@pytest.mark.parametrize(("wants", "fits"), [
    (Wants(), True),
    (Wants(regions=frozenset({"east"})), True),
    (Wants(regions=frozenset({"north", "east"}), products=frozenset({"erp"})), True),
    (Wants(regions=frozenset({"east"}), industries=frozenset({"retail"})), False),
    (Wants(channels=frozenset({"web"})), False),
])
def test_a_rule_fits_when_all_it_asks_for_is_there(wants, fits):
    assert wants.fits(Traits(region="east", industry=None, channel="fair", product="erp")) is fits


@given(days, st.integers(1, 100))
def test_a_warning_gives_whole_days(warned, count):
    assert rules.goes_back_on(warned, count) - warned == timedelta(days=count)
