"""The Whoosh engine through its interface: what is found, by whom, and what happens when it breaks."""

import logging
import multiprocessing
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.search.document import Document
from portal.search.engine import IndexBroken, IndexBusy, SearchRequest
from portal.search.query import parse
from portal.search.synonyms import Synonyms
from portal.search.whoosh_engine import WhooshEngine, engine as engine_module
from portal.search.whoosh_engine.folder import IndexFolder
from portal.search.whoosh_engine.writer import TIER_SEGMENTS, choose_merge

ALL = frozenset({"all"})
TEAM = frozenset({"all", "team:3"})


def document(number, title, body="", *, access=("all",), tags=(), names=(), day=1, **facets):
    moment = datetime(2026, 1, day, 12, tzinfo=UTC)
    return Document(
        ref=f"case:{number}",
        title=title,
        body=body,
        access=frozenset(access),
        facets={"tag": tuple(tags), **{name: (value,) for name, value in facets.items()}},
        names=tuple(names),
        created=moment,
        updated=moment,
    )


LIBRARY = [
    document(1, "两个销售撞单怎么处理", "同一客户被两个人同时跟进，以报备时间为准。",
             tags=["撞单", "客户归属"], names=["张伟"], kind="problem", day=1),
    document(2, "价格太贵被拒：丢单复盘", "客户嫌贵，竞品报价低12%，最终输给友商。U8接口也要钱。",
             tags=["价格"], kind="loss", day=2),
    document(3, "軟體專案驗收延期", "客戶的資訊系統驗收延誤，專案經理沒有跟進。", kind="problem", day=3),
    document(4, "机密：大客户底价", "撞单时的底价", access=("team:3",), tags=["撞单"], kind="intel",
             day=4),
    document(5, "Handling price objections", "When it is too expensive, quote value first.",
             kind="playbook", day=5),
    document(6, "用友U8-ERP接口报价", "Ｕ８－ＥＲＰ 接口 二次开发 报价 方法。", kind="playbook", day=6),
    document(7, "重点客户拜访", "重点在于制定计划", kind="lesson", day=7),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    engine = WhooshEngine(tmp_path_factory.mktemp("search") / "index")
    engine.rebuild(LIBRARY[:3])
    # Several segments, because answers must not depend on how documents came in.
    engine.write(LIBRARY[3:5])
    engine.write(LIBRARY[5:])
    return engine


@pytest.fixture
def engine(tmp_path):
    engine = WhooshEngine(tmp_path / "index")
    engine.rebuild(LIBRARY)
    return engine


def ask(engine, text, access=ALL, **wanted):
    return engine.search(SearchRequest(parse(text), access, **wanted))


def found(engine, text, access=ALL, **wanted):
    return [int(hit.ref.removeprefix("case:")) for hit in ask(engine, text, access, **wanted).hits]


# Words


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("撞单", 1), ("撞單", 1), ("抢单", 1), ("duplicate claim", 1), ("zhuangdan", 1),
        ("zhuang dan", 1), ("zhuangd", 1), ("张伟", 1), ("zhangwei", 1), ("撞", 1),
        ("软件", 3), ("軟體專案", 3), ("信息系统", 3),
        ("price", 5), ("objectons", 5), ("OBJECTIONS", 5),
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


def test_a_typo_is_forgiven_only_when_the_word_does_not_exist(library):
    assert found(library, "prise") == [5]
    assert found(library, "er") == []


def test_an_exact_title_comes_first(library):
    assert found(library, "价格太贵被拒 丢单复盘")[0] == 2
    assert found(library, "HANDLING price objections!")[0] == 5


def test_a_document_with_all_parts_is_ahead(engine):
    engine.write([document(8, "报价报价报价", "报价报价报价报价"), document(9, "无题", "报价给客户")])
    order = found(engine, "客户 报价")
    assert order.index(9) < order.index(8)


def test_quality_lifts_but_does_not_bury_a_title(engine):
    twin = document(21, "回款拖延", "客户回款拖延三个月")
    engine.write([twin, replace(twin, ref="case:22", quality=1.0, title="回款拖延了")])
    assert found(engine, "客户回款三个月") == [22, 21]
    assert found(engine, "回款拖延")[0] == 21


def test_synonyms_can_be_replaced(tmp_path):
    engine = WhooshEngine(tmp_path / "index", Synonyms([["蓝鲸", "撞单"]]))
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
    [("重", 7), ("重点", 7), ("撞", 1), ("zhu", 1), ("zhuangd", 1), ("hand", 5), ("Ｕ８", 6), ("報價", 6)],
)
def test_completes(library, prefix, first):
    assert first in [int(hit.ref[5:]) for hit in library.complete(prefix, ALL)]


def test_completion_prefers_beginnings_and_is_short(library):
    assert library.complete("重点", ALL)[0].ref == "case:7"
    assert len(library.complete("客户", ALL, limit=2)) == 2
    assert library.complete("  ", ALL) == ()


# Writing


def test_writing_replaces_by_ref_and_removes(engine):
    changed = replace(LIBRARY[0], title="全新的题目", body="")
    engine.write([LIBRARY[0], changed], ["case:2", "case:unknown"])
    assert engine.status().documents == len(LIBRARY) - 1
    assert found(engine, "全新的题目") == [1]
    assert found(engine, "报备时间") == []
    assert found(engine, "友商") == []


def test_another_engine_on_the_folder_sees_what_was_written(engine, tmp_path):
    reader = WhooshEngine(tmp_path / "index")
    assert found(reader, "海豚") == []
    engine.write([document(30, "海豚")])
    assert found(reader, "海豚") == [30]
    engine.rebuild([document(31, "海豚二号")])
    assert found(reader, "海豚") == [31]
    assert len(list((tmp_path / "index").glob("index-*"))) == 1


def test_many_small_writes_are_merged(engine):
    for number in range(40, 40 + 3 * TIER_SEGMENTS):
        engine.write([document(number, f"小文档 {number}")])
    assert int(engine.status().detail.split()[1]) < 2 * TIER_SEGMENTS
    assert found(engine, "小文档 47")[0] == 47
    engine.merge()
    assert len(found(engine, "小文档", limit=100)) == 3 * TIER_SEGMENTS


def test_a_failed_batch_changes_nothing(engine):
    broken = replace(document(50, "坏的"), created=None)
    with pytest.raises(AttributeError):
        engine.write([document(51, "好的海星"), broken])
    assert found(engine, "海星") == []
    engine.write([document(52, "好的海星")])
    assert found(engine, "海星") == [52]


@pytest.mark.parametrize("step", ["_flush_segment", "_assemble_segment", "_commit_toc"])
def test_a_full_disk_loses_nothing(engine, monkeypatch, caplog, step):
    caplog.set_level(logging.CRITICAL)
    with monkeypatch.context() as patch:
        def full(*_):
            raise OSError(28, "No space left on device")

        patch.setattr(f"portal.search.whoosh_engine.writer.SegmentWriter.{step}", full)
        with pytest.raises(IndexBusy):
            engine.write([replace(LIBRARY[0], title="海豹")])
    assert found(engine, "撞单") == [1]
    engine.write([replace(LIBRARY[0], title="海豹")])
    assert found(engine, "海豹") == [1]
    assert engine.status().documents == len(LIBRARY)


@given(st.lists(st.lists(st.integers(0, 5), max_size=4), max_size=5))
@settings(max_examples=15, deadline=None)
def test_the_index_holds_the_last_version_of_everything(batches):
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder))
        engine.rebuild([])
        expected = {}
        for round_number, numbers in enumerate(batches):
            title = f"版本{round_number}"
            engine.write([document(n, title) for n in numbers if n], ["case:5"])
            expected.update({n: title for n in numbers if n})
            if 5 not in numbers:
                expected.pop(5, None)
        assert sorted(found(engine, "", limit=100)) == sorted(expected)
        assert engine.status().documents == len(expected)


@pytest.mark.parametrize(
    ("sizes", "limit", "merged"),
    [
        ([], None, set()),
        ([5000] + [1] * 7, None, set()),
        ([5000] + [1] * 8, None, set(range(1, 9))),
        ([5000] + [60] * 8, 128, set()),
        ([5000] + [60] * 8, None, set(range(1, 9))),
        ([60] * 40, 128, set(range(40))),
        ([10] * 7 + [1] * 8, None, set(range(15))),
    ],
)
def test_which_segments_merge(sizes, limit, merged):
    assert choose_merge(sizes, limit) == merged


# Breakage


def test_without_an_index_it_says_so_and_rebuild_heals(tmp_path):
    engine = WhooshEngine(tmp_path / "none" / "index")
    assert not engine.status().healthy
    for attempt in (
        lambda: ask(engine, "撞单"),
        lambda: engine.similar("撞单", ALL),
        lambda: engine.complete("撞单", ALL),
        lambda: engine.write(LIBRARY),
    ):
        with pytest.raises(IndexBroken, match="missing"):
            attempt()
    assert engine.rebuild(LIBRARY) == len(LIBRARY)
    assert found(engine, "撞单") == [1]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"format": 0, "index": "index-a", "analyzer": 1}',
             '{"format": 1, "index": "../elsewhere", "analyzer": 1}']
)
def test_a_folder_without_our_mark_is_never_opened(engine, tmp_path, text):
    (tmp_path / "index" / "current.json").write_text(text)
    fresh = WhooshEngine(tmp_path / "index")
    for each in (engine, fresh):
        with pytest.raises(IndexBroken):
            ask(each, "撞单")
        assert not each.status().healthy
    fresh.rebuild(LIBRARY)
    assert found(engine, "撞单") == [1]


# Whoosh leaves a file it cannot read to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("pattern", ["*.seg", "*.toc"])
@pytest.mark.parametrize("damage", ["empty", "garbage", "gone"])
def test_damaged_files(engine, tmp_path, pattern, damage, caplog):
    caplog.set_level(logging.CRITICAL)
    for path in (tmp_path / "index").glob(f"index-*/{pattern}"):
        if damage == "gone":
            path.unlink()
        else:
            path.write_bytes(b"" if damage == "empty" else b"garbage" * 50)
    fresh = WhooshEngine(tmp_path / "index")
    with pytest.raises(IndexBroken):
        ask(fresh, "撞单")
    with pytest.raises(IndexBroken):
        fresh.write([LIBRARY[0]])
    assert not fresh.status().healthy
    fresh.rebuild(LIBRARY)
    assert fresh.status().healthy
    assert found(fresh, "撞单") == [1]


def test_a_vanished_folder(engine, tmp_path):
    shutil.rmtree(tmp_path / "index")
    with pytest.raises(IndexBroken):
        ask(engine, "撞单")
    with pytest.raises(IndexBroken):
        engine.write(LIBRARY)


def test_an_index_of_an_older_analyzer_answers_but_is_not_current(engine, monkeypatch):
    monkeypatch.setattr("portal.search.whoosh_engine.folder.ANALYZER_VERSION", 99)
    assert not engine.status().current
    assert found(engine, "撞单") == [1]
    engine.rebuild(LIBRARY)
    assert engine.status().current


def test_a_failed_rebuild_leaves_the_old_index(engine, tmp_path):
    def documents():
        yield LIBRARY[0]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        engine.rebuild(documents())
    assert found(engine, "U8")[0] == 6
    assert len(list((tmp_path / "index").glob("index-*"))) == 1


def test_while_rebuilding_others_read_and_writers_are_told(engine):
    seen = []

    def documents():
        seen.append(found(engine, "撞单"))
        with pytest.raises(IndexBusy):
            engine.write([document(60, "同时写")], wait=5)
        with pytest.raises(IndexBusy):
            WhooshEngine(engine._folder.root).rebuild([])
        yield from LIBRARY[:1]

    engine.rebuild(documents(), seen.append)
    assert seen == [[1], 1]


def test_a_busy_index_is_told_after_the_wait(engine):
    with IndexFolder(engine._folder.root).writing(0), pytest.raises(IndexBusy):
        engine.write([LIBRARY[0]], wait=0.05)


def _write_some(folder, numbers):
    engine = WhooshEngine(folder)
    for number in numbers:
        engine.write([document(number, f"进程文档 {number}")], wait=30)


def test_processes_and_threads_together(engine, tmp_path):
    errors = []
    done = threading.Event()

    def read():
        while not done.is_set():
            try:
                assert found(engine, "撞单") == [1]
                engine.complete("zd", ALL)
            except Exception as error:
                errors.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(3)]
    context = multiprocessing.get_context("spawn")
    writers = [
        context.Process(target=_write_some, args=(tmp_path / "index", range(start, start + 8)))
        for start in (100, 200)
    ]
    for each in [*readers, *writers]:
        each.start()
    _write_some(tmp_path / "index", range(300, 308))
    for writer in writers:
        writer.join(60)
    done.set()
    for reader in readers:
        reader.join(10)
    assert not errors
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert len(found(engine, "进程文档", limit=100)) == 24


# The library underneath


def test_scores_agree_with_stock_whoosh(library):
    assert engine_module.selfcheck.agrees_with_stock(library._current())


def test_the_stock_decoder_gives_the_same_answers(engine, tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(engine_module.selfcheck, "agrees_with_stock", lambda _: False)
    careful = WhooshEngine(tmp_path / "index")
    for text in ("撞单", "客户 报价", "zd", '"报价低"', "U8", ""):
        assert ask(careful, text, facets=("kind",)) == ask(engine, text, facets=("kind",))
    assert "falling back" in caplog.text


def test_whoosh_imports_without_a_warning():
    command = [sys.executable, "-W", "error", "-c", "import portal.search.whoosh_engine.library"]
    subprocess.run(command, check=True, timeout=60)  # noqa: S603
