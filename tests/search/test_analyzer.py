"""The analyzer, and the word lists that stand on it: synonyms and pinyin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import pinyin
from portal.core.pinyin import Sound
from portal.search.analyzer import (
    FoldedText,
    analyze,
    fold,
    inflections,
    is_function_pair,
    one_edit_away,
)
from portal.search.synonyms import Synonyms, shipped


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("撞单仲裁", ["撞单", "单仲", "仲裁", "裁"]),
        ("撞", ["撞"]),
        ("U8-erp", ["u8-erp", "u8", "erp"]),
        ("用U8接口", ["用", "u8", "接口", "口"]),
        ("Ｕ８－ＥＲＰ", ["u8-erp", "u8", "erp"]),
        ("iPhone15", ["iphone15", "iphone", "15"]),
        ("C++ C# R&D", ["c++", "c", "c#", "c", "r&d", "r", "d"]),
        ("價格，太貴！", ["价格", "格", "太贵", "贵"]),
        ("撞\u200b单 a\u00adb", ["撞单", "单", "ab"]),
        ("Café naïve", ["cafe", "naive"]),
        ("2.5%", ["2.5", "2", "5"]),
        ("!?。 ", []),
    ],
)
def test_tokens(text, tokens):
    assert analyze(text) == tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("撞單", "撞单"), ("ＡＢＣ１２３", "abc123"), ("臺灣軟體", "台湾软体"), ("㎏", "kg"),
        ("裡裏", "里里"),
    ],
)
def test_ways_of_writing_fold_to_one(one, other):
    assert fold(one) == fold(other)


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=80))
def test_folded_positions_lead_back(text):
    folded = FoldedText(text)
    assert folded.text == fold(text) or text.isascii()
    for position, character in enumerate(folded.text):
        start, end = folded.origin(position, position + 1)
        assert 0 <= start < end <= len(text)
        assert character in fold(text[start:end])


@given(st.text("撞单客户归属價格Ab1- 。", max_size=40))
def test_index_and_query_see_the_same_whatever_the_script(text):
    assert set(analyze(text)) <= set(analyze(f"前。{text}。后"))


def test_long_words_are_cut():
    assert max(map(len, analyze("a" * 500 + " " + "b1" * 300))) <= 64


def test_function_pairs():
    assert is_function_pair("的客")
    assert is_function_pair("什么")
    assert not is_function_pair("撞单")


def test_one_edit():
    near = one_edit_away("price")
    assert {"prise", "pric", "prices", "rpice"} <= near
    assert "price" not in near


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("objection", "objections"), ("price", "pricing"), ("policy", "policies"),
        ("close", "closed"), ("handled", "handling"),
    ],
)
def test_inflections_lead_both_ways(one, other):
    assert other in inflections(one)
    assert one in inflections(other)


@given(st.text("abesdingy", max_size=12))
def test_inflections_are_other_words(word):
    assert word not in inflections(word)
    assert all(len(form) >= 3 for form in inflections(word))


# Synonyms


def test_shipped_synonyms_cover_the_trade():
    synonyms = shipped()
    assert {"抢单", "争单", "重复跟单", "duplicate claim"} <= set(synonyms.of("撞单"))
    assert "lost deal" in synonyms.of("丢单")
    assert "软件" in synonyms.of("軟體")


def test_synonyms_are_found_in_running_text():
    synonyms = Synonyms([["撞单", "抢单"], ["deal", "单子"], ["lost deal", "丢单"]])
    found = list(synonyms.find("抢单了吗 lost deal dealer"))
    assert [(each.start, each.end, each.others) for each in found] == [
        (0, 2, ("撞单",)),
        (5, 14, ("丢单",)),
    ]


def test_groups_of_one_word_and_empty_words_do_no_harm():
    synonyms = Synonyms([["撞单"], ["", " "], ["a", "A", "Ｂ"]])
    assert synonyms.of("撞单") == ()
    assert synonyms.of("a") == ("b",)


def test_synonym_lines():
    synonyms = Synonyms.read("# remark\n\n撞单，抢单\nlead , 线索\n")
    assert synonyms.of("抢单") == ("撞单",)
    assert synonyms.of("LEAD") == ("线索",)


# Pinyin


def whole(*syllables):
    return tuple(Sound(each, True) for each in syllables)


def test_readings_of_a_word():
    assert pinyin.syllables("zhuangdan")[0] == whole("zhuang", "dan")
    assert pinyin.syllables("xian")[:2] == [whole("xian"), whole("xi", "an")]
    assert pinyin.syllables("xi'an")[0] == whole("xi", "an")
    assert pinyin.syllables("zhuangd")[0] == (Sound("zhuang", True), Sound("d", False))
    assert pinyin.syllables("price") == []


def test_initials():
    assert [sound.text for sound in pinyin.initials("zd")] == ["z", "d"]
    assert pinyin.initials("z") == ()
    assert pinyin.initials("u8") == ()


def test_every_reading_of_a_character_counts():
    assert "单" in pinyin.characters_of(Sound("dan", True))
    assert "单" in pinyin.characters_of(Sound("chan", True))
    assert "行" in pinyin.characters_of(Sound("hang", True))
    assert "绿" in pinyin.characters_of(Sound("lv", True))


@given(st.text("abcdefghijklmnopqrstuvwxyz'", max_size=40))
def test_readings_spell_the_word(word):
    for sounds in pinyin.syllables(word):
        assert "".join(sound.text for sound in sounds) == word.replace("'", "")
