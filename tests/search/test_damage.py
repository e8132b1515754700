"""Whatever becomes of the index: saving goes on, it heals itself, and doctor says so (S6)."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.search.working_portal import WorkingPortal, working_portal

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damaged")


@pytest.fixture(scope="module")
def portal(data: Path) -> Iterator[WorkingPortal]:
    with working_portal(data) as portal:
        portal.run("prepare")
        yield portal


@pytest.fixture
def index(data: Path, portal: WorkingPortal) -> Path:
    """The folder of a sound index with some segments."""
    portal.run("save_some", ["before0", "before1", "before2"])
    return data / "index"


def heals(portal: WorkingPortal, word: str) -> None:
    """The background work, unasked, leaves everything findable and doctor content."""
    healed = portal.run("background", None, [word, "before1"])
    assert healed["waiting"] == 0
    assert all(healed["found"].values()), healed
    assert healed["doctor"]["advises"] is None


# Damage


def _marker(text: str) -> Callable[[Path], object]:
    return lambda index: (index / "current.json").write_text(text)


def _files(pattern: str, damage: Callable[[Path], object]) -> Callable[[Path], object]:
    def spoil(index: Path) -> None:
        for path in list(index.glob(f"index-*/{pattern}")):
            damage(path)

    return spoil


def _truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _garbage_within(path: Path) -> None:
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = b"garbage!" * 8
    path.write_bytes(content)


@pytest.mark.parametrize("spoil", [
    shutil.rmtree,
    lambda index: shutil.rmtree(next(index.glob("index-*"))),
    lambda index: (index / "current.json").unlink(),
    _marker(""), _marker("garbage"), _marker('{"format": 1, "index": "index-x", "analyzer": 1}'),
    _marker('{"format": 2, "index": "../elsewhere", "analyzer": 1}'),
    _files("*.toc", Path.unlink), _files("*.toc", _truncate), _files("*.toc", _garbage_within),
    _files("*.seg", Path.unlink), _files("*.seg", _truncate), _files("*.seg", _garbage_within),
    _files("*.seg", lambda path: path.write_bytes(b"")),
], ids=[
    "folder deleted", "inner folder deleted", "marker deleted", "marker empty", "marker garbage",
    "marker of an old format", "marker astray", "contents deleted", "contents truncated",
    "contents spoilt", "segments deleted", "segments truncated", "segments spoilt",
    "segments empty",
])
def test_damage_is_told_and_heals_by_itself(portal, index, spoil, request):
    spoil(index)
    told = portal.run("doctor")
    # What only a sum can tell is looked for every hour, unless it hit what every search reads.
    spoilt = "spoilt" in request.node.callspec.id
    assert told["advises"] in [f"portal reindex (a running portal does it by itself within {soon})"
                               for soon in ("a minute", *["an hour"] * spoilt)]
    assert portal.run("save", "after")
    heals(portal, "after")


def test_a_document_that_vanished_comes_back(portal, index):
    portal.run("forget_one")
    told = portal.run("doctor")
    assert "1 missing" in told["says"]
    assert "portal reindex" in told["advises"]
    heals(portal, "before1")


def test_a_document_that_differs_is_found_by_the_thorough_comparison(portal, index):
    portal.run("change_past_everybody")
    told = portal.run("doctor")
    assert "1 changed" in told["says"]
    portal.run("ask_for_differences")
    heals(portal, "sneaked")


# A disk that takes nothing


@pytest.fixture
def own_disk(portal: WorkingPortal, index: Path) -> Iterator[Path]:
    """The index on a small disk of its own."""
    kept = index.with_name("kept")
    shutil.copytree(index, kept)
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "portal-test", str(index)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:
        pytest.skip("only who may mount can give the index a disk of its own")
    try:
        shutil.copytree(kept, index, dirs_exist_ok=True)
        yield index
    finally:
        subprocess.run(["umount", str(index)], check=True)
        shutil.rmtree(kept)
        portal.run("background")


def fill(disk: Path) -> Path:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(512)):
                pass
        except OSError:
            return filler


def test_a_full_disk_keeps_nobody_from_saving(portal, own_disk, data):
    filler = fill(own_disk)
    # Inline, so that the attempt is part of saving.
    with working_portal(data, jobs="inline") as inline:
        assert inline.run("save", "squeezed")
    told = portal.run("doctor")
    assert "1 waiting" in told["says"]
    assert "unwritable" in told["says"]
    assert told["advises"].startswith("free some space")
    assert portal.run("found", "before1")
    assert portal.run("background")["waiting"] == 1
    filler.unlink()
    heals(portal, "squeezed")


def test_an_index_lost_on_a_full_disk_comes_back_when_there_is_room(portal, own_disk):
    (own_disk / "current.json").unlink()
    shutil.rmtree(next(own_disk.glob("index-*")))
    filler = fill(own_disk)
    assert portal.run("save", "squeezed")
    assert portal.run("background")["waiting"] == 1
    assert portal.run("found", "squeezed") is None
    filler.unlink()
    heals(portal, "squeezed")


def test_a_file_that_may_not_grow(portal, index):
    assert portal.run("save_much", "stunted")
    assert portal.run("background", 64 * 1024)["waiting"] == 1
    assert portal.run("found", "before1")
    heals(portal, "stunted")


def test_a_folder_that_may_not_be_written(portal, own_disk):
    subprocess.run(["mount", "-o", "remount,ro", str(own_disk)], check=True)
    assert portal.run("save", "barred")
    assert portal.run("background")["waiting"] == 1
    told = portal.run("doctor")
    assert told["advises"] == (
        f"free some space, or make {own_disk} writable; the index then catches up by itself")
    assert portal.run("found", "before1")
    subprocess.run(["mount", "-o", "remount,rw", str(own_disk)], check=True)
    heals(portal, "barred")


# Another version


def test_an_index_of_an_older_analyzer_serves_until_one_process_has_made_it_anew(
    portal, index, data, tmp_path
):
    marker = json.loads((index / "current.json").read_text())
    (index / "current.json").write_text(json.dumps({**marker, "analyzer": 0}))
    told = portal.run("doctor")
    assert told["advises"].startswith("portal reindex")
    assert "the old index answers meanwhile" in told["advises"]
    with working_portal(data) as other:
        other.start("mend_slowly", str(tmp_path / "go on"))
        assert "rebuilding" in other.event()
        # Meanwhile the others answer, save, and leave the rebuilding to it.
        assert portal.run("found", "before1")
        assert portal.run("save", "meanwhile")
        assert portal.run("background")["done"] == 0
        assert json.loads((index / "current.json").read_text())["analyzer"] == 0
        (tmp_path / "go on").touch()
        assert other.rest()[-1] == {"ended": 0}
    assert json.loads((index / "current.json").read_text())["analyzer"] > 0
    heals(portal, "meanwhile")
