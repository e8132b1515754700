"""Search engines under one small interface, so that all are measured in the same way; our own."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from labelled import EVERYONE

from portal.search.document import Document
from portal.search.engine import Engine, SearchRequest
from portal.search.postgres_engine import PostgresEngine
from portal.search.query import parse
from portal.search.whoosh_engine import WhooshEngine

LIMIT = 10


class Missing(Exception):  # noqa: N818  (a state of this machine, not a mistake)
    """An engine that cannot be measured here, and why."""


class Place:
    """Where engines keep their indexes: a folder, and a PostgreSQL server when one is asked for."""

    def __init__(self, folder: Path, stack: ExitStack, address: str = "") -> None:
        self._folder = folder
        self._stack = stack
        self._address = address

    def folder(self, name: str) -> Path:
        path = self._folder / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    def postgres(self) -> str:
        """The address of a server of our own."""
        from tests.postgres_server import PostgresServer, find_programs

        if not find_programs():
            raise Missing("PostgreSQL is not installed")
        if not self._address:
            self._address = self._stack.enter_context(PostgresServer()).start()
        return self._address


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


class Chain(Protocol):
    """An engine with its analysis and ranking, in a folder of its own. `build` fills a new index,
    `open` finds one that another process built; then it can be asked and take documents."""

    name: str

    def build(self, documents: Iterable[Document]) -> None: ...

    def open(self) -> None: ...

    def search(self, text: str) -> list[str]:
        """References of the ten best."""

    def save(self, document: Document) -> None:
        """Write a new document so that the next question finds it."""

    def size_bytes(self) -> int: ...


class OurEngine:
    """What the engines of the portal have in common."""

    engine: Engine

    def build(self, documents: Iterable[Document]) -> None:
        self.engine.rebuild(documents)

    def open(self) -> None:
        self.engine.warm()

    def search(self, text: str) -> list[str]:
        request = SearchRequest(parse(text), EVERYONE, limit=LIMIT)
        return [hit.ref for hit in self.engine.search(request).hits]

    def save(self, document: Document) -> None:
        self.engine.write([document])

    def size_bytes(self) -> int:
        return self.engine.status().size_bytes


class Portal(OurEngine):
    name = "portal (Whoosh)"

    def __init__(self, place: Place) -> None:
        self.engine = WhooshEngine(place.folder("portal"))


class PortalOnPostgres(OurEngine):
    name = "portal (PostgreSQL)"

    def __init__(self, place: Place) -> None:
        self.engine = PostgresEngine(place.postgres())
