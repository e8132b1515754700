"""Snippets and marked titles."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.highlight import ELLIPSIS, Fragment, mark, snippet
from portal.search.query import parse
from portal.search.synonyms import Synonyms

TEXT = (
    "第一句没有什么。同一客戶被兩個銷售同時跟進，形成撞單，先報備者優先；經理仲裁。"
    "后面还有很多话要说，很多很多，一直到这里还没有完，句子很长很长。\n\n"
    "U8-ERP Ｕ８接口 price is high. Objections handled!"
)


def shown(fragments: list[Fragment]) -> str:
    return "".join(f"[{each.text}]" if each.match else each.text for each in fragments)


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("撞单", "[撞單]"),
        ("抢单", "[撞單]"),
        ("duplicate claim", "[撞單]"),
        ("zhuangdan", "[撞單]"),
        ("zhuang dan", "[撞單]"),
        ("qiangdan", "[撞單]"),
        ("zd", "[撞單]"),
        ('"同时跟进"', "[同時跟進]"),
        ("U8", "[U8]-ERP [Ｕ８]接口"),
        ("prise", "[price]"),
        ("objektions", "[Objections]"),
        ("客户归属", "[客戶]"),
        ("客", "[客]戶"),
        ("ERP", "U8-[ERP]"),
    ],
)
def test_marks_what_was_meant_as_it_was_written(query, marked):
    assert marked in shown(snippet(TEXT, parse(query), width=60))


@pytest.mark.parametrize("query", ["不在这里", "rice", "", "-撞单", '"同时撞单"'])
def test_without_a_match_it_shows_the_beginning(query):
    fragments = snippet(TEXT, parse(query), width=60)
    assert fragments[0].text.startswith("第一句")
    assert not any(each.match for each in fragments)


@pytest.mark.parametrize(("text", "marked"), [
    ("隔壁组的同事先到，撞单了", "隔壁组的同事先到，[撞单]了"), ("隔壁组的同事", "隔壁[组的]同事"),
])
def test_first_letters_mean_a_word_of_the_trade_where_there_is_one(text, marked):
    assert shown(snippet(text, parse("zd"))) == marked


def test_the_number_of_an_item_ends_no_sentence():
    text = "第一件事是先把客户归属讲清楚。再说怎么报价。\n1. 先报高价再慢慢让" + "，一步一步" * 9
    assert shown(snippet(text, parse("归属"), width=24)).endswith("。" + ELLIPSIS)
    assert "1" not in shown(snippet(text, parse("归属"), width=26))


def test_cuts_at_sentences_and_says_so():
    text = shown(snippet(TEXT, parse("撞单"), width=60))
    assert text.startswith(ELLIPSIS + "同一客戶")
    assert text.endswith("仲裁。" + ELLIPSIS)


def test_prefers_the_passage_that_says_most():
    text = "客户来了。" + "无关的话。" * 30 + "客户归属和报价都谈了。"
    assert "[客户归属]" in shown(snippet(text, parse("客户归属 报价"), width=40))


def test_marks_a_whole_title():
    assert mark("客戶撞單怎麼辦", parse("撞单")) == [
        Fragment("客戶", False),
        Fragment("撞單", True),
        Fragment("怎麼辦", False),
    ]
    assert mark("", parse("撞单")) == []


def test_own_synonyms_can_be_given():
    synonyms = Synonyms([["甲", "乙"]])
    assert shown(mark("只有乙", parse("甲"), synonyms=synonyms)) == "只有[乙]"


def test_full_words_only_in_latin():
    assert shown(mark("enterprise price", parse("price"))) == "enterprise [price]"


@given(
    st.text("撞單客户价 aZ8.。\n\u200bﬁ", max_size=120),
    st.sampled_from(["撞单", "客户 价", "fi", "z8"]),
)
def test_a_marked_title_is_the_title(title, query):
    fragments = mark(title, parse(query))
    assert "".join("".join(each.text for each in fragments).split()) == "".join(title.split())


@given(st.text("撞單客户价 a。\n", max_size=400), st.integers(10, 80))
def test_a_snippet_keeps_its_width(text, width):
    fragments = snippet(text, parse("撞单 客户"), width=width)
    assert sum(len(each.text) for each in fragments) <= width + 2 * len(ELLIPSIS)


@pytest.mark.parametrize(("text", "query"), [
    ("撞单" * 25_000, "撞单 单撞 撞 单"),
    ("撞单抢单争单" * 8_000, "撞单抢单争单 撞单 抢单 争单 单 抢"),
    ("的" * 50_000, "的 " * 60), ("一二三四五六七八九十" * 5_000, "一二三四五六七八九十" * 20),
])
def test_a_text_full_of_the_searched_word_keeps_nobody_waiting(text, query):
    start = process_time()
    fragments = snippet(text, parse(query), width=140)
    assert process_time() - start < 0.5
    assert any(fragment.match for fragment in fragments)
