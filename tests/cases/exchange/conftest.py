"""A folder to import from, and a second portal to import into."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal import create_app
from portal.cases.exchange.folders import open_folder
from portal.cases.exchange.importing import import_library
from portal.cases.exchange.report import Report
from portal.commands.init import prepare
from portal.config import Settings
from portal.core import jobs
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.actions import PersonFacts, add_person
from portal.people.models import User
from portal.people.queries import actor_for
from tests.characters import MOVED_IN, Character
from tests.frozen_clock import FrozenClock

Importer = Callable[..., Report]


class Shelf:
    """Files to import, written by their names."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    (tmp_path / "shelf").mkdir()
    return Shelf(tmp_path / "shelf")


@pytest.fixture
def take_in(app: Flask, clock: FrozenClock, admin: Character) -> Importer:
    """`take_in(path)` imports as admin, `take_in(path, alice)` as somebody else."""

    def take(path: Path, person: Character = admin) -> Report:
        return import_library(person.actor, open_folder(path), clock())

    return take


@pytest.fixture
def other_portal(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """An empty portal with one administrator and none of the standing people."""
    runner = jobs._runner
    other = create_app(Settings(data=tmp_path / "other", secret_key="tests", jobs="inline"))
    try:
        with other.app_context():
            with transaction():
                pass
            prepare()
            with transaction():
                add_person(None, PersonFacts("root", "管理", "admin"), MOVED_IN)
            yield other
            db.session.remove()
            db.engine.dispose()
    finally:
        jobs._runner = runner


@pytest.fixture
def take_in_there(other_portal: Flask, clock: FrozenClock) -> Importer:
    """`take_in_there(path)` imports into the other portal."""

    def take(path: Path) -> Report:
        root = db.session.query(User).filter_by(login="root").one()
        return import_library(actor_for(root), open_folder(path), clock())

    return take
