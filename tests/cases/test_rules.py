"""The rules of the case library by examples."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.cases import rules
from portal.cases.rules import Trust

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(("solutions", "accepted", "state"), [
    (0, False, "open"), (1, False, "answered"), (7, False, "answered"), (1, True, "solved"),
])
def test_a_problem_is_open_then_answered_then_solved(solutions, accepted, state):
    assert rules.state_of(solutions, accepted) == state


@pytest.mark.parametrize(("kind", "days"), [
    ("intel", 30), ("problem", 90), ("win", 90), ("loss", 90), ("lesson", 90), ("playbook", 90),
])
def test_market_facts_stay_verified_for_30_days_the_rest_for_90(kind, days):
    assert rules.valid_until(kind, TODAY) == TODAY + timedelta(days=days)


def test_a_case_is_overdue_from_the_day_after_its_term():
    assert not rules.is_overdue("validated", TODAY, TODAY)
    assert rules.is_overdue("validated", TODAY - timedelta(days=1), TODAY)


@pytest.mark.parametrize("confidence", ["draft", "not_validated", "archived"])
def test_only_what_was_validated_can_be_overdue(confidence):
    assert not rules.is_overdue(confidence, TODAY - timedelta(days=400), TODAY)
    assert not rules.is_overdue("validated", None, TODAY)


@pytest.mark.parametrize(("confidence", "until", "badge"), [
    ("draft", None, Trust("draft", "grey")),
    ("not_validated", None, Trust("not_validated", "blue")),
    ("validated", TODAY, Trust("validated", "green")),
    ("validated", TODAY - timedelta(days=1), Trust("overdue", "amber")),
    ("archived", TODAY - timedelta(days=1), Trust("archived", "grey")),
])
def test_the_trust_badge_says_one_of_five_words(confidence, until, badge):
    assert rules.trust(confidence, until, TODAY) == badge


qualities = some.fixed_dictionaries({
    "confidence": some.sampled_from(rules.CONFIDENCES), "overdue": some.booleans(),
    "helped": some.integers(0, 100_000),
    "age_days": some.floats(-10, 100_000, allow_nan=False),
})


@given(qualities)
def test_quality_lies_between_0_and_1(facts):
    assert 0 <= rules.quality(**facts) <= 1


@given(qualities)
def test_helping_one_more_person_never_lowers_the_quality(facts):
    more = {**facts, "helped": facts["helped"] + 1}
    assert rules.quality(**more) >= rules.quality(**facts)


def test_an_overdue_case_ranks_between_a_verified_and_an_unverified_one():
    def quality(confidence: str, overdue: bool = False) -> float:
        return rules.quality(confidence=confidence, overdue=overdue, helped=0, age_days=10)

    assert quality("validated") > quality("validated", overdue=True) > quality("not_validated")


def test_three_readers_and_one_year_weigh_half():
    new = rules.quality(confidence="draft", overdue=False, helped=0, age_days=0)
    old = rules.quality(confidence="draft", overdue=False, helped=0, age_days=365)
    used = rules.quality(confidence="draft", overdue=False, helped=3, age_days=0)
    assert new == pytest.approx(0.2)
    assert old == pytest.approx(0.1)
    assert used == pytest.approx(0.2 + 0.15)


def test_age_counts_parts_of_days():
    start = datetime(2026, 6, 1)
    assert rules.age_in_days(start, start + timedelta(hours=36)) == 1.5
