"""The engine through its interface: what is found, by whom, in which order."""

from dataclasses import replace
from datetime import date

import pytest

from portal.search.synonyms import Synonyms
from tests.search.sales_library import ALL, LIBRARY, TEAM, ask, document, found


@pytest.fixture(scope="module")
def library(new_place):
    engine = new_place().engine()
    engine.rebuild(LIBRARY[:3])
    # Several segments, because answers must not depend on how documents came in.
    engine.write(LIBRARY[3:5])
    engine.write(LIBRARY[5:])
    return engine


# Words


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("撞单", 1), ("撞單", 1), ("抢单", 1), ("duplicate claim", 1), ("zhuangdan", 1),
        ("zhuang dan", 1), ("zhuangd", 1), ("qiangdan", 1), ("张伟", 1), ("zhangwei", 1), ("撞", 1),
        ("软件", 3), ("軟體專案", 3), ("信息系统", 3),
        ("price", 5), ("objection", 5), ("handled", 5), ("objectons", 5), ("OBJECTIONS", 5),
        ("U8", 6), ("u8-erp", 6), ("Ｕ８－ＥＲＰ接口", 6), ("重点客户", 7), ("嫌贵", 2),
    ],
)
def test_finds(library, text, first):
    assert found(library, text)[0] == first


def test_initials_find_words_of_titles_and_tags(library):
    assert {1, 7} <= set(found(library, "zd"))  # 撞单 and 重点, 制定


@pytest.mark.parametrize("text", ["!!!", "zzzzqq", "望远镜", "的地得", "-", '""'])
def test_finds_nothing_without_complaint(library, text):
    assert found(library, text) == found(library, "") or not found(library, text)


def test_pinyin_finds_words_of_the_trade_that_stand_in_texts_only(engine):
    engine.write([document(25, "季度总结", "又有两起窜货")])
    assert found(engine, "cuanhuo") == [25]


@pytest.mark.parametrize("typed", ["duiche", "dui che", "duichefei", "yajinshouju"])
def test_pinyin_finds_any_word_of_a_text(engine, typed):
    engine.write([document(26, "仓库日志", "司机在门口堆车费时, 又收了押金收据")])
    assert found(engine, typed) == [26]


def test_of_a_sentence_in_pinyin_only_the_first_words_are_looked_for_in_texts(engine):
    engine.write([document(26, "仓库日志", "司机在门口堆车费时")])
    others = "shishishi yiyiyi jijiji"
    assert found(engine, f"duiche {others}") == [26]
    assert found(engine, f"{others} duiche") == []


def test_pinyin_of_a_hidden_text_finds_nothing(engine):
    engine.write([document(27, "仓库日志", "堆车", access=("team:3",))])
    assert found(engine, "duiche") == []
    assert found(engine, "duiche", access=TEAM) == [27]


def test_a_typo_is_forgiven_only_when_the_word_does_not_exist(library):
    assert found(library, "prise") == [5]
    assert found(library, "er") == []


def test_an_exact_title_comes_first(library):
    assert found(library, "价格太贵被拒 丢单复盘")[0] == 2
    assert found(library, "HANDLING price objections!")[0] == 5


def test_a_document_with_all_parts_is_ahead(engine):
    engine.write([document(8, "报价报价报价", "报价报价报价"), document(9, "无题", "报价给客户")])
    order = found(engine, "客户 报价")
    assert order.index(9) < order.index(8)


def test_quality_lifts_but_does_not_bury_a_title(engine):
    twin = document(21, "回款拖延", "客户回款拖延三个月")
    engine.write([twin, replace(twin, ref="case:22", quality=1.0, title="回款拖延了")])
    assert found(engine, "客户回款三个月") == [22, 21]
    assert found(engine, "回款拖延")[0] == 21


def test_synonyms_can_be_replaced(place):
    engine = place.engine(Synonyms([["蓝鲸", "撞单"]]))
    engine.rebuild(LIBRARY)
    assert found(engine, "蓝鲸") == [1]
    assert found(engine, "抢单") == []


# Operators


def test_phrases_must_stand_literally(library):
    assert found(library, '"报价低"') == [2]
    assert found(library, '"低报价"') == []
    assert found(library, '"U8 接口"') == [2]
    assert found(library, '"too expensive"') == [5]
    assert found(library, '"expensive too"') == []
    assert found(library, '"客户归属"') == [1]
    assert found(library, '"撞单怎么处理同一"') == []  # not across title and body


def test_exclusions(library):
    assert found(library, "客户 -跟进") == found(library, "客户 -跟進")
    assert 1 not in found(library, "客户 -跟进")
    assert set(found(library, "-客户")) == {5, 6}
    assert 2 not in found(library, '报价 -"竞品报价低"')


def test_days_are_inclusive_and_narrow_each_other(library):
    assert found(library, "after:2026-01-06") == [7, 6]
    assert found(library, "before:2026-01-03") == [2, 1]
    assert found(library, "after:2026-01-02", until=date(2026, 1, 3)) == [3, 2]
    assert found(library, "", since=date(2026, 1, 7)) == [7]


def test_sorting_and_pages(library):
    assert found(library, "") == [7, 6, 5, 3, 2, 1]
    assert found(library, "", sort="oldest") == [1, 2, 3, 5, 6, 7]
    newest = found(library, "客户", sort="newest")
    assert newest == sorted(newest, reverse=True)
    assert found(library, "", limit=2, offset=2) == [5, 3]
    assert found(library, "", limit=2, offset=50) == []
    assert ask(library, "", limit=0).total == 6


# Permission, filters and counts


def test_permission_comes_before_everything(library):
    result = ask(library, "撞单", facets=("kind", "tag"))
    assert "intel" not in result.facets["kind"]
    assert 4 not in found(library, "撞单")
    assert 4 not in found(library, "机密：大客户底价")
    assert found(library, "撞单", TEAM)[:2] in ([4, 1], [1, 4])
    assert ask(library, "撞单", TEAM, facets=("tag",)).facets["tag"]["撞单"] == 2
    assert ask(library, "撞单", frozenset()).total == 0
    assert library.similar("大客户底价", ALL)[:1] != library.similar("大客户底价", TEAM)[:1]
    assert [hit.ref for hit in library.complete("机密", ALL)] == []
    assert [hit.ref for hit in library.complete("jimi", TEAM)] == ["case:4"]


def test_pinyin_does_not_tell_of_forbidden_titles(library):
    assert found(library, "jimi") == []
    assert found(library, "jimi", TEAM) == [4]


def test_values_of_a_facet_are_alternatives_and_facets_add_up(library):
    both = {"kind": ("loss", "problem")}
    assert set(found(library, "", filters=both)) == {1, 2, 3}
    assert found(library, "", filters={**both, "tag": ("价格", "撞单")}) == [2, 1]
    assert found(library, "", filters={"kind": ("nothing",)}) == []
    assert len(found(library, "", filters={"kind": ()})) == 6


def test_a_facet_counts_without_its_own_filter(library):
    result = ask(library, "客户", filters={"kind": ("loss",)}, facets=("kind", "tag", "none"))
    assert result.total == 1
    assert result.facets["kind"] == {"problem": 2, "loss": 1, "lesson": 1}
    assert result.facets["tag"] == {"价格": 1}
    assert result.facets["none"] == {}


def test_excluded_refs(library):
    assert 1 not in found(library, "撞单", exclude=frozenset({"case:1", "case:unknown"}))


# Similar and as-you-type


def test_similar_texts(library):
    refs = [hit.ref for hit in library.similar("客户嫌贵，竞品报价更低，怎么办", ALL)]
    assert refs[0] == "case:2"
    assert library.similar("天文望远镜的镜片", ALL) == ()
    assert library.similar("", ALL) == ()
    excluded = library.similar("客户嫌贵，竞品报价更低", ALL, exclude=frozenset({"case:2"}))
    assert "case:2" not in [hit.ref for hit in excluded]
    only = library.similar("客户嫌贵，竞品报价更低", ALL, filters={"kind": ("problem",)})
    assert "case:2" not in [hit.ref for hit in only]


@pytest.mark.parametrize(
    ("prefix", "first"),
    [
        ("重", 7), ("重点", 7), ("撞", 1), ("zhu", 1), ("zhuangd", 1), ("hand", 5), ("Ｕ８", 6),
        ("報價", 6),
    ],
)
def test_completes(library, prefix, first):
    assert first in [int(hit.ref[5:]) for hit in library.complete(prefix, ALL)]


def test_completion_prefers_beginnings_and_is_short(library):
    assert library.complete("重点", ALL)[0].ref == "case:7"
    assert len(library.complete("客户", ALL, limit=2)) == 2
    assert library.complete("  ", ALL) == ()


def test_completion_keeps_to_the_filters(library):
    only = {"kind": ("problem",)}
    refs = {hit.ref for hit in library.complete("客户", ALL, filters=only)}
    assert refs == {"case:1", "case:3"}


def test_an_engine_tells_every_document_it_holds(engine):
    engine.write([], ["case:2"])
    assert engine.refs() == {each.ref for each in LIBRARY} - {"case:2"}
