"""Typed text: folded for comparison, tidied for storage, its language."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.core.text import CONTROL, INVISIBLE, block, folded, language_of, line


@pytest.mark.parametrize(
    ("one", "other"),
    [("ＥＲＰ", "erp"), ("U8 接口", "u8  接口"), ("撞\u200b单", "撞单"), (" A\tB\n", "a b"),
     ("STRASSE", "straße"), ("ﬁle", "FILE"), ("①", "1"), ("\ufeffprice", "Price")],
)
def test_spellings_that_mean_the_same_fold_to_the_same(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("撞单", "装单"), ("erp", "crm"), ("a b", "ab")])
def test_different_words_stay_different(one, other):
    assert folded(one) != folded(other)


@given(some.text())
def test_one_line_is_one_line(text):
    tidy = line(text)
    assert len(tidy.splitlines()) <= 1
    assert tidy == tidy.strip()
    assert not CONTROL.search(tidy) and not INVISIBLE.search(tidy)
    assert line(tidy) == tidy


@given(some.text())
def test_a_block_is_tidied_once_and_for_all(text):
    tidy = block(text)
    assert "\r" not in tidy and not CONTROL.search(tidy)
    assert block(tidy) == tidy


@given(some.text(alphabet=some.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))))
def test_a_block_keeps_every_word(text):
    assert "".join(block(text).split()) == "".join(text.split())


def test_nothing_typed_is_an_empty_text():
    assert line(None) == block(None) == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [("撞单怎么办", "zh"), ("Who owns the customer?", "en"), ("用友U8接口报错", "zh"),
     ("ERP", "en"), ("", "en"), ("客户说 price too high", "en"), ("123", "en")],
)
def test_the_language_that_carries_the_text(text, language):
    assert language_of(text) == language
