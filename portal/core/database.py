"""The declarative base, column types, and how connections to SQLite behave."""

import sqlite3
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from weakref import WeakSet

from sqlalchemy import DateTime, Engine, MetaData, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase, registry

# True while a request that must not write is served: SQLite then takes no write lock.
reading: ContextVar[bool] = ContextVar("reading", default=False)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware time, stored as UTC. Raises `ValueError` for a naive one."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without zone cannot be stored: {value!r}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None else None


# For tables whose ids stand in the audit log: SQLite would give the id of a removed row to the
# next one, which would then inherit its history. PostgreSQL never does.
IDS_FOR_EVER = {"sqlite_autoincrement": True}

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Parent of every table; constraints are named so that migrations can address them."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES), type_annotation_map={datetime: UTCDateTime()}
    )


class TidyConnection(sqlite3.Connection):
    """A connection that can end every reading on it.

    A result that nobody read to its end, because something was raised meanwhile, keeps its moment
    of the database as long as the exception lives. Whoever got the connection next would see the
    past, and could not write.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def cursor(self, *args: Any, **kwargs: Any) -> Any:
        cursor = super().cursor(*args, **kwargs)
        self._cursors.add(cursor)
        return cursor

    def end_reading(self) -> None:
        """Close what is still open."""
        for cursor in list(self._cursors):
            cursor.close()
        self._cursors.clear()


def prepare_sqlite(engine: Engine) -> None:
    """Write-ahead log, waiting instead of failing, foreign keys, and honest transactions.

    The driver's own transaction handling is switched off: it starts transactions late, so that
    two writers that have both read could each refuse the other.
    """

    @event.listens_for(engine, "do_connect")
    def tidy(dialect: Any, record: Any, arguments: Any, parameters: dict[str, Any]) -> None:
        parameters["factory"] = TidyConnection

    @event.listens_for(engine, "reset")
    def end_reading(connection: Any, record: Any, state: Any) -> None:
        if isinstance(connection, TidyConnection):
            connection.end_reading()

    @event.listens_for(engine, "connect")
    def configure(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 10000")
        cursor.execute("PRAGMA journal_mode = WAL")
        # An acknowledged write survives a power cut, not only a crash of the process.
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA cache_size = -16000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if reading.get() else "BEGIN IMMEDIATE")
