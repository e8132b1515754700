"""The database of a test run: filled once by the migrations, put back before every test."""

import os
import sqlite3
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from flask import Flask
from sqlalchemy import event

from portal.extensions import db
from tests.postgres_server import PostgresServer


class Database(Protocol):
    """`keep(name)` remembers the present contents; `put_back(name)` returns to them."""

    url: str | None

    def prepare(self, app: Flask) -> None: ...

    def keep(self, name: str) -> None: ...

    def put_back(self, name: str) -> None: ...

    def close(self) -> None: ...


class SqliteFile:
    """A file in the data folder; its kept contents are copied back page by page."""

    url = None

    def __init__(self, data: Path) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self._live = sqlite3.connect(data / "portal.sqlite3", timeout=10, check_same_thread=False)
        self._live.execute("PRAGMA synchronous = OFF")
        self._kept: dict[str, sqlite3.Connection] = {}

    def prepare(self, app: Flask) -> None:
        with app.app_context():
            event.listen(db.engine, "connect", _never_sync)

    def keep(self, name: str) -> None:
        self._kept[name] = sqlite3.connect(":memory:", check_same_thread=False)
        self._live.backup(self._kept[name])

    def put_back(self, name: str) -> None:
        self._kept[name].backup(self._live)

    def close(self) -> None:
        for connection in [*self._kept.values(), self._live]:
            connection.close()


def _never_sync(connection: sqlite3.Connection, record: object) -> None:
    # The tests' data need not survive a power cut.
    connection.execute("PRAGMA synchronous = OFF")


class PostgresDatabase:
    """A server of the tests' own; kept rows lie in schemas of their own."""

    def __init__(self) -> None:
        self._server = PostgresServer()
        self.url = self._server.start()
        address = self.url.replace("postgresql+psycopg://", "postgresql://")
        self._connection = psycopg.connect(address, autocommit=True)
        self._put_back: dict[str, str] = {}

    def prepare(self, app: Flask) -> None:
        """The server stands ready already."""

    def keep(self, name: str) -> None:
        run = self._connection.execute
        run(f"CREATE SCHEMA kept_{name}")
        # Without triggers and foreign keys the order does not matter and the audit log yields.
        statements = ["SET session_replication_role = replica"]
        for table in [table.name for table in db.metadata.sorted_tables]:
            kept, live = f'kept_{name}."{table}"', f'public."{table}"'
            run(f"CREATE TABLE {kept} AS TABLE {live}")
            statements.append(f"DELETE FROM {live}")
            if run(f"SELECT 1 FROM {kept} LIMIT 1").fetchone():
                statements.append(f"INSERT INTO {live} SELECT * FROM {kept}")
        statements += [
            f"SELECT setval('{sequence}', (SELECT coalesce(max(id), 0) + 1 "
            f'FROM kept_{name}."{table}"), false)'
            for table, sequence in run(SEQUENCES).fetchall() if sequence
        ]
        statements.append("SET session_replication_role = origin")
        self._put_back[name] = ";".join(statements)

    def put_back(self, name: str) -> None:
        self._connection.execute(self._put_back[name])

    def close(self) -> None:
        self._connection.close()
        with self._server:
            pass


# Tables whose numbers the server counts, and the counters.
SEQUENCES = """
    SELECT c.relname, pg_get_serial_sequence(quote_ident(c.relname), 'id')
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'id'
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
"""


def on_postgresql() -> bool:
    """Whether `PORTAL_TEST_DATABASE` asks for postgresql; sqlite is the default."""
    wanted = os.environ.get("PORTAL_TEST_DATABASE", "sqlite")
    if wanted not in ("sqlite", "postgresql"):
        raise pytest.UsageError(f"PORTAL_TEST_DATABASE={wanted}: sqlite or postgresql")
    return wanted == "postgresql"


def open_database(data: Path) -> Database:
    """The database of this run."""
    return PostgresDatabase() if on_postgresql() else SqliteFile(data)
