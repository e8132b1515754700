"""Phone numbers as they are typed, and what is said about those that cannot be."""

import csv
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wtforms import ValidationError

from portal.customers.identity.forms import CreditCode, Phones
from portal.customers.identity.phones import MOST_NUMBERS, phones, read_phones

with Path(__file__).with_name("phones.csv").open(encoding="utf-8", newline="") as file:
    ROWS = [(row["raw"], row["area_code"], row["expected"]) for row in csv.DictReader(file)]
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(("raw", "area_code", "expected"), ROWS)
def test_the_table_of_shapes(raw, area_code, expected):
    assert "|".join(phones(raw, area_code)) == expected


@given(st.text(max_size=80), st.sampled_from(["", "021", "0755", "x"]))
def test_nothing_breaks_it(text, area_code):
    found = phones(text, area_code)
    assert len(found) <= MOST_NUMBERS and all(len(each) <= 32 for each in found)
    assert phones(" / ".join(found)) == found


@given(st.text(st.sampled_from("0123456789+-() 转/、ext.x"), max_size=60))
def test_what_looks_like_numbers_does_not_break_it(text):
    found = phones(text, "021")
    assert phones(" / ".join(found), "021") == found


@given(mobiles)
def test_how_a_mobile_number_is_written_does_not_matter(number):
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in number)
    for written in (number, f"+86{number}", f"0086 {number}", f"86-{number}", wide,
                    f"{number[:3]} {number[3:7]} {number[7:]}", f"手机：{number}（微信同号）"):
        assert phones(written) == [f"+86{number}"], written


@given(st.lists(mobiles, min_size=1, max_size=4, unique=True),
       st.sampled_from(["/", "、", "，", ",", ";", " 或 ", "和", "\n", " "]))
def test_several_numbers_in_a_cell(numbers, between):
    assert phones(between.join(numbers)) == [f"+86{number}" for number in numbers]


def test_what_was_left_out_is_told():
    assert read_phones("12345、13800138000").odd == ("12345",)
    assert read_phones("62345678").odd == ("62345678",)
    assert read_phones("电话未知").odd == ()


@pytest.mark.parametrize("typed", ["", "  ", "021-62345678", "13800138000 / 021-62345678转8"])
def test_a_field_takes_numbers(app, typed):
    Phones()(None, SimpleNamespace(data=typed))


@pytest.mark.parametrize(("typed", "named"), [
    ("12345", "12345"), ("13800138000 / 138001", "138001"), ("62345678", "62345678"),
    ("电话未知", "no phone number"), ("2024-01-15", "2024-01-15"),
])
def test_a_field_names_what_cannot_be(app, english, typed, named):
    with pytest.raises(ValidationError, match=named):
        Phones()(None, SimpleNamespace(data=typed))


@pytest.mark.parametrize(("typed", "said"), [
    ("91350100M000100Y4", "this has 17"), ("91350100M000100Y44", "does not fit"),
    ("91350100M000100O43", "“O”"), ("913A0100M000100Y43", "are digits"),
    ("91350100M000100Y43中", "this has 19"),
])
def test_a_wrong_credit_code_is_explained(app, typed, said):
    with app.test_request_context(headers={"Accept-Language": "en"}), \
            pytest.raises(ValidationError, match=said):
        CreditCode()(None, SimpleNamespace(data=typed))


def test_a_credit_code_is_kept_in_capitals(app):
    wide = "９１３５０１００Ｍ０００１００Ｙ４３"
    for typed in ("91350100m000100y43", " 9135 0100 M000 100Y 43 ", wide):
        field = SimpleNamespace(data=typed)
        CreditCode()(None, field)
        assert field.data == "91350100M000100Y43"
    CreditCode()(None, SimpleNamespace(data=""))
