"""Amounts as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.amounts import LARGEST, read_amount, written

TYPED = {
    "120000": "120000.00", "120,000.5": "120000.50", "¥12万": "120000.00", "１２万": "120000.00",
    "1.2 亿": "120000000.00", "3千": "3000.00", "0": "0.00", "12万元": "120000.00",
    "RMB 1,200,000": "1200000.00", "250元": "250.00", "2百万": "2000000.00",
}


@pytest.mark.parametrize("text", TYPED)
def test_what_people_type_is_read(text):
    assert read_amount(text) == Decimal(TYPED[text])


@pytest.mark.parametrize("text", [
    "", "-5", "－5", "1,20", "1,2000", "12 3万4", "abc", "1e5", "NaN", "一百", "0.001", "1" * 20,
    "10000亿", "1.2.3", "$5", "5%",
])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match=r"not an amount|out of range"):
        read_amount(text)


@given(st.decimals(0, LARGEST, places=2))
def test_what_a_form_shows_is_read_as_it_was(amount):
    assert read_amount(written(amount)) == amount


@given(st.text(max_size=40))
def test_any_text_is_an_amount_or_refused(text):
    try:
        amount = read_amount(text)
    except ValueError:
        return
    assert 0 <= amount <= LARGEST and amount == amount.quantize(Decimal("0.01"))
