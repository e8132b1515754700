"""What comes first and why: the rules of ranking, each with an example that it decides."""

from dataclasses import replace

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
