"""Amounts as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from portal.core.amounts import (
    LARGEST,
    SIGNS,
    AmountField,
    NoAmount,
    count_in,
    read_amount,
    read_money,
    written,
)

TYPED = {
    "120000": "120000.00", "120,000.5": "120000.50", "¥12万": "120000.00", "１２万": "120000.00",
    "1.2 亿": "120000000.00", "3千": "3000.00", "0": "0.00", "12万元": "120000.00",
    "RMB 1,200,000": "1200000.00", "250元": "250.00", "2百万": "2000000.00", "¥ 3 亿": "300000000",
    "1，234，567": "1234567", "１２．５萬元": "125000", "RMB 5k": "5000", "1.2m": "1200000",
    "5w": "50000", "12,0000": "120000", "1’200’000.50": "1200000.50", "$5": "5",
    "人民币12万元": "120000", "3 million": "3000000",
    "999999999999.99": "999999999999.99", "0.50": "0.5",
}
REFUSED = {
    "": "amount", "1,20": "amount", "1,2": "amount", "12 3万4": "amount", "abc": "amount",
    "1e5": "amount", "NaN": "amount", "inf": "amount", "一百": "amount", "1.2.3": "amount",
    "5%": "amount", "1.234,5": "amount", "12万万": "amount", "½": "amount", "1 2 x": "amount",
    "--3x": "amount", "1,2000,000": "amount", "$5元": "amount", "=1+1": "amount", "5)": "amount",
    "-5": "negative", "－5": "negative", "¥-5": "negative", "-$5": "negative", "(5)": "negative",
    "0.001": "cents", "1.234": "cents", "1" * 20: "large", "10000亿": "large",
    "1000000000000": "large",
}


@pytest.mark.parametrize("text", TYPED)
def test_what_people_type_is_read(text):
    assert read_amount(text) == Decimal(TYPED[text])


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_amount_is_refused_and_says_why(text):
    with pytest.raises(NoAmount) as refused:
        read_amount(text)
    assert refused.value.code == REFUSED[text]


@pytest.mark.parametrize(("text", "unit", "amount", "named"), [
    ("35", 10_000, "350000", ()), ("35万", 10_000, "350000", ()),
    ("¥35", 1, "35", ("CNY", "JPY")), ("¥35元", 1, "35", ("CNY",)),
    ("HK$ 1,000", 1, "1000", ("HKD",)), ("12万美元", 1, "120000", ("USD",)),
    ("0.30000000000000004", 1, "0.30", ()), ("0.005", 1, "0.01", ()),
])
def test_units_currencies_and_rounding(text, unit, amount, named):
    assert read_money(text, unit, rounded=True) == (Decimal(amount), named)


@given(st.decimals(0, LARGEST, places=2))
def test_what_is_shown_is_read_as_it_was(amount):
    assert read_amount(written(amount)) == amount
    assert read_amount(f"{amount:f}") == amount == read_amount(f"{amount:,f}")


@given(st.one_of(st.text(max_size=40), st.from_regex(r"[-(¥$]?[0-9,.]{1,20}(万|亿|k)?元?\)?",
                                                     fullmatch=True)))
def test_any_text_is_an_amount_or_refused(text):
    try:
        amount, named = read_money(text)
    except NoAmount:
        return
    assert 0 <= amount <= LARGEST and amount == amount.quantize(Decimal("0.01"))
    assert named == () or any(set(named) <= set(codes) for codes in SIGNS.values())


class Asked(Form):
    amount = AmountField()


@pytest.mark.parametrize(("text", "currency", "fits"), [
    ("120000", "USD", True), ("$120000", "USD", True), ("$120000", "CNY", False),
    ("¥12万", "CNY", True), ("¥12万", "JPY", True), ("¥12万", "USD", False),
    ("12万元", "EUR", False),
])
def test_a_sign_of_another_currency_is_a_mistake(app, text, currency, fits):
    with app.test_request_context():
        form = Asked(MultiDict({"amount": text}))
        count_in(form, currency)
        assert form.validate() is fits
        assert form.amount._value() == text
