"""Two versions side by side: nothing is lost, nothing invented."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.cases.compare import ADDED, REMOVED, SAME, Piece, changes, pieces, shortened
from portal.cases.content import CaseContent, RetrospectiveContent

texts = some.text(some.sampled_from("ab 撞单\n，😀"), max_size=60) | some.text(max_size=30)


def side(runs, other):
    return "".join(run.text for run in runs if run.change != other)


@given(texts, texts)
def test_the_pieces_hold_both_texts(before, after):
    runs = pieces(before, after)
    assert side(runs, ADDED) == before
    assert side(runs, REMOVED) == after


@given(texts)
def test_equal_texts_show_no_change(text):
    assert all(run.change == SAME for run in pieces(text, text))


@given(some.lists(some.builds(
    Piece, some.text(some.sampled_from("xy"), max_size=400), some.sampled_from([-1, 0, 1]),
), max_size=6))
def test_shortening_keeps_every_change(runs):
    short = shortened(runs)
    assert [run for run in short if run.change] == [run for run in runs if run.change]
    assert all(len(run.text) <= 160 for run in short if not run.change)


def test_shortening_keeps_what_stands_beside_a_change():
    long = "a" * 79 + "b" + "c" * 300 + "d" + "e" * 79
    short = shortened([Piece("old", REMOVED), Piece(long, SAME), Piece("new", ADDED)])
    assert [run.text for run in short] == ["old", long[:80], "", long[-80:], "new"]
    assert short[2].gap


def test_unchanged_ends_are_cut_on_their_far_side():
    short = shortened([Piece("a" * 500, SAME), Piece("x", ADDED), Piece("b" * 500, SAME)])
    assert [run.text for run in short] == ["", "a" * 80, "x", "b" * 80, ""]


def test_a_whole_word_changes_rather_than_its_letters():
    removed = [run.text for run in pieces("we lost on price", "we lost on timing") if
               run.change == REMOVED]
    assert removed == ["price"]


# Without its bound this takes many minutes.
@pytest.mark.timeout(60)
@pytest.mark.parametrize("letters", ["ab", "撞单客户归属管理员"])
def test_two_long_texts_without_likeness_do_not_hold_up_the_page(letters):
    chance = random.Random(1)
    before, after = ("".join(chance.choices(letters, k=100_000)) for _ in range(2))
    runs = pieces(before, after)
    assert side(runs, ADDED) == before
    assert side(runs, REMOVED) == after


def test_only_fields_that_differ_are_named_in_the_order_of_the_page(app):
    before = CaseContent("win", "Old", body="b", stage="needs")
    after = CaseContent("win", "New", body="c", stage="needs", tags=("撞单",))
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert [str(change.label) for change in changes(before, after)] == ["Title", "Tags", "Text"]


def test_codes_are_shown_in_the_words_of_the_reader(app):
    before = CaseContent("loss", "t", stage="needs")
    after = CaseContent("loss", "t", stage="proposal", retrospective=RetrospectiveContent(
        main_reason="price", contributing_reasons=("timing", "delivery"),
        actions=("first", "second")))
    with app.test_request_context(headers={"Accept-Language": "en"}):
        found = {str(c.label): (c.before, c.after) for c in changes(before, after)}
    assert found == {
        "Stage": ("Needs", "Proposal"), "Main reason": ("", "Price"),
        "Contributing reasons": ("", "Timing、Delivery and service"),
        "What decided it, in order": ("", "first\nsecond"),
    }


def test_an_entry_that_left_the_list_is_shown_by_its_code(app):
    with app.test_request_context():
        found = changes(CaseContent("win", "t"), CaseContent("win", "t", region="atlantis"))
    assert found[0].after == "atlantis"
