"""Whoosh's index: merging, a full disk, damaged files, and the library underneath."""

import logging
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from portal.search.engine import IndexBroken, IndexBusy
from portal.search.whoosh_engine import WhooshEngine, selfcheck
from portal.search.whoosh_engine.writer import TIER_SEGMENTS, choose_merge
from tests.search.sales_library import LIBRARY, ask, document, found


@pytest.fixture
def engine(tmp_path):
    engine = WhooshEngine(tmp_path / "index")
    engine.rebuild(LIBRARY)
    return engine


# Writing


def test_many_small_writes_are_merged(engine):
    for number in range(40, 40 + 3 * TIER_SEGMENTS):
        engine.write([document(number, f"小文档 {number}")])
    assert int(engine.status().detail.split()[1]) < 2 * TIER_SEGMENTS
    assert found(engine, "小文档 47")[0] == 47
    engine.merge()
    assert len(found(engine, "小文档", limit=100)) == 3 * TIER_SEGMENTS


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
