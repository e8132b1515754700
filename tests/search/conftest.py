"""What the tests of the search room share: texts under cases, and asking as a person."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from portal.core import jobs
from portal.extensions import db
from portal.search import find, indexer
from portal.search.engine import Engine
from portal.search.engines import make_engine
from portal.search.postgres_engine.connections import close_connections
from portal.search.postgres_engine.statements import ENGINE_TABLES
from tests.cases.conftest import act, attach, draft, problem, propose, remark  # noqa: F401
from tests.characters import Character
from tests.search.places import KINDS, Folder, Place, Schema
from tests.search.sales_library import LIBRARY


@pytest.fixture(scope="session", params=KINDS)
def engine_kind(request: pytest.FixtureRequest) -> str:
    """Every engine must behave the same."""
    return str(request.param)


@pytest.fixture(scope="session")
def new_place(
    engine_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Place]]:
    """`new_place()`: an empty place for an index."""
    if engine_kind == "whoosh":
        yield lambda: Folder(tmp_path_factory.mktemp("place") / "index")
        return
    database = request.getfixturevalue("database")
    yield lambda: Schema(database.url)
    close_connections()


@pytest.fixture
def place(new_place: Callable[[], Place]) -> Place:
    return new_place()


@pytest.fixture
def engine(place: Place) -> Engine:
    """An engine that holds the small sales library."""
    engine = place.engine()
    engine.rebuild(LIBRARY)
    return engine


@pytest.fixture
def either_engine(app: Flask, engine_kind: str) -> Iterator[None]:
    """The portal is searched by each engine in turn."""
    if engine_kind == "whoosh":
        yield
        return
    before = {name: app.extensions[name] for name in ("settings", "search_engine")}
    settings = before["settings"].model_copy(update={"search": engine_kind})
    app.extensions.update(settings=settings, search_engine=make_engine(settings))
    indexer.rebuild()
    yield
    app.extensions.update(before)
    close_connections()


@pytest.fixture
def spoil_index(app: Flask) -> Callable[[], None]:
    """`spoil_index()`: nothing in the index can be read any more."""

    def spoil() -> None:
        settings = app.extensions["settings"]
        if settings.search == "whoosh":
            for path in settings.index.rglob("*"):
                if path.is_file():
                    path.write_bytes(b"garbage")
        else:
            _drop_index_tables()
        app.extensions["search_engine"] = make_engine(settings)

    return spoil


@pytest.fixture
def lose_index(app: Flask) -> Callable[[], None]:
    """`lose_index()`: somebody deleted the index."""

    def lose() -> None:
        settings = app.extensions["settings"]
        if settings.search == "whoosh":
            shutil.rmtree(settings.index)
        else:
            _drop_index_tables()

    return lose


def _drop_index_tables() -> None:
    with db.engine.begin() as connection:
        for name, _ in connection.exec_driver_sql(ENGINE_TABLES).all():
            connection.exec_driver_sql(f"DROP TABLE {name}")


@pytest.fixture
def asleep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody works in the background: index jobs stay where they were written."""
    monkeypatch.setattr(jobs, "wake", lambda name: None)


@pytest.fixture
def found(app: Flask) -> Callable[..., list[str]]:
    """`found(alice, "撞单")`: the titles of the hits, best first."""

    def search(person: Character, text: str, **more: Any) -> list[str]:
        with app.test_request_context(headers={"Accept-Language": "en"}):
            return [hit.card.title for hit in find.search(person.actor, text, **more).found]

    return search
