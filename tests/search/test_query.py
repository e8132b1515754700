"""The query language: what people type, in both languages, broken or not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.query import FIELD_NAMES, MAX_CHARACTERS, Query, parse


def codes(query: Query) -> list[str]:
    return [note.code for note in query.notes]


def test_words_phrases_and_exclusions():
    query = parse('撞单 "客户 归属" -价格 -"太 贵" 仲裁')
    assert query.terms == ("撞单", "仲裁")
    assert query.phrases == ("客户 归属",)
    assert query.excluded == ("价格", "太 贵")
    assert query.text == "撞单 仲裁 客户 归属"
    assert not query.notes


@pytest.mark.parametrize(
    "text",
    [
        "tag:报价,撞单", "标签：报价、撞单", "TAG:报价 标签:撞单", 'tag:"报价，撞单"',
        "tag: 报价 标签： 撞单",
    ],
)
def test_fields_have_chinese_names_and_wide_colons(text):
    assert parse(text).fields == {"tag": ("报价", "撞单")}


def test_field_names_name_what_can_be_filtered():
    assert set(FIELD_NAMES.values()) == {
        "tag", "author", "kind", "state", "stage", "industry", "product", "region", "confidence",
        "language", "before", "after",
    }


@pytest.mark.parametrize("text", ["状态:已解决", "狀態：已解决", "state:已解决"])
def test_the_state_of_a_problem_is_a_field(text):
    assert parse(text).fields == {"state": ("已解决",)}


def test_fields_and_exclusions_can_be_taken_out_again():
    query = parse('撞单 标签： 报价 -"太 贵"  before:2026 仲裁')
    assert [(part.name, part.value) for part in query.parts] == [
        ("tag", "报价"), ("-", "太 贵"), ("before", "2026")]
    assert [query.without(part) for part in query.parts] == [
        '撞单 -"太 贵" before:2026 仲裁', "撞单 标签： 报价 before:2026 仲裁",
        '撞单 标签： 报价 -"太 贵" 仲裁']
    assert query.without(*query.parts) == "撞单 仲裁"


def test_an_unknown_field_is_read_as_words():
    query = parse("foo:bar 撞单")
    assert query.terms == ("foo:bar", "撞单")
    assert not query.notes


def test_colons_of_other_words_are_text():
    assert parse("比例 1:3 http://a.b").terms == ("比例", "1:3", "http://a.b")


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("after:2025-03-02", date(2025, 3, 2), None),
        ("晚于：2025年3月", date(2025, 3, 1), None),
        ("before:2026", None, date(2025, 12, 31)),
        ("早于:2026/1/15", None, date(2026, 1, 14)),
        ("after:2025 after:2025-06 before:2026", date(2025, 6, 1), date(2025, 12, 31)),
        ("after:２０２５", date(2025, 1, 1), None),
    ],
)
def test_dates(text, since, until):
    query = parse(text)
    assert (query.since, query.until) == (since, until)
    assert not query.notes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('"撞单', "open_quote"),
        ("撞单 -", "lonely_minus"),
        ("tag:", "empty_field"),
        ("after:2025-13", "bad_date"),
        ("before:gestern", "bad_date"),
        ("after:", "bad_date"),
        ("after:2026 before:2025", "empty_range"),
        ("长" * 201, "too_long"),
        ("a " * 65, "too_long"),
        ("-撞单", "only_excluded"),
    ],
)
def test_what_cannot_be_used_is_told(text, code):
    assert code in codes(parse(text))


def test_an_open_quote_keeps_its_words():
    assert parse('"撞单 仲裁').terms == ("撞单", "仲裁")


def test_quotes_and_hyphens_inside_words_are_text():
    query = parse("“索莫尼”的名字怎么来的 U8-erp 「撞单」 《合同》-")
    assert query.terms == ("索莫尼”的名字怎么来的", "U8-erp", "《合同》-")
    assert query.phrases == ("撞单",)


def test_blank():
    assert parse("").is_blank
    assert parse(" \u3000\n").is_blank
    assert not parse("tag:a").is_blank
    assert not parse("-a").is_blank


@given(st.text(max_size=400))
def test_nothing_typed_is_an_error(text):
    query = parse(text)
    assert not parse(query.without(*query.parts)).parts or query.parts
    assert sum(map(len, query.words)) <= MAX_CHARACTERS
    assert len(query.words) + len(query.excluded) <= 64
    assert all(query.words)
    assert all(query.excluded)
    assert all(values for values in query.fields.values())


@given(
    st.lists(
        st.sampled_from(['"', "-", "tag:", "before:", "撞单", " ", "“", "”", "a b", "：", ":"])
    )
)
def test_no_mix_of_operators_is_an_error(pieces):
    parse("".join(pieces))


@given(st.lists(st.text("撞单客户abc", min_size=1, max_size=5), max_size=10))
def test_plain_words_come_back_in_order(words):
    assert parse(" ".join(words)).terms == tuple(words)
