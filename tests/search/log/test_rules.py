"""Which searches are one: keystrokes, corrections, pages turned (K13)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.search.log.rules import RESULTS, TYPING, Asked, collapsed, collapses, is_due, merged

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)


def asked(key, seconds=0, *, surface=TYPING, **more):
    values = {"person_id": 1, "text": key, "key": key, "total": 3, "narrowed": False, **more}
    return Asked(surface=surface, at=NOON + timedelta(seconds=seconds), **values)


def sent(key, seconds=0, **more):
    return asked(key, seconds, surface=RESULTS, **more)


def opened(key, seconds=0, **more):
    return asked(key, seconds, opened_ref="case:1", opened_rank=1, **more)


def keys(*searches):
    return [one.key for one in collapsed(searches)]


def test_keystrokes_become_the_last_of_them():
    assert keys(asked("撞单"), asked("撞单怎", 1), asked("撞单怎么办", 2)) == ["撞单怎么办"]


def test_a_correction_by_deleting_replaces_what_was_wrong():
    assert keys(asked("erpp"), asked("erp", 1), asked("erp price", 3)) == ["erp price"]


def test_what_is_sent_stands_for_the_typing_before_and_after():
    assert keys(asked("撞"), sent("撞单", 2), asked("撞单怎", 9)) == ["撞单"]


def test_two_that_were_sent_in_different_words_were_both_meant():
    assert keys(sent("切换方案"), sent("切换方案 财务", 20)) == ["切换方案", "切换方案 财务"]


def test_more_typing_after_something_was_opened_is_another_search():
    assert keys(opened("撞单"), asked("撞单怎么办", 9)) == ["撞单", "撞单怎么办"]


def test_an_opened_suggestion_does_not_hide_what_was_sent_before():
    assert keys(sent("撞", total=0), opened("撞单", 9)) == ["撞", "撞单"]


@pytest.mark.parametrize("other", [
    asked("撞单怎", 61), asked("撞单怎", 1, person_id=2), asked("价格", 1),
])
def test_later_ones_other_people_and_other_words_stay_apart(other):
    assert not collapses(asked("撞单"), other)


def test_a_page_turned_or_filtered_is_the_same_search():
    both = merged(sent("撞单", total=7), sent("撞单", 30, total=1, narrowed=True))
    assert (both.total, both.narrowed, both.at) == (7, False, NOON + timedelta(seconds=30))


def test_the_number_of_results_counts_more_than_that_of_suggestions():
    assert merged(sent("撞单", total=31), asked("撞单", 5, total=8)).total == 31


def test_the_last_opened_record_is_the_one_they_stayed_with():
    last = replace(opened("撞单", 9), opened_ref="case:2", opened_rank=4)
    assert merged(opened("撞单"), last).opened_ref == "case:2"
    assert merged(opened("撞单"), sent("撞单", 9)).opened_ref == "case:1"


def test_a_row_that_is_written_is_changed_not_doubled():
    assert merged(asked("撞", row_id=7), asked("撞单", 1)).row_id == 7
    assert merged(asked("撞"), asked("撞单", 1, row_id=8)).row_id == 8


def test_what_was_sent_or_opened_is_written_at_once_and_typing_when_it_rested():
    now = NOON + timedelta(seconds=9)
    assert is_due(sent("撞单"), now) and is_due(opened("撞单"), now)
    assert not is_due(asked("撞单"), now)
    assert is_due(asked("撞单"), now + timedelta(seconds=1))


words = some.text("ab 撞单", min_size=1, max_size=4)
searches = some.lists(
    some.builds(
        asked, words, some.integers(0, 200), surface=some.sampled_from([RESULTS, TYPING]),
        person_id=some.integers(1, 2), narrowed=some.booleans(),
        opened_ref=some.sampled_from([None, "case:1"]), total=some.integers(0, 3),
    ),
    max_size=12,
)


@given(searches)
def test_an_opened_search_is_never_swallowed_by_a_shorter_one(given_searches):
    left = collapsed(given_searches)
    for one in given_searches:
        if one.was_opened:
            assert any(other.was_opened and other.person_id == one.person_id
                       and other.key.startswith(one.key) for other in left)


@given(searches)
def test_nobody_gets_what_another_searched(given_searches):
    for one in collapsed(given_searches):
        assert any((one.person_id, one.key) == (each.person_id, each.key)
                   for each in given_searches)


@given(searches)
def test_what_was_sent_is_never_lost(given_searches):
    left = {(one.person_id, one.key) for one in collapsed(given_searches) if one.was_sent}
    assert {(one.person_id, one.key) for one in given_searches if one.was_sent} == left


@given(some.text("撞单价格er", min_size=2, max_size=12), some.data())
def test_two_processes_come_to_one_search_in_whatever_order(word, data):
    typed = [asked(word[:end], end * 3) for end in range(1, len(word) + 1)]
    mine = data.draw(some.lists(some.sampled_from(typed), unique=True))
    others = [one for one in typed if one not in mine]
    written = collapsed([*collapsed(others), *mine])
    assert [one.key for one in written] == [word]
