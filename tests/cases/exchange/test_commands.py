"""`portal import` and `portal export` as a person runs them."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from portal import create_app
from portal.config import Settings
from portal.core import jobs
from portal.search.indexer import engine
from tests.cases.exchange.conftest import Shelf
from tests.cases.exchange.test_import import PROBLEM, WIN
from tests.characters import PEOPLE, Character


@pytest.fixture(autouse=True)
def english_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


def test_import_tells_what_it_did(app: Flask, shelf: Shelf) -> None:
    shelf.put("w.md", WIN)
    shelf.put("p.md", PROBLEM.replace("---\n撞", "rating: 5\n---\n撞"))
    result = run(app, "import", str(shelf.root))
    assert result.exit_code == 0, result.output
    assert "2 new, 0 changed, 0 unchanged" in result.output
    assert "New in the list “region”: 月球" in result.output
    assert "rating" in result.output
    assert engine().status().documents == 2 + len(PEOPLE)
    assert "0 new, 0 changed, 2 unchanged" in run(app, "import", str(shelf.root)).output


def test_a_failed_file_makes_the_exit_code_1(app: Flask, shelf: Shelf) -> None:
    shelf.put("w.md", WIN)
    shelf.put("bad.md", "---\ntitle: a: b\n---\n")
    result = run(app, "import", str(shelf.root))
    assert result.exit_code == 1
    assert "bad.md:2: A value that holds a colon must stand in quotes" in result.output
    assert "1 new, 0 changed, 0 unchanged" in result.output


def test_a_single_file(app: Flask, shelf: Shelf) -> None:
    shelf.put("other.md", "# Other")
    path = shelf.put("w.md", WIN)
    assert "1 new" in run(app, "import", str(path)).output


def test_the_importing_person(app: Flask, shelf: Shelf, carol: Character) -> None:
    from portal.cases.models import Case
    from portal.extensions import db

    path = shelf.put("p.md", PROBLEM)
    assert run(app, "import", "--as", "carol", str(path)).exit_code == 0
    assert db.session.query(Case).one().owner_id == carol.id
    result = run(app, "import", "--as", "nobody", str(path))
    assert (result.exit_code, "nobody" in result.output) == (2, True)


@pytest.mark.parametrize("name", ["notes.txt", "broken.zip"])
def test_a_path_that_cannot_be_imported(app: Flask, shelf: Shelf, name: str) -> None:
    result = run(app, "import", str(shelf.put(name, "x")))
    assert result.exit_code == 2
    assert name in result.output


def test_without_a_portal_both_say_what_to_do_first(shelf: Shelf, tmp_path: Path) -> None:
    runner = jobs._runner
    try:
        empty = create_app(Settings(data=tmp_path / "none", secret_key="x", jobs="off"))
        for words in (["import", str(shelf.put("w.md", WIN))], ["export", str(tmp_path / "a.zip")]):
            result = run(empty, *words)
            assert result.exit_code == 2
            assert "portal init" in result.output
        assert not (tmp_path / "a.zip").exists()
    finally:
        jobs._runner = runner


def test_export_tells_what_it_wrote(app: Flask, shelf: Shelf, tmp_path: Path) -> None:
    run(app, "import", str(shelf.put("w.md", WIN)))
    result = run(app, "export", str(tmp_path / "a.zip"))
    assert result.exit_code == 0
    assert "Exported 1 cases, 0 solutions and comments, 0 attachments" in result.output
    result = run(app, "export", str(tmp_path / "no" / "a.zip"))
    assert (result.exit_code, "could not be written" in result.output) == (1, True)
