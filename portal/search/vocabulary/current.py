"""The synonyms in force: what the table holds, known to every process within two seconds."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from flask import current_app
from sqlalchemy import Connection, event, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.database import reading
from portal.core.unit_of_work import after_commit
from portal.extensions import db
from portal.search import indexer
from portal.search.engine import Engine
from portal.search.models import SynonymGroup
from portal.search.synonyms import Synonyms, shipped

log = logging.getLogger(__name__)
EVERY = timedelta(seconds=2)
# Who just changed a group waits so long (seconds) for a thread that is asking at this moment.
_PATIENCE = 1.0
NAME = "synonyms"


@dataclass(frozen=True)
class _Known:
    """The synonyms, the state of the table they come from, and when it was asked."""

    synonyms: Synonyms
    stamp: tuple[int, ...] | None
    asked_at: datetime
    changes: int


class Keeper:
    """What one process knows of the table. One thread at a time asks; the others go on."""

    def __init__(self) -> None:
        self._known: _Known | None = None
        self._changes = 0
        self._asking = Lock()

    def forget(self) -> None:
        """This process changed the table: the next search asks it."""
        self._changes += 1

    def synonyms(self, now: datetime) -> Synonyms:
        """The synonyms in force; those that come with the portal while nobody knows better."""
        known = self._known
        if known is None or not self._is_fresh(known, now):
            outdated = known is None or known.changes != self._changes
            if self._asking.acquire(timeout=_PATIENCE if outdated else 0):
                try:
                    known = self._ask(now)
                finally:
                    self._asking.release()
        return known.synonyms if known else shipped()

    def _is_fresh(self, known: _Known, now: datetime) -> bool:
        return known.changes == self._changes and abs(now - known.asked_at) < EVERY

    def _ask(self, now: datetime) -> _Known:
        known, changes = self._known, self._changes
        if known is not None and self._is_fresh(known, now):
            # Another thread asked while this one waited.
            return known
        synonyms, stamp = (known.synonyms, known.stamp) if known else (shipped(), None)
        try:
            with _connection() as connection:
                newest = _stamp(connection)
                if newest != stamp:
                    synonyms, stamp = _read(connection, newest), newest
        except SQLAlchemyError as error:
            log.warning("the synonyms cannot be read now, the known ones serve: %s", error)
        self._known = _Known(synonyms, stamp, now, changes)
        return self._known


def engine() -> Engine:
    """The engine of the running application, searching with the synonyms in force."""
    found = indexer.engine()
    synonyms = _keeper().synonyms(clock.now())
    if found.synonyms is not synonyms:
        found.synonyms = synonyms
    return found


def current() -> Synonyms:
    """The synonyms in force."""
    return engine().synonyms


def forget() -> None:
    """Ask the table at the next search."""
    _keeper().forget()


def _keeper() -> Keeper:
    known: Keeper | None = current_app.extensions.get(NAME)
    # Of two threads that come first, both get the one that was put down.
    return known or current_app.extensions.setdefault(NAME, Keeper())  # type: ignore[no-any-return]


@contextmanager
def _connection() -> Iterator[Connection]:
    """One of its own: it sees what is committed, and a failure leaves the request's unharmed."""
    token = reading.set(True)
    try:
        with db.engine.connect() as connection:
            yield connection
    finally:
        reading.reset(token)


def _stamp(connection: Connection) -> tuple[int, ...]:
    """Another one after every change of the table."""
    row = connection.execute(select(
        func.count(), func.coalesce(func.sum(SynonymGroup.revision), 0),
        func.coalesce(func.max(SynonymGroup.id), 0),
    )).one()
    return tuple(int(number) for number in row)


def _read(connection: Connection, stamp: tuple[int, ...]) -> Synonyms:
    if not stamp[0]:
        return shipped()
    present = select(SynonymGroup.phrases).where(SynonymGroup.removed_at.is_(None))
    return Synonyms(connection.scalars(present.order_by(SynonymGroup.id)))


@event.listens_for(Session, "after_flush")
def _notice(session: Session, context: Any) -> None:
    """Whoever changes a group, this process searches with it right after the commit."""
    changed = (*session.new, *session.dirty, *session.deleted)
    if any(isinstance(row, SynonymGroup) for row in changed):
        after_commit(NAME, forget)
