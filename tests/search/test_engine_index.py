"""The engine's index: writing, merging, rebuilding, breaking, and the library underneath."""

import logging
import multiprocessing
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.search.engine import IndexBroken, IndexBusy
from portal.search.whoosh_engine import WhooshEngine, selfcheck
from portal.search.whoosh_engine.folder import IndexFolder
from portal.search.whoosh_engine.writer import TIER_SEGMENTS, choose_merge
from tests.search.sales_library import ALL, LIBRARY, ask, document, found


@pytest.fixture
def engine(tmp_path):
    engine = WhooshEngine(tmp_path / "index")
    engine.rebuild(LIBRARY)
    return engine


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
             '{"format": 2, "index": "../elsewhere", "analyzer": 1}']
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


def test_readers_never_notice_a_switch(engine):
    errors = []
    done = threading.Event()

    def read():
        while not done.is_set():
            try:
                assert found(engine, "撞单") == [1]
            except Exception as error:
                errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for _ in range(30):
        WhooshEngine(engine._folder.root).rebuild(LIBRARY)
    done.set()
    for reader in readers:
        reader.join(10)
    assert not errors


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


def test_scores_agree_with_stock_whoosh(engine):
    assert selfcheck.agrees_with_stock(engine._snapshot())


def test_the_stock_decoder_gives_the_same_answers(engine, tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(selfcheck, "agrees_with_stock", lambda _: False)
    careful = WhooshEngine(tmp_path / "index")
    for text in ("撞单", "客户 报价", "zd", '"报价低"', "U8", ""):
        assert ask(careful, text, facets=("kind",)) == ask(engine, text, facets=("kind",))
    assert "falling back" in caplog.text


def test_whoosh_imports_without_a_warning():
    command = [sys.executable, "-W", "error", "-c", "import portal.search.whoosh_engine.library"]
    subprocess.run(command, check=True, timeout=60)
