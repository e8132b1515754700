"""What a deal that ended says, in plain values."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.rules import AMOUNT_BANDS
from portal.leads.closing.rules import amount_band, cycle_days, may_be_signed_on

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(("amount", "band"), [
    (0, "lt100k"), ("99999.99", "lt100k"), (100_000, "100k_500k"), (499_999, "100k_500k"),
    (500_000, "500k_1m"), (1_000_000, "1m_5m"), (5_000_000, "gt5m"), (10**12, "gt5m"),
])
def test_the_band_of_an_amount(amount, band):
    assert amount_band(Decimal(amount), "CNY") == band


def test_no_band_for_what_is_unknown_or_in_another_currency():
    assert amount_band(None, "CNY") is None
    assert amount_band(Decimal(200_000), "USD") is None


@given(st.decimals(min_value=0, max_value=10**12, places=2), st.decimals(
    min_value=0, max_value=10**12, places=2))
def test_more_money_is_never_a_lower_band(one, other):
    bands = [AMOUNT_BANDS.index(amount_band(each, "CNY")) for each in sorted((one, other))]
    assert bands == sorted(bands)


@given(st.dates(), st.dates())
def test_a_cycle_fits_the_form(first, last):
    assert 0 <= cycle_days(first, last) <= 3650


def test_the_days_of_a_cycle():
    assert cycle_days(date(2026, 5, 1), date(2026, 6, 1)) == 31
    assert cycle_days(date(2026, 6, 2), date(2026, 6, 1)) == 0


def test_nobody_signs_in_the_future_or_in_another_age():
    assert may_be_signed_on(TODAY, TODAY)
    assert not may_be_signed_on(TODAY + timedelta(days=1), TODAY)
    assert not may_be_signed_on(date(2016, 6, 1), TODAY)
