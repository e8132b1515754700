"""What is open, late, and collected in time (L12)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.leads.money import rules

TODAY = date(2026, 6, 1)
MONEY = st.decimals(0, 10**9, places=2)


@pytest.mark.parametrize(("open_amount", "days", "state"), [
    (100, -1, rules.OVERDUE), (100, 0, rules.SOON), (100, 14, rules.SOON), (100, 15, rules.LATER),
    (0, -1, rules.PAID), (0, 15, rules.PAID),
])
def test_how_a_receivable_stands(open_amount, days, state):
    due_on = TODAY + timedelta(days=days)
    assert rules.state_of(voided=False, open_amount=Decimal(open_amount), due_on=due_on,
                          today=TODAY) == state


def test_a_void_one_is_nothing_else():
    assert rules.state_of(voided=True, open_amount=Decimal(5), due_on=TODAY,
                          today=TODAY) == rules.VOID


def test_collected_within_sixty_days_of_the_bill():
    assert rules.collect_by(date(2026, 1, 1), 60) == date(2026, 3, 2)


def test_the_rate_is_the_share_of_the_amount():
    found = rules.collected([(Decimal(900), Decimal(900)), (Decimal(100), Decimal(0))])
    assert found.percent == Decimal("90.0")


def test_of_nothing_there_is_no_rate():
    assert rules.collected([]).percent is None


@given(st.lists(st.tuples(MONEY, MONEY)))
def test_the_rate_lies_between_nothing_and_all(lines):
    found = rules.collected(lines)
    assert 0 <= found.in_time <= found.due
    assert found.percent is None or 0 <= found.percent <= 100
