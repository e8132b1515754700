"""What comes first and why: the rules of ranking, each with an example that it decides."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from portal.search.engine import SearchRequest
from portal.search.query import parse
from tests.search.sales_library import ALL, document, found


def test_a_pair_that_only_joins_two_words_counts_little(engine):
    """户撞 is the rarest pair of 客户撞单 and says the least."""
    engine.write([document(31, "门户撞了车", "别的事"), document(32, "有关撞单", "别的事"),
                  document(33, "再谈撞单", "别的事")])
    order = found(engine, "客户撞单")
    assert order.index(32) < order.index(31)


def test_one_word_of_a_short_text_does_not_outweigh_two_of_a_long_one(engine):
    long_text = "回款与验收。" + "这里写着许多别的事，长长的一篇。" * 4
    engine.write([document(35, "短", "回款迟了"), document(36, "长", long_text)])
    order = found(engine, "回款验收")
    assert order.index(36) < order.index(35)


# Similar documents


def similar(engine, text, **wanted):
    return [int(hit.ref.removeprefix("case:")) for hit in engine.similar(text, ALL, **wanted)]


def test_grammar_makes_nothing_similar(engine):
    engine.write([document(38, "What to do with the rest", "It is what it is, and so are we.")])
    assert similar(engine, "What is to be done with it when we are there") == []
    assert similar(engine, "为什么他们的都是这样") == []


def test_a_word_by_chance_is_not_a_shared_subject(engine):
    engine.write([document(39, "雨天工地", "下雨天气不好，项目经理有时间。")])
    assert 39 not in similar(engine, "年会抽奖与聚餐通知：天气预报说有雨")
    assert similar(engine, "客户嫌贵，竞品报价低")[0] == 2


def test_of_two_that_share_as_much_the_one_with_the_subject_as_its_title_is_more_similar(engine):
    engine.write([document(40, "其他", "回款拖延。别的几句话。"),
                  document(41, "回款拖延", "其他。别的几句话。")])
    assert similar(engine, "回款拖延怎么办")[:2] == [41, 40]


def test_of_equals_the_trusted_one_is_more_similar(engine):
    plain = document(42, "回款拖延", "客户回款拖延三个月")
    engine.write([plain, replace(plain, ref="case:43", quality=1.0)])
    assert similar(engine, "客户回款又拖延了")[:2] == [43, 42]


# Grammar in questions


def test_words_of_grammar_need_not_be_there(engine):
    """With 怎么办 wanted, too, the first would be complete and ahead."""
    engine.write([document(44, "客户 投诉 怎么办", "别的事"), document(45, "客户", "投诉投诉投诉")])
    assert found(engine, "客户 投诉 怎么办")[0] == 44
    assert set(found(engine, "投诉 怎么办")) >= {44, 45}


def test_a_synonym_counts_more_for_a_keyword_than_inside_a_sentence(engine):
    engine.write([document(46, "抢单", "两人抢单")])

    def score_of(text):
        hits = engine.search(SearchRequest(parse(text), ALL)).hits
        return next(hit.score for hit in hits if hit.ref == "case:46")

    assert score_of("撞单") > score_of("撞单怎样了呢")


# Titles


@pytest.mark.parametrize("typed", ["窜货", "窜", "cuanhuo", "cuan huo", "ch", "窜貨"])
def test_a_title_with_the_word_comes_before_a_text_that_repeats_it(engine, typed):
    engine.write([document(47, "季度总结", "窜货窜货窜货窜货窜货"),
                  document(48, "渠道窜货怎么办", "两家代理商的事")])
    assert found(engine, typed)[0] == 48


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("zhongdian", "重点客户名单"), ("chongfu", "重复报备"), ("yinhang", "银行客户"),
        ("hangye", "行业情报"), ("xingdong", "行动计划"), ("danwei", "单位采购"),
    ],
)
def test_a_character_with_several_readings_is_found_by_each(engine, typed, title):
    engine.write([document(49, title, "别的事")])
    assert 49 in found(engine, typed)[:2]


def test_one_syllable_is_for_completion_only(engine):
    assert found(engine, "zhuang") == []
    assert "case:1" in [hit.ref for hit in engine.complete("zhuang", ALL)]


def test_a_misspelt_word_lifts_titles_like_a_right_one(engine):
    engine.write([document(50, "Notes", "renewal renewal renewal and the rest of it"),
                  document(51, "A renewal at risk", "what happened")])
    assert found(engine, "renewl")[0] == 51
    assert found(engine, "renweal")[0] == 51


def test_a_typing_error_never_leads_to_grammar(engine):
    engine.write([document(52, "Other", "then there were those")])
    assert 52 not in found(engine, "thsoe")


@settings(max_examples=15, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    qualities=some.lists(some.floats(0, 1), min_size=4, max_size=4),
    days=some.lists(some.integers(1, 28), min_size=4, max_size=4),
    repeated=some.integers(1, 40),
)
def test_nothing_buries_an_exact_title(engine, qualities, days, repeated):
    """However trusted and new the others are and however often they say it, and nothing vanishes
    for being neither."""
    rivals = [("渠道窜货处理办法", "渠道窜货处理 " * repeated), ("渠道窜货处理二", "渠道窜货处理"),
              ("别的事", "渠道窜货处理 " * repeated)]
    documents = [document(60, "渠道窜货处理", "简短", day=days[0])] + [
        document(61 + place, title, body, day=days[1 + place])
        for place, (title, body) in enumerate(rivals)
    ]
    engine.write([replace(each, quality=quality)
                  for each, quality in zip(documents, qualities, strict=True)])
    order = found(engine, "渠道窜货处理")
    assert order[0] == 60
    assert set(order) >= {60, 61, 62, 63}


def test_one_character_excludes_every_document_that_holds_it(engine):
    """Even those that hold it only in the rarest of the hundreds of pairs that it begins."""
    rare = [document(70 + number, "无题", f"人{chr(0x4E00 + number)}") for number in range(320)]
    common = [document(1000 + number, "有题", "人们") for number in range(3)]
    engine.write([*rare, *common, document(2000, "有题", "没有他")])
    assert found(engine, "有题 -人") == [2000]
    assert not {*range(70, 390)} & {*found(engine, "-人", limit=500)}
    assert len(found(engine, "人", limit=500)) > 300
