"""The engine's own connections: a small pool in each process, apart from the portal's sessions."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors
from sqlalchemy import Engine, PoolProxiedConnection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from ..engine import IndexBroken, IndexBusy

_SIZE = 4
_MORE = 12
_CONNECT_SECONDS = 5
_POOL_SECONDS = 10

_PASSING = (errors.ReadOnlySqlTransaction, errors.InsufficientPrivilege)
_MISSING = (errors.UndefinedTable, errors.InvalidSchemaName)
_DAMAGED = (errors.UndefinedColumn, errors.UndefinedFile, errors.InternalError)

# One pool for a process and database, whoever asks. After a fork the child makes its own, and never
# touches its parent's connections, which it keeps here so that they are not closed either.
_pools: dict[tuple[int, str], Engine] = {}
_making = threading.Lock()

_UNFINISHED = (psycopg.pq.TransactionStatus.INTRANS, psycopg.pq.TransactionStatus.INERROR)
Cursor = psycopg.Cursor[tuple[object, ...]]


def close_connections() -> None:
    """Close what this process opened; for its end, or before it forks."""
    with _making:
        for pid, url in [key for key in _pools if key[0] == os.getpid()]:
            _pools.pop((pid, url)).dispose()


@contextmanager
def transaction(url: str, begin: str) -> Iterator[Cursor]:
    """A transaction that `begin` opens; committed at the end, rolled back by an exception.

    The cursor stands at the last result of `begin`. The server's refusals come as IndexBusy and
    IndexBroken.
    """
    with _refusals():
        pooled, cursor = _begun(url, begin)
        try:
            while cursor.nextset():
                pass
            yield cursor
            cursor.execute("COMMIT")
        finally:
            if cursor.connection.info.transaction_status in _UNFINISHED:
                cursor.execute("ROLLBACK")
            pooled.close()


def _begun(url: str, begin: str) -> tuple[PoolProxiedConnection, Cursor]:
    """A connection with a transaction begun. A server restarted since the last question is not an
    error of this one."""
    pool = _pool(url)
    for may_be_stale in (True, False):
        try:
            pooled = pool.raw_connection()
        except (DBAPIError, PoolTimeoutError) as error:
            raise IndexBusy(f"busy: {_first_line(error)}") from error
        connection = pooled.driver_connection
        if not isinstance(connection, psycopg.Connection):
            raise TypeError(f"{url} is not served by psycopg")
        try:
            connection.autocommit = True
            return pooled, connection.execute(begin)
        except BaseException:
            is_stale = may_be_stale and connection.closed
            pooled.close()
            if not is_stale:
                raise
            pool.dispose()
    raise AssertionError("unreachable")


def _pool(url: str) -> Engine:
    key = (os.getpid(), url)
    with _making:
        if key not in _pools:
            _pools[key] = create_engine(
                url, pool_size=_SIZE, max_overflow=_MORE, pool_timeout=_POOL_SECONDS,
                # Prepared statements would be planned without looking at the words asked for.
                connect_args={"prepare_threshold": None, "connect_timeout": _CONNECT_SECONDS},
            )
        return _pools[key]


@contextmanager
def _refusals() -> Iterator[None]:
    """What the server refuses: a full disk, a held lock, a lost connection pass; what is missing
    or damaged is healed by a rebuild."""
    try:
        yield
    except _PASSING as error:
        raise IndexBusy(f"busy: {_first_line(error)}") from error
    except _MISSING as error:
        raise IndexBroken(f"missing: {_first_line(error)}") from error
    except _DAMAGED as error:
        raise IndexBroken(f"damaged: {_first_line(error)}") from error
    except psycopg.OperationalError as error:
        raise IndexBusy(f"busy: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", error)).strip().partition("\n")[0]
