"""Reading what somebody wrote as a group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.vocabulary.phrases import MOST, key_of, read


@pytest.mark.parametrize("text", [
    "撞单,抢单", "撞单，抢单", "撞单、抢单", "撞单\n抢单", "撞单\r\n\r\n 抢单 ",
    ",撞单,,抢单,", "撞单;抢单；",
])
def test_commas_and_lines_separate(text):
    assert read(text).phrases == ("撞单", "抢单")


def test_what_is_written_the_same_is_left_out_and_told():
    written = read("撞单, 撞單, Lost  Deal, lost deal, ＬＯＳＴ deal")
    assert written.phrases == ("撞单", "Lost Deal")
    assert written.repeated == ("撞單", "lost deal", "ＬＯＳＴ deal")
    assert written.problems == ()


@pytest.mark.parametrize(("text", "codes"), [
    ("", ["few"]), ("撞单", ["few"]), ("撞单, 撞單", ["few"]), ("撞单, 单", ["short"]),
    ("撞单, x", ["short"]), ("撞单, " + "长" * 41, ["long"]), ("撞单, !!!", ["no_word"]),
    ("撞单, #1", ["no_word"]), (",".join(f"词{n}号" for n in range(21)), ["many"]),
])
def test_what_cannot_be_a_group_says_why(text, codes):
    assert [problem.code for problem in read(text).problems] == codes


@given(st.text(max_size=200))
def test_any_text_is_read_and_reading_it_again_changes_nothing(text):
    written = read(text)
    assert read(", ".join(written.phrases)).phrases == written.phrases
    assert len(written.phrases) <= MOST or written.problems


@given(st.lists(st.sampled_from(["撞单", "搶單", "Lost deal", "丢单"]), unique=True))
def test_a_key_knows_no_order_and_no_spelling(phrases):
    again = [phrase.upper().replace("搶單", "抢单") for phrase in reversed(phrases)]
    assert key_of(phrases) == key_of(again)
