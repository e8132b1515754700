"""One key for every way of writing a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.search.log.keys import is_narrowed, key_of


@pytest.mark.parametrize(("one", "other"), [
    ("ERP 报价", "erp　报价"), ("ERP系统", "erp 系统"),
    ("軟體授權", "软体授权"), ("Ｕ８接口", "U8接口"),
    ("“撞单”", "撞单"), ('"撞单 流程" 华东', "撞单 流程 华东"), ("撞单怎么办？", "撞单怎么办"),
    ("撞单 tag:价格", "撞单"), ("撞单 -演示", "撞单"), ("撞单 作者：李娜", "撞单"),
    ("撞单 after:2026-01", "撞单"), ("  price   objection ", "Price objection"),
])
def test_the_same_question(one, other):
    assert key_of(one) == key_of(other) != ""


@pytest.mark.parametrize(("one", "other"), [
    ("撞单", "撞单怎么办"), ("c++", "c"), ("u8-erp", "u8"),
])
def test_different_questions(one, other):
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize(
    "text", ["", "  ", "???", "tag:价格", "-演示", "kind:win author:bob", "🦄"]
)
def test_no_question_at_all(text):
    assert key_of(text) == ""


@pytest.mark.parametrize("text", ["撞单 kind:win", "撞单 -演示", "撞单 before:2026"])
def test_words_that_narrow(text):
    assert is_narrowed(text)
    assert not is_narrowed("“撞单” 怎么办")


@given(some.text(max_size=400))
def test_the_key_of_a_key_is_itself_and_short(text):
    key = key_of(text)
    assert key_of(key) == key
    assert len(key) <= 200


@given(some.text("撞单价格er ", min_size=1, max_size=20), some.integers(1, 20))
def test_typing_on_keeps_the_beginning(text, length):
    assert key_of(text).startswith(key_of(text[:length]))
