"""Where an engine of a test keeps its index: a folder, or a schema of the tests' own database."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import psycopg

from portal.search.engine import Engine
from portal.search.postgres_engine import PostgresEngine, statements
from portal.search.postgres_engine.connections import transaction
from portal.search.whoosh_engine import WhooshEngine
from portal.search.whoosh_engine.folder import IndexFolder
from tests.databases import on_postgresql

KINDS = ("whoosh", "postgresql") if on_postgresql() else ("whoosh",)
_numbers = count(1)


class Place(Protocol):
    """An empty place; it can be named to another process (`make`, `address`)."""

    make: Callable[..., Engine]
    address: Any
    # Where the engine looks up the version of the analyzer.
    analyzer: str

    def engine(self, *more: Any) -> Engine: ...

    def destroy(self) -> None: ...

    def generations(self) -> int: ...

    def held(self) -> AbstractContextManager[object]: ...


class Folder:
    make = WhooshEngine
    analyzer = "portal.search.whoosh_engine.folder.ANALYZER_VERSION"

    def __init__(self, path: Path) -> None:
        self.address = path

    def engine(self, *more: Any) -> Engine:
        return WhooshEngine(self.address, *more)

    def destroy(self) -> None:
        for path in sorted(self.address.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()

    def generations(self) -> int:
        """How many indexes lie there, the one in use included."""
        return len(list(self.address.glob("index-*")))

    def held(self) -> AbstractContextManager[object]:
        """Another writer is at work."""
        return IndexFolder(self.address).writing(0)


class Schema:
    make = PostgresEngine
    analyzer = "portal.search.postgres_engine.tables.ANALYZER_VERSION"

    def __init__(self, database: str) -> None:
        self.name = f"engine_{next(_numbers)}"
        self._database = database.replace("postgresql+psycopg://", "postgresql://")
        self.run(f"CREATE SCHEMA IF NOT EXISTS {self.name}")
        self.address = f"{database}&options=-csearch_path%3D{self.name}"

    def engine(self, *more: Any) -> Engine:
        return PostgresEngine(self.address, *more)

    def run(self, statement: str) -> list[Any]:
        """Something done to the tables behind the engine's back."""
        with psycopg.connect(self._database, autocommit=True) as connection:
            connection.execute(f"SET search_path = {self.name}")
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def tables(self) -> list[str]:
        names = f"SELECT tablename FROM pg_tables WHERE schemaname = '{self.name}' ORDER BY 1"
        return [name for (name,) in self.run(names)]

    def destroy(self) -> None:
        for table in self.tables():
            self.run(f"DROP TABLE {table}")

    def generations(self) -> int:
        return sum("documents" in table for table in self.tables())

    @contextmanager
    def held(self) -> Iterator[None]:
        with transaction(self.address, statements.BEGIN_WRITING) as cursor:
            cursor.execute(statements.LOCK_WRITING)
            yield
