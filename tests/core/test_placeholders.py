"""What is to be filled in: found, named, marked, and left alone in code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.i18n import force_locale
from portal.core.markdown import render
from portal.core.placeholders import in_words, replaced
from portal.core.plain_text import plain


@pytest.mark.parametrize(
    ("text", "words"),
    [("约 {{customer}} 谈 {{amount|待定}}", "约 〔客户〕 谈 〔金额〕"),
     ("Ask {{ customer }} now", "Ask 〔Customer〕 now"), ("给{{我们的词}}看", "给〔我们的词〕看"),
     ("{{}} {{ }}", "{{}} {{ }}"), ("{customer}", "{customer}"), ("{{客户名称}}好", "〔客户〕好")],
)
def test_a_snippet_speaks_of_them_in_words(text, words):
    assert in_words(text) == words
    assert plain(text) == words


def test_a_page_marks_them_in_the_language_of_the_reader(app):
    with force_locale("en"):
        assert '<span class="placeholder">Customer</span>' in render("Dear {{customer}}")
    with force_locale("zh"):
        assert '<span class="placeholder">客户</span>' in render("Dear {{customer}}")
    assert "<code>{{customer}}</code>" in render("`{{customer}}`")
    assert "{{customer}}" in render("```\n{{customer}}\n```")


def test_attributes_are_never_filled():
    made = replaced('<a href="{{customer}}" title="a > {{x}}">{{customer}}</a>', lambda place: "Z")
    assert made == '<a href="{{customer}}" title="a > {{x}}">Z</a>'


@given(st.text(alphabet="{}|<>&\"'ab ", max_size=60))
def test_whatever_stands_in_braces_stays_safe(text):
    html = render(text)
    assert "<script" not in html
    assert replaced(html, lambda place: "").count("<a") <= html.count("<a")


@pytest.mark.parametrize("sign", ["{{", "}}", "{{a", "{{a|", "|", "{{a}}"])
def test_no_text_takes_long(sign):
    assert in_words(sign * 20_000)
