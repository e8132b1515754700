"""The engine's index: writing, rebuilding, breaking, and many who do it at once."""

import multiprocessing
import threading
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.search.engine import IndexBroken, IndexBusy
from tests.search.sales_library import ALL, LIBRARY, ask, document, found

# Writing


def test_writing_replaces_by_ref_and_removes(engine):
    changed = replace(LIBRARY[0], title="全新的题目", body="")
    engine.write([LIBRARY[0], changed], ["case:2", "case:unknown"])
    assert engine.status().documents == len(LIBRARY) - 1
    assert found(engine, "全新的题目") == [1]
    assert found(engine, "报备时间") == []
    assert found(engine, "友商") == []


def test_another_engine_on_the_same_index_sees_what_was_written(engine, place):
    reader = place.engine()
    assert found(reader, "海豚") == []
    engine.write([document(30, "海豚")])
    assert found(reader, "海豚") == [30]
    engine.rebuild([document(31, "海豚二号")])
    assert found(reader, "海豚") == [31]
    assert place.generations() == 1


def test_a_failed_batch_changes_nothing(engine):
    broken = replace(document(50, "坏的"), created=None)
    with pytest.raises(AttributeError):
        engine.write([document(51, "好的海星"), broken])
    assert found(engine, "海星") == []
    engine.write([document(52, "好的海星")])
    assert found(engine, "海星") == [52]


def test_the_index_holds_the_last_version_of_everything(place):
    @given(st.lists(st.lists(st.integers(0, 5), max_size=4), max_size=5))
    @settings(max_examples=15, deadline=None)
    def check(batches):
        # Anew each time: the examples repeat chance, by which Whoosh names its segments.
        engine = place.engine()
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

    check()


def test_small_writes_add_up(engine):
    for number in range(40, 64):
        engine.write([document(number, f"小文档 {number}")])
        assert found(engine, f"小文档 {number}")[0] == number
    engine.merge()
    assert len(found(engine, "小文档", limit=100)) == 24
    engine.write([], [f"case:{number}" for number in range(40, 63)])
    assert found(engine, "小文档") == [63]


# Breakage


def test_without_an_index_it_says_so_and_rebuild_heals(place):
    engine = place.engine()
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


def test_a_vanished_index(engine, place):
    place.destroy()
    with pytest.raises(IndexBroken):
        ask(engine, "撞单")
    with pytest.raises(IndexBroken):
        engine.write(LIBRARY)
    assert not engine.status().healthy
    engine.rebuild(LIBRARY)
    assert found(engine, "撞单") == [1]


def test_an_index_of_an_older_analyzer_answers_but_is_not_current(engine, place, monkeypatch):
    monkeypatch.setattr(place.analyzer, 99)
    assert not engine.status().current
    assert found(engine, "撞单") == [1]
    engine.rebuild(LIBRARY)
    assert engine.status().current


def test_a_failed_rebuild_leaves_the_old_index(engine, place):
    def documents():
        yield LIBRARY[0]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        engine.rebuild(documents())
    assert found(engine, "U8")[0] == 6
    assert place.generations() == 1


def test_while_rebuilding_others_read_and_writers_are_told(engine, place):
    seen = []

    def documents():
        seen.append(found(engine, "撞单"))
        with pytest.raises(IndexBusy):
            engine.write([document(60, "同时写")], wait=5)
        with pytest.raises(IndexBusy):
            place.engine().rebuild([])
        yield from LIBRARY[:1]

    engine.rebuild(documents(), seen.append)
    assert seen == [[1], 1]


def test_readers_never_notice_a_switch(engine, place):
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
        place.engine().rebuild(LIBRARY)
    done.set()
    for reader in readers:
        reader.join(10)
    assert not errors


def test_a_busy_index_is_told_after_the_wait(engine, place):
    with place.held(), pytest.raises(IndexBusy):
        engine.write([LIBRARY[0]], wait=0.05)


def _write_some(make, address, numbers):
    engine = make(address)
    for number in numbers:
        engine.write([document(number, f"进程文档 {number}")], wait=30)


def test_processes_and_threads_together(engine, place):
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
        context.Process(
            target=_write_some, args=(place.make, place.address, range(start, start + 8))
        )
        for start in (100, 200)
    ]
    for each in [*readers, *writers]:
        each.start()
    _write_some(place.make, place.address, range(300, 308))
    for writer in writers:
        writer.join(60)
    done.set()
    for reader in readers:
        reader.join(10)
    assert not errors
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert len(found(engine, "进程文档", limit=100)) == 24
