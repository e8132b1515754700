"""One transaction a request: committed once after the view, rolled back on any failure."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask, Response, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy import event
from sqlalchemy.orm import Session

from portal.core.database import reading
from portal.extensions import db

log = logging.getLogger(__name__)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
AfterCommit = Callable[[], None]


class GetWroteError(RuntimeError):
    """A request that must not write tried to: a defect in the view."""


class TransactionalFlask(Flask):
    """Flask, with the unit of work around every view."""

    def full_dispatch_request(self) -> Response:
        token = reading.set(request.method in SAFE_METHODS)
        try:
            return super().full_dispatch_request()
        finally:
            reading.reset(token)

    def dispatch_request(self) -> ResponseReturnValue:
        said = list(session.get("_flashes", ()))
        try:
            response = self.make_response(super().dispatch_request())
            if response.status_code < 400:
                for check in self.extensions.get("answer_checks", ()):
                    check()
            if request.method in SAFE_METHODS or response.status_code >= 400:
                abandon()
            else:
                complete()
        except BaseException:
            abandon()
            _unsay(said)
            raise
        return response


def _unsay(said: list[object]) -> None:
    """That something was done is not so: on the next page stands only what was `said` before."""
    if session.get("_flashes", []) != said:
        session["_flashes"] = said


def complete() -> None:
    """Commit, then do what was asked for after the commit."""
    db.session.commit()
    for name, callback in db.session.info.pop("after_commit", {}).items():
        try:
            callback()
        except Exception:
            # The write is done; what follows is found again by the next sweep.
            log.exception("after the commit, %s failed", name)


def abandon() -> None:
    """Roll back, and forget what was asked for after the commit."""
    db.session.info.pop("after_commit", None)
    db.session.rollback()
    # What still follows in this request (an error page) only reads.
    reading.set(True)


def after_commit(name: str, callback: AfterCommit) -> None:
    """Run `callback` once after this transaction commits, however often `name` is asked for."""
    db.session.info.setdefault("after_commit", {})[name] = callback


@contextmanager
def reading_only() -> Iterator[Session]:
    """For jobs that look before they write: takes no write lock, and refuses writes."""
    token = reading.set(True)
    try:
        yield db.session()
    finally:
        db.session.rollback()
        reading.reset(token)


@contextmanager
def transaction() -> Iterator[Session]:
    """The unit of work for commands and jobs."""
    token = reading.set(False)
    try:
        yield db.session()
        complete()
    except BaseException:
        abandon()
        raise
    finally:
        reading.reset(token)


@event.listens_for(Session, "before_flush")
def _refuse_writes_while_reading(session: Session, context: object, instances: object) -> None:
    if reading.get() and (session.new or session.dirty or session.deleted):
        changed = [*session.new, *(o for o in session.dirty if session.is_modified(o)),
                   *session.deleted]
        if changed:
            raise GetWroteError(f"a reading request changed {changed!r}")
