"""Nothing saved is ever lost to search, however and whenever a process dies (S6).

A failing run is repeated with the seed it prints: `PORTAL_TEST_SEED=… pytest tests/search/…`; only
the moments of death differ then.
"""

import os
import random
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from tests.databases import Database, on_postgresql
from tests.search.working_portal import WorkingPortal, working_portal

KILLS = 50
SEED = os.environ.get("PORTAL_TEST_SEED") or str(random.randrange(1_000_000))


@pytest.fixture(params=["whoosh", "postgresql"] if on_postgresql() else ["whoosh"])
def settings_of_portal(request, furnished_portal, database: Database) -> dict[str, str]:
    """An empty database on the server of this run and each engine, or a file."""
    if not on_postgresql():
        return {}
    assert database.url is not None
    name = f"crash_{random.randrange(10**9)}"
    address = database.url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return {"DATABASE_URL": database.url.replace("/postgres?", f"/{name}?"),
            "search": request.param}


@pytest.fixture
def three_portals(settings_of_portal, portal: WorkingPortal, tmp_path: Path) -> Iterator[
    list[WorkingPortal]
]:
    with ExitStack() as stack:
        yield [portal, *(
            stack.enter_context(working_portal(tmp_path / "data", **settings_of_portal))
            for _ in range(2)
        )]


@pytest.fixture
def portal(settings_of_portal, tmp_path: Path) -> Iterator[WorkingPortal]:
    with working_portal(tmp_path / "data", **settings_of_portal) as portal:
        portal.run("prepare")
        yield portal


class Witness:
    """Remembers what the processes said they had saved."""

    def __init__(self) -> None:
        self.last: dict[str, str] = {}
        self.words: list[str] = []
        self.indexing = False

    def hear(self, event: dict) -> None:
        self.indexing = "indexing" in event
        if "saved" in event:
            self.last[f"case:{event['saved']}"] = event["word"]
            self.words.append(event["word"])

    def compare(self, report: dict) -> None:
        """Index and database hold the same, and everything acknowledged."""
        assert report["waiting"] == 0
        assert report["differences"] == []
        assert report["detail"].startswith("ok")
        assert report["refs"] == sorted(report["words"])
        assert self.last.keys() <= report["words"].keys()
        present = {word: ref for ref, word in report["words"].items()}
        for word, refs in report["found"].items():
            assert refs == ([present[word]] if word in present else []), word


def wait_for(portal: WorkingPortal, witness: Witness, name: str) -> None:
    while True:
        event = portal.event()
        assert "ended" not in event
        witness.hear(event)
        if name in event:
            return


@pytest.mark.timeout(240)
def test_fifty_violent_deaths(portal):
    print(f"PORTAL_TEST_SEED={SEED}")
    dice, witness, amid = random.Random(SEED), Witness(), 0
    for number in range(KILLS):
        portal.start("work", f"{SEED} {number}")
        for _ in range(dice.randint(1, 2)):
            # It goes on where the one before was killed.
            wait_for(portal, witness, "indexing")
            start = time.monotonic()
            wait_for(portal, witness, "indexed")
            usual = time.monotonic() - start
        wait_for(portal, witness, "indexing")
        time.sleep(dice.uniform(0, usual))
        for event in portal.kill():
            witness.hear(event)
        amid += witness.indexing
    print(f"{KILLS} killed, {amid} of them while indexing, {len(witness.words)} saved")
    portal.run("background")
    report = portal.run("report", witness.words)
    witness.compare(report)
    # A word that was acknowledged gave way to none but a later one of the same case.
    later = set(report["words"].values()) - set(witness.words)
    assert sum(report["words"][ref] != word for ref, word in witness.last.items()) <= len(later)
    assert amid > KILLS // 3


@pytest.mark.timeout(240)
def test_three_processes_write_at_once(three_portals):
    print(f"PORTAL_TEST_SEED={SEED}")
    witness = Witness()
    for number, portal in enumerate(three_portals):
        portal.start("work", f"{SEED} {number}", 15, False)
    for portal in three_portals:
        *told, ended = portal.rest()
        assert ended == {"ended": 0}
        for event in told:
            witness.hear(event)
    assert len(witness.words) == 45
    three_portals[0].run("background")
    witness.compare(three_portals[0].run("report", witness.words))
