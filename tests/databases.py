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
    """`keep()` remembers the present contents; `put_back()` returns to them."""

    url: str | None

    def prepare(self, app: Flask) -> None: ...

    def keep(self) -> None: ...

    def put_back(self) -> None: ...

    def close(self) -> None: ...


class SqliteFile:
    """A file in the data folder; its kept contents are copied back page by page."""

    url = None

    def __init__(self, data: Path) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self._live = sqlite3.connect(data / "portal.sqlite3", timeout=10, check_same_thread=False)
        self._live.execute("PRAGMA synchronous = OFF")
        self._kept = sqlite3.connect(":memory:", check_same_thread=False)

    def prepare(self, app: Flask) -> None:
        with app.app_context():
            event.listen(db.engine, "connect", _never_sync)

    def keep(self) -> None:
        self._live.backup(self._kept)

    def put_back(self) -> None:
        self._kept.backup(self._live)

    def close(self) -> None:
        self._kept.close()
        self._live.close()


def _never_sync(connection: sqlite3.Connection, record: object) -> None:
    # The tests' data need not survive a power cut.
    connection.execute("PRAGMA synchronous = OFF")


class PostgresDatabase:
    """A server of the tests' own; kept rows lie in a second schema."""

    def __init__(self) -> None:
        self._server = PostgresServer()
        self.url = self._server.start()

    def prepare(self, app: Flask) -> None:
        pass

    def keep(self) -> None:
        tables = [table.name for table in db.metadata.sorted_tables]
        self._connection = psycopg.connect(
            self.url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True
        )
        run = self._connection.execute
        run("CREATE SCHEMA kept")
        for table in tables:
            run(f'CREATE TABLE kept."{table}" AS TABLE public."{table}"')
        # Without triggers and foreign keys the order does not matter and the audit log yields.
        statements = ["SET session_replication_role = replica"]
        for table in tables:
            statements.append(f'DELETE FROM public."{table}"')
            if run(f'SELECT 1 FROM kept."{table}" LIMIT 1').fetchone():
                statements.append(f'INSERT INTO public."{table}" SELECT * FROM kept."{table}"')
        owned = run(
            "SELECT c.relname, pg_get_serial_sequence(quote_ident(c.relname), 'id') "
            "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'id' "
            "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
        ).fetchall()
        for table, sequence in owned:
            if sequence:
                statements.append(
                    f"SELECT setval('{sequence}', (SELECT coalesce(max(id), 0) + 1 "
                    f'FROM kept."{table}"), false)'
                )
        statements.append("SET session_replication_role = origin")
        self._put_back = ";".join(statements)

    def put_back(self) -> None:
        self._connection.execute(self._put_back)

    def close(self) -> None:
        self._connection.close()
        with self._server:
            pass


def on_postgresql() -> bool:
    """Whether `PORTAL_TEST_DATABASE` asks for postgresql; sqlite is the default."""
    wanted = os.environ.get("PORTAL_TEST_DATABASE", "sqlite")
    if wanted not in ("sqlite", "postgresql"):
        raise pytest.UsageError(f"PORTAL_TEST_DATABASE={wanted}: sqlite or postgresql")
    return wanted == "postgresql"


def open_database(data: Path) -> Database:
    """The database of this run."""
    return PostgresDatabase() if on_postgresql() else SqliteFile(data)
