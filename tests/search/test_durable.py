"""A commit of the embedded index is on disk before it counts, and damage never passes for sound."""

import os
from pathlib import Path

import pytest

from portal.search.engine import IndexBroken
from portal.search.whoosh_engine import WhooshEngine
from portal.search.whoosh_engine.writer import TIER_SEGMENTS
from tests.search.sales_library import LIBRARY, document


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    engine = WhooshEngine(tmp_path / "index")
    engine.rebuild(LIBRARY)
    return engine


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names forced to disk, in order; they really are."""
    names, fsync = [], os.fsync

    def watched(handle: int) -> None:
        names.append(Path(os.readlink(f"/proc/self/fd/{handle}")).name)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    return names


def files(engine: WhooshEngine, pattern: str) -> set[str]:
    return {path.name for path in engine._folder.root.glob(f"index-*/{pattern}")}


def test_a_write_forces_its_new_files_to_disk_and_the_folder_last(engine, synced):
    before = files(engine, "*")
    engine.write([document(40, "海豚")])
    [segment], [contents] = (files(engine, f"*.{kind}") - before for kind in ("seg", "toc"))
    assert synced[0] == segment
    # Under the name it had before it counted.
    assert synced[1].startswith(contents)
    assert synced[2] == next(engine._folder.root.glob("index-*")).name
    assert len(synced) == 3


def test_a_rebuild_is_on_disk_before_the_old_index_goes(engine, synced):
    engine.rebuild(LIBRARY)
    assert files(engine, "*.seg") <= set(synced)
    assert synced[-2:] == ["current.draft", "index"]


def test_a_sound_index_passes_and_so_does_a_growing_one(engine):
    for number in range(40, 40 + 2 * TIER_SEGMENTS):
        engine.write([document(number, f"小文档 {number}")], [f"case:{number - 1}"])
        assert engine.check() == engine.status()
    engine.merge()
    assert engine.check() == engine.status()


def test_damage_is_noticed_though_everything_can_still_be_opened(engine):
    [path] = engine._folder.root.glob("index-*/*.seg")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert engine.check().detail.startswith("damaged")
    assert not engine.check().healthy


def test_damage_is_not_copied_into_a_merged_segment(engine):
    for number in range(40, 40 + TIER_SEGMENTS - 1):
        engine.write([document(number, f"小文档 {number}")])
    path = max(engine._folder.root.glob("index-*/*.seg"), key=lambda path: path.stat().st_mtime_ns)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(IndexBroken, match="damaged"):
        for number in range(60, 60 + TIER_SEGMENTS):
            engine.write([document(number, f"大文档 {number}")])


def test_what_killed_rebuilds_left_is_cleared_away(engine):
    left = engine._folder.root / "index-00000000"
    left.mkdir()
    (left / "MAIN_x.seg").write_bytes(b"half a segment")
    engine.merge()
    assert not left.exists()
    assert engine.check().healthy


def test_fingerprints_tell_words_and_readers_apart_but_not_the_order(engine):
    held = engine.fingerprints()
    assert held == {each.ref: each.fingerprint for each in LIBRARY}
    engine.write([document(40, "海豚")], ["case:1"])
    assert engine.fingerprints().keys() == held.keys() - {"case:1"} | {"case:40"}
    assert document(1, "a").fingerprint != document(1, "b").fingerprint
    assert document(1, "a").fingerprint != document(1, "a", access=("team:1",)).fingerprint
    assert (document(1, "a", names=("x", "y")).fingerprint
            == document(1, "a", names=("y", "x")).fingerprint)
