"""Rules on plain values: amounts as people write them, and what asks for a reason."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.leads.rules import amount_of, needs_reason


@pytest.mark.parametrize(("text", "amount"), [
    ("0", "0"), ("120000", "120000"), ("120,000.50", "120000.50"), ("1，234，567", "1234567"),
    ("12万", "120000"), ("１２．５萬元", "125000"), ("¥ 3 亿", "300000000"), ("RMB 5k", "5000"),
    ("1.2m", "1200000"), ("5w", "50000"), ("-3", "-3"), ("12,0000", "120000"),
])
def test_amounts(text, amount):
    assert amount_of(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "a lot", "1.234,5", "1,2", "NaN", "inf", "1e9", "12万万",
                                  "½", "1 2 x", "--3"])
def test_no_amounts(text):
    with pytest.raises(ValueError, match="no amount"):
        amount_of(text)


@given(st.text(max_size=40))
def test_any_text_is_an_amount_or_refused(text):
    with suppress(ValueError):
        assert amount_of(text).is_finite()


@given(st.decimals(0, 10**12, places=2))
def test_what_is_written_plainly_is_read_exactly(amount):
    assert amount_of(f"{amount:f}") == amount == amount_of(f"{amount:,f}")


@pytest.mark.parametrize(("changes", "needs"), [
    ({}, False), ({"note": ["", "x"]}, False), ({"amount": [None, "1"]}, False),
    ({"competitors": [[], ["x"]]}, False), ({"title": ["a", "b"]}, True),
    ({"note": ["x", ""]}, True), ({"note": ["", "x"], "title": ["a", "b"]}, True),
    ({"amount": ["0.00", "1"]}, True),
])
def test_what_asks_for_a_reason(changes, needs):
    assert needs_reason(changes) is needs
