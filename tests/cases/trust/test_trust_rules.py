"""The rules of trust by examples and by hypothesis."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.cases.trust import rules

TODAY = date(2026, 6, 1)
facts = some.fixed_dictionaries({
    "retrospective": some.none() | some.fixed_dictionaries({
        "price_gap": some.none() | some.sampled_from(["3.5", "12.50"]),
        "competitors": some.lists(some.sampled_from(["金蝶", "Oracle"]), max_size=2),
        "repeat": some.text(max_size=5),
    }),
})


@pytest.mark.parametrize(("until", "overdue", "due", "days"), [
    (TODAY + timedelta(days=8), False, False, -8), (TODAY + timedelta(days=7), False, True, -7),
    (TODAY, False, True, 0), (TODAY - timedelta(days=1), True, True, 1),
])
def test_an_owner_is_asked_from_seven_days_ahead(until, overdue, due, days):
    assert rules.standing("validated", until, TODAY) == rules.Standing(overdue, due, days)


@pytest.mark.parametrize("confidence", ["draft", "not_validated", "archived"])
def test_what_nobody_vouched_for_stands_nowhere(confidence):
    assert rules.standing(confidence, TODAY, TODAY) is None
    assert rules.standing("validated", None, TODAY) is None


def test_price_and_competitors_are_hard_facts_the_words_around_them_are_not():
    before = {"retrospective": {"price_gap": "3.5", "competitors": ["金蝶"], "repeat": "x"}}
    dearer = {"retrospective": {"price_gap": "9", "competitors": ["金蝶"], "repeat": "y"}}
    assert rules.changed_hard_facts(before, dearer) == ("price_gap",)
    assert rules.changed_hard_facts({}, {"retrospective": {"competitors": []}}) == ()


@given(facts)
def test_what_did_not_change_is_not_called_changed(one):
    assert rules.changed_hard_facts(one, one) == ()


@given(facts, facts)
def test_changing_and_changing_back_name_the_same_facts(one, other):
    assert rules.changed_hard_facts(one, other) == rules.changed_hard_facts(other, one)


@given(some.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_week_has_one_name(day):
    monday = day - timedelta(days=day.weekday())
    assert rules.week_of(day) == rules.week_of(monday)
    assert rules.week_of(day) != rules.week_of(monday + timedelta(days=7))


@pytest.mark.parametrize(("revision", "validated", "changed"), [
    (1, None, False), (2, 2, False), (3, 2, True),
])
def test_a_case_has_changed_when_a_revision_is_newer(revision, validated, changed):
    assert rules.has_changed(revision, validated) is changed
