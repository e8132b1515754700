"""The rules of the case library by examples."""

from datetime import date, datetime, timedelta
from itertools import pairwise

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
    "helped": some.integers(0, 100_000), "reused": some.integers(0, 100_000),
    "age_days": some.floats(-10, 100_000, allow_nan=False),
})


@given(qualities)
def test_quality_lies_between_0_and_1(facts):
    assert 0 <= rules.quality(**facts) <= 1


@pytest.mark.parametrize("use", ["helped", "reused"])
@given(facts=qualities)
def test_one_more_use_never_lowers_the_quality(use, facts):
    more = {**facts, use: facts[use] + 1}
    assert rules.quality(**more) >= rules.quality(**facts)


@given(qualities)
def test_a_reuse_weighs_as_much_as_a_reader_helped(facts):
    other = {**facts, "helped": facts["reused"], "reused": facts["helped"]}
    assert rules.quality(**other) == rules.quality(**facts)


@given(qualities)
def test_no_use_however_frequent_outweighs_trust(facts):
    archived = {**facts, "confidence": "archived"}
    trusted = {**facts, "confidence": "validated", "overdue": False, "helped": 0, "reused": 0}
    assert rules.quality(**trusted) > rules.quality(**archived)


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


NOW = datetime(2026, 6, 1, 10)


@pytest.mark.parametrize(("person", "days", "counts"), [
    (2, None, True), (2, 0, False), (2, 29.9, False), (2, 30, True), (2, 400, True),
    (1, None, False), (1, 400, False),
])
def test_a_person_counts_once_in_30_days_and_never_for_their_own_case(person, days, counts):
    last = None if days is None else NOW - timedelta(days=days)
    assert rules.counts_as_reuse(owner_id=1, person_id=person, last=last, now=NOW) == counts


@given(gaps=some.lists(some.floats(0, 60), max_size=30))
def test_however_often_somebody_comes_back_no_two_counts_are_closer_than_30_days(gaps):
    now, counted = NOW, []
    for days in gaps:
        now += timedelta(days=days)
        last = counted[-1] if counted else None
        if rules.counts_as_reuse(owner_id=1, person_id=2, last=last, now=now):
            counted.append(now)
    assert all(later - earlier >= timedelta(days=30) for earlier, later in pairwise(counted))
    assert bool(counted) == bool(gaps)


@pytest.mark.parametrize(("one", "other"), [
    ("客户嫌价格太高怎么办", "客户说价格太高怎么办"),
    ("两个销售撞单，算谁的？", "两个销售撞单 算谁的"),
    ("two reps claim one customer", "two reps claim the same customer"),
])
def test_the_same_question_in_other_words_is_very_alike(one, other):
    assert rules.likeness(one, other) >= rules.VERY_ALIKE


@pytest.mark.parametrize(("one", "other"), [
    ("客户嫌价格太高怎么办", "客户不回微信怎么办"),
    ("两个销售撞单，算谁的？", "两个销售轮流值班怎么排"),
    ("two reps claim one customer", "the customer wants two discounts"),
    ("报价", ""), ("", ""),
])
def test_another_question_is_not(one, other):
    assert rules.likeness(one, other) < rules.VERY_ALIKE


@given(some.text(), some.text())
def test_likeness_is_a_share_and_the_same_both_ways(one, other):
    assert 0 <= rules.likeness(one, other) <= 1
    assert rules.likeness(one, other) == rules.likeness(other, one)


@given(some.text(min_size=1))
def test_a_title_is_wholly_like_itself(title):
    assert rules.likeness(title, title) == 1


def test_age_counts_parts_of_days():
    start = datetime(2026, 6, 1)
    assert rules.age_in_days(start, start + timedelta(hours=36)) == 1.5
