"""The rules of a customer's file."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.customers.rules import (
    CADENCE,
    SEGMENTS,
    TIERS,
    access_tokens,
    changes,
    next_contact,
    overwritten,
    spoken_phones,
    words_of,
)

DAY = date(2026, 6, 1)


@pytest.mark.parametrize(("tier", "segment", "days"), [
    ("A", "", 7), ("B", "", 15), ("C", "", 91), ("C", "vip", 91), ("C", "sme", 30),
    ("A", "sme", 7), ("B", "vip", 15),
])
def test_the_class_says_when_the_next_contact_is(tier: str, segment: str, days: int) -> None:
    assert next_contact(tier, segment, DAY) == DAY + timedelta(days=days)


@given(st.sampled_from(TIERS), st.sampled_from(SEGMENTS), st.dates(date(2000, 1, 1)))
def test_a_segment_never_makes_a_contact_later(tier: str, segment: str, day: date) -> None:
    day = min(day, date(2100, 1, 1))
    assert day < next_contact(tier, segment, day) <= next_contact(tier, "", day)


def test_an_administrators_cadence_counts() -> None:
    assert next_contact("A", "", DAY, {**CADENCE, "A": 3}) == DAY + timedelta(days=3)


def test_filling_a_blank_overwrites_nothing() -> None:
    found = changes({"phone": "", "note": None, "aliases": ["A"]},
                    {"phone": "021", "note": "new", "aliases": ["A", "B"]})
    assert set(found) == {"phone", "note", "aliases"}
    assert overwritten(found) == []


@pytest.mark.parametrize(("before", "after"), [
    ("east", "south"), (320, 280), (320, 0), ("021", ""), (["A", "B"], ["B"]), ("x", None),
])
def test_replacing_or_taking_away_asks_for_a_reason(before: object, after: object) -> None:
    assert overwritten(changes({"field": before}, {"field": after})) == ["field"]


VALUES = st.dictionaries(st.sampled_from("abc"), st.none() | st.text(max_size=3) | st.integers())


@given(VALUES, VALUES)
def test_what_overwrites_also_changes(before: dict[str, object], after: dict[str, object]) -> None:
    found = changes(before, after)
    assert set(overwritten(found)) <= set(found) <= set(after)
    assert changes(after, after) == {}


def test_who_opens_a_customer_in_search() -> None:
    assert access_tokens([(1, 4), (2, None)], False) == {"works:1", "leads:4", "works:2"}
    assert access_tokens([], True) == {"allocates"}


def test_phones_are_found_as_typed_and_as_said() -> None:
    spoken = spoken_phones("138-0013-8000", ["+8613800138000"])
    assert spoken == ["138-0013-8000", "13800138000", "138 0013 8000"]
    assert words_of(["a", "a", ""], ["021-6234 5678"]) == "a\n02162345678"
