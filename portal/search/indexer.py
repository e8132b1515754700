"""Brings the index up to date with the database, and mends it."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from time import monotonic
from typing import NamedTuple

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.exc import DBAPIError

from portal.core import jobs
from portal.core.unit_of_work import reading_only, transaction
from portal.extensions import db
from portal.search import records
from portal.search.alone import alone
from portal.search.engine import Engine, IndexBroken, SearchUnavailable
from portal.search.models import IndexJob
from portal.search.outbox import pending
from portal.search.records import total

__all__ = ["engine", "index_pending", "mend", "pending", "rebuild", "suspect", "tidy", "total"]

log = logging.getLogger(__name__)
BATCH = 500
# Whoever holds the index longer than this finishes what waits when done; or the next sweep does.
WAIT = 2.0
# Seconds until the next attempt at a record that cannot be indexed, and at a rebuild that failed.
TRY_AGAIN = 600.0
MEND_AGAIN = 60.0
Progress = Callable[[int], None]


class Waiting(NamedTuple):
    """An index job. Numbers alone may be given again."""

    id: int
    ref: str
    created_at: datetime


@dataclass
class Mending:
    """What this process knows of a broken index."""

    suspected: bool = False
    not_before: float = 0.0


_mending = Mending()
_not_before: dict[Waiting, float] = {}


def engine() -> Engine:
    """The engine of the running application."""
    found: Engine = current_app.extensions["search_engine"]
    return found


@jobs.job("index", every_minutes=1, watchful=True)
def sweep() -> None:
    """What a wake-up, or the clock, asks for."""
    # Where somebody waits for it, one batch must do.
    index_pending(batches=1 if jobs.is_inline() else None)


def index_pending(wait: float = WAIT, *, batches: int | None = None) -> int:
    """Write the documents of all waiting records; the number of jobs done.

    Leaves the jobs in place when the index is busy or broken: the next sweep tries again.
    """
    done = 0
    try:
        with alone(wait):
            for batch in islice(_batches(), batches):
                done += len(_write(batch, wait))
    except SearchUnavailable as reason:
        log.info("%s jobs stay: %s", pending(), reason)
        _mend_if_broken(reason)
    return done


@jobs.job("mend_index", every_minutes=1, at_start=True)
def mend() -> None:
    """Rebuild an index that cannot answer, or that another version wrote and that answers
    meanwhile. Of several processes one does, the others go on."""
    if monotonic() < _mending.not_before or _reason_to_rebuild() is None:
        return
    if jobs.is_inline() and total() > BATCH:
        log.warning("the index wants a rebuild, which takes too long here: portal reindex")
        return
    _mending.not_before = monotonic() + MEND_AGAIN
    try:
        with alone(WAIT):
            # Somebody else may just have done it.
            if reason := _reason_to_rebuild():
                log.warning("rebuilding the index: %s", reason)
                _rebuild()
            for batch in _batches():
                _write(batch, WAIT)
    except SearchUnavailable as refusal:
        log.warning("the index cannot be rebuilt now: %s", refusal)
        return
    _mending.not_before, _mending.suspected = 0.0, False


def suspect(reason: SearchUnavailable) -> None:
    """The index failed to answer somebody: have it looked at soon, whatever comes of it."""
    if isinstance(reason, IndexBroken):
        _mending.suspected = True
        try:
            jobs.wake("mend_index")
        except Exception:
            log.exception("nobody could be told that the index is broken")


def _mend_if_broken(reason: SearchUnavailable) -> None:
    if isinstance(reason, IndexBroken):
        _mending.suspected = True
        mend()


def _reason_to_rebuild() -> str | None:
    # Damage may lie where only some questions meet it.
    status = engine().check() if _mending.suspected else engine().status()
    if status.detail.startswith("busy"):
        # It cannot be asked at the moment, which says nothing of what it holds.
        return None
    if not status.healthy:
        return status.detail
    _mending.suspected = False
    return None if status.current else f"it is of version {status.version}"


@jobs.job("tidy_index", every_minutes=10)
def tidy() -> None:
    """Merge what many single writes left, so that searching stays quick."""
    try:
        with alone(WAIT):
            engine().merge()
    except SearchUnavailable as reason:
        log.info("the index is not tidied now: %s", reason)
        _mend_if_broken(reason)
    index_pending()


def rebuild(progress: Progress | None = None, wait: float = 60.0) -> int:
    """Make the whole index anew while the old one serves; the number of documents."""
    with alone(wait):
        written = _rebuild(progress)
    index_pending()
    return written


def _rebuild(progress: Progress | None = None) -> int:
    with reading_only():
        waiting = db.session.scalars(select(IndexJob.id)).all()
        written = engine().rebuild(records.everything(), progress)
    with transaction():
        # Exactly these: what is committed during the rebuild stays, and on PostgreSQL even a
        # smaller id may be committed later.
        for start in range(0, len(waiting), BATCH):
            _finish(waiting[start : start + BATCH])
    return written


def _batches() -> Iterator[list[Waiting]]:
    """Waiting jobs in the order of their numbers; those that cannot be done hold up nobody."""
    last = 0
    while batch := _batch_after(last):
        last = batch[-1].id
        now = monotonic()
        if ready := [job for job in batch if _not_before.get(job, now) <= now]:
            yield ready


def _batch_after(last: int) -> list[Waiting]:
    query = select(IndexJob.id, IndexJob.ref, IndexJob.created_at).where(IndexJob.id > last)
    with reading_only():
        rows = db.session.execute(query.order_by(IndexJob.id).limit(BATCH))
        return [Waiting(*row) for row in rows]


def _write(batch: list[Waiting], wait: float) -> list[Waiting]:
    """The jobs that could be done: one bad record keeps no other from the index."""
    try:
        _write_documents({job.ref for job in batch}, wait)
    except (SearchUnavailable, DBAPIError):
        raise
    except Exception:
        if len(batch) == 1:
            log.exception("%s cannot be indexed", batch[0].ref)
            _not_before[batch[0]] = monotonic() + TRY_AGAIN
            return []
        middle = len(batch) // 2
        return _write(batch[:middle], wait) + _write(batch[middle:], wait)
    with transaction():
        _finish([job.id for job in batch])
    return batch


def _write_documents(refs: set[str], wait: float) -> None:
    with reading_only():
        documents = list(records.documents(refs))
    gone = refs - {document.ref for document in documents}
    engine().write(documents, gone, wait=wait)


def _finish(job_ids: Sequence[int]) -> None:
    db.session.execute(delete(IndexJob).where(IndexJob.id.in_(job_ids)))
