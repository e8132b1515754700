"""PostgreSQL's index: its tables, what damages them, its connections, and very common words."""

import random
import subprocess
import sys
from dataclasses import replace
from time import monotonic

import pytest

from portal.config import ROOT
from portal.search import indexer
from portal.search.engine import IndexBroken, IndexBusy
from portal.search.postgres_engine import PostgresEngine, statements
from portal.search.postgres_engine.connections import close_connections, transaction
from tests.databases import on_postgresql
from tests.search.places import Schema
from tests.search.sales_library import ALL, LIBRARY, ask, document, found

pytestmark = pytest.mark.skipif(not on_postgresql(), reason="needs PostgreSQL")


@pytest.fixture(scope="module")
def engine_kind():
    return "postgresql"


@pytest.fixture
def place(database, engine_kind):
    yield Schema(database.url)
    close_connections()


def test_a_server_that_cannot_be_asked_is_no_reason_to_rebuild(app, problem, found, bob, caplog):
    sound = app.extensions["search_engine"]
    app.extensions["search_engine"] = PostgresEngine("postgresql+psycopg://127.0.0.1:1/portal")
    try:
        assert indexer.engine().status().detail.startswith("busy")
        indexer.mend()
    finally:
        app.extensions["search_engine"] = sound
    assert "rebuil" not in caplog.text
    # Nor a reason to wait with mending, once it is back and has lost its tables.
    assert monotonic() > indexer._mending.not_before


# Writing


def test_frequencies_stay_exact_whatever_is_written(engine):
    chance = random.Random(5)
    for _ in range(12):
        numbers = chance.sample(range(1, 12), 3)
        engine.write(
            [document(number, f"撞单 {chance.randrange(9)}", "报价 接口") for number in numbers],
            [f"case:{chance.randrange(12)}"],
        )
        assert engine.check().healthy


def test_a_reader_of_many_small_writes_keeps_few_segments(engine, place):
    reader = place.engine()
    for number in range(100, 140):
        engine.write([document(number, f"小文档 {number}")], [f"case:{number - 20}"])
        assert len(found(reader, "小文档", limit=100)) == min(number - 99, 20)
    assert int(reader.status().detail.split()[1]) <= 6


def test_removals_are_forgotten_only_when_nobody_can_miss_them(engine, place, monkeypatch):
    monkeypatch.setattr("portal.search.postgres_engine.tables.REMEMBERED", 3)
    monkeypatch.setattr("portal.search.postgres_engine.current.REMEMBERED", 3)
    reader = place.engine()
    assert found(reader, "撞单") == [1]
    engine.write([], ["case:1"])
    for number in range(70, 75):
        engine.write([document(number, "别的")])
    engine.merge()
    assert found(reader, "撞单") == []
    assert reader.refs() == engine.refs()


def test_everything_that_can_be_typed_can_be_stored(engine):
    hostile = "R&D o'clock C:\\path it''s a\0b \ud800 ' | ! <-> :*"
    engine.write([document(80, hostile, hostile, tags=[hostile], names=[hostile])])
    for text in ("r&d", "o'clock", "it's", '"R&D o\'clock"', "path"):
        assert found(engine, text)[0] == 80, text
    assert ask(engine, "clock", facets=("tag",)).total == 1


def test_the_longest_text_is_found_by_its_commonest_words(engine):
    chance = random.Random(1)
    syllables = [chr(code) for code in range(0x4E00, 0x5200)]
    body = "窜货 " * 3 + "".join(chance.choices(syllables, k=250_000))
    engine.write([document(81, "一本书", body)])
    assert found(engine, "窜货") == [81]


# A word that stands nearly everywhere


@pytest.fixture
def crowd(place):
    engine = place.engine()
    engine.rebuild([
        replace(
            document(number, "回款 客户" if number == 7 else f"记录 {number}", "客户甲 回款",
                     kind="lesson" if number % 2 else "problem",
                     access=("team:3",) if number > 1400 else ("all",)),
            quality=0.9 if number == 900 else 0.0,
        )
        for number in range(1500)
    ])
    return engine


def test_all_who_hold_a_common_word_are_counted(crowd):
    result = ask(crowd, "客户", facets=("kind",))
    assert result.total == 1401
    assert result.facets["kind"] == {"lesson": 700, "problem": 701}
    assert ask(crowd, "客户", filters={"kind": ("lesson",)}).total == 700


def test_of_them_titles_and_trusted_records_come_first(crowd):
    assert found(crowd, "客户")[:2] == [7, 900]
    assert found(crowd, "客户 回款")[:2] == [7, 900]
    assert len(found(crowd, '"客户甲"', limit=2000)) == 1401
    assert found(crowd, "记录 -客户") == []


# Damage


@pytest.mark.parametrize("table", ["documents", "contents", "terms", "removed"])
def test_a_lost_table_is_told_and_healed(engine, place, table):
    (name,) = [each for each in place.tables() if table in each]
    place.run(f"DROP TABLE {name}")
    fresh = place.engine()
    with pytest.raises(IndexBroken):
        fresh.write([LIBRARY[0]])
    assert not fresh.check().healthy
    fresh.rebuild(LIBRARY)
    assert fresh.check().healthy
    assert found(engine, "撞单") == [1]


@pytest.mark.parametrize("damage", [
    "DELETE FROM {contents}", "DELETE FROM {terms} WHERE token = '撞单'",
    "UPDATE {contents} SET counts = '', text = ''", "ALTER TABLE {documents} DROP COLUMN head",
])
def test_damage_is_found_by_a_check(engine, place, damage):
    place.run(statements.of_generation(damage, 1))
    assert not place.engine().check().healthy


@pytest.mark.parametrize("change", ["UPDATE {0} SET format = 0", "DELETE FROM {0}",
                                    "DROP TABLE {0}"])
def test_tables_without_our_mark_are_not_read(engine, place, change):
    place.run(change.format("search_index_marker"))
    for each in (engine, place.engine()):
        with pytest.raises(IndexBroken):
            ask(each, "撞单")
        with pytest.raises(IndexBroken):
            each.write(LIBRARY)
        assert not each.status().healthy
    engine.rebuild(LIBRARY)
    assert found(engine, "撞单") == [1]
    assert place.generations() == 1


@pytest.mark.parametrize(("code", "refusal"), [
    ("53100", IndexBusy), ("53300", IndexBusy), ("55P03", IndexBusy), ("57014", IndexBusy),
    ("25006", IndexBusy), ("42501", IndexBusy), ("XX001", IndexBroken), ("58P01", IndexBroken),
])
def test_what_the_server_refuses(place, code, refusal):
    """A full disk, too many connections, a held lock … and damaged files."""
    with pytest.raises(refusal), transaction(place.address, statements.BEGIN_WRITING) as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$")


def test_without_a_server_it_is_busy(engine, place):
    away = type(engine)(place.address.replace("host=/", "host=/nowhere/"))
    for attempt in (lambda: ask(away, "撞单"), lambda: away.write(LIBRARY),
                    lambda: away.rebuild([]), lambda: away.complete("撞", ALL)):
        with pytest.raises(IndexBusy):
            attempt()
    assert not away.status().healthy


# Connections


def test_a_server_that_was_restarted_is_not_noticed(engine, place):
    assert found(engine, "撞单") == [1]
    place.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
              "pg_backend_pid() AND query LIKE '%COMMIT%'")
    assert found(engine, "撞单") == [1]
    engine.write([document(90, "海星")])
    assert found(engine, "海星") == [90]


def test_a_forked_process_uses_connections_of_its_own(engine, place):
    program = """
import os, sys
from tests.search.sales_library import found
from portal.search.postgres_engine import PostgresEngine
engine = PostgresEngine(sys.argv[1])
assert found(engine, "撞单") == [1]
child = os.fork()
for _ in range(20):
    assert found(engine, "撞单") == [1]
if child:
    assert os.waitpid(child, 0)[1] == 0
os._exit(0)
"""
    done = subprocess.run([sys.executable, "-c", program, place.address], cwd=ROOT, timeout=60,
                          check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_reading_and_writing_leave_no_transaction_open(engine, place):
    ask(engine, "撞单")
    engine.write([LIBRARY[0]])
    with pytest.raises(AttributeError):
        engine.write([replace(LIBRARY[0], created=None)])
    states = place.run("SELECT state FROM pg_stat_activity WHERE state LIKE 'idle in%'")
    assert states == []
