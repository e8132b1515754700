"""One indexer at a time, over all processes and all machines."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from time import monotonic, sleep

from flask import current_app
from sqlalchemy import func, select

from portal.config import Settings
from portal.extensions import db
from portal.search.engine import IndexBusy

# A number that nobody else locks in this database.
_KEY = 5_237_416_218
_DELAY = 0.02
Take = Callable[[], bool]


@contextmanager
def alone(wait: float) -> Iterator[None]:
    """Reading records and writing their documents must not be interleaved with another's, or an
    older text could overwrite a newer one. Refuses with IndexBusy after `wait` seconds."""
    with _lock() as take:
        deadline = monotonic() + wait
        while not take():
            if monotonic() >= deadline:
                raise IndexBusy("busy: another process is indexing")
            sleep(_DELAY)
        yield


def _lock() -> AbstractContextManager[Take]:
    return _in_database() if db.engine.dialect.name == "postgresql" else _in_data_folder()


@contextmanager
def _in_database() -> Iterator[Take]:
    """Machines may share the database alone. The lock ends with its connection at the latest."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            yield lambda: bool(connection.scalar(select(func.pg_try_advisory_lock(_KEY))))
        finally:
            connection.execute(select(func.pg_advisory_unlock_all()))


@contextmanager
def _in_data_folder() -> Iterator[Take]:
    settings: Settings = current_app.extensions["settings"]
    try:
        settings.make_folder()
        file = open(settings.data / "index.lock", "w")  # noqa: SIM115  (closed below)
    except OSError as error:
        raise IndexBusy(f"unwritable: {error}") from error

    def take() -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    with file:
        yield take
