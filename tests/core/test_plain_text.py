"""The words of a Markdown text, as search reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.plain_text import plain


@pytest.mark.parametrize(
    ("text", "words"),
    [("**撞单** [归属](/x)", "撞单 归属"), ("# A\n\nB", "A B"), ("`x < y`", "x < y"),
     ("| a | b |\n|---|---|\n| 1 | 2 |", "a b 1 2"), ("- [x] 先到\n- 后到", "先到 后到"),
     ("> 引用\n> ~~不~~要", "引用 不要"), ("![图](/attachments/1)", "图"),
     ("1. 第一\n2. 第二", "1. 第一 2. 第二"), ("snake_case U8-erp", "snake_case U8-erp"),
     ("<b>粗</b>体", "粗体"), ("```python\ncode\n```", "code"),
     ("价格 < 10 万 > 5 万", "价格 < 10 万 > 5 万")],
)
def test_the_words_without_the_marks(text, words):
    assert plain(text).split() == words.split()


@given(st.text(st.characters(categories=["L", "N"], include_characters=" \n")))
def test_a_text_without_marks_stays(text):
    assert plain(text).split() == text.split()


@pytest.mark.parametrize(
    "sign", ["[", "![", "<", "<a ", "*", "`", "|", "> ", "- ", "[x](", "#", "` "]
)
def test_no_text_takes_long(sign):
    assert len(plain(sign * 30_000)) <= len(sign) * 30_000
