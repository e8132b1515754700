"""Brings the index up to date with the database."""

import fcntl
import logging
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import IO

from flask import current_app
from sqlalchemy import delete, func, select

from portal.config import Settings
from portal.core import jobs
from portal.core.unit_of_work import reading_only, transaction
from portal.extensions import db
from portal.search.document import Document
from portal.search.engine import Engine, IndexBroken, IndexBusy, SearchUnavailable
from portal.search.models import IndexJob
from portal.search.sources import by_source, installed

log = logging.getLogger(__name__)
BATCH = 500
Progress = Callable[[int], None]


def engine() -> Engine:
    """The engine of the running application."""
    found: Engine = current_app.extensions["search_engine"]
    return found


@contextmanager
def _alone(wait: float) -> Iterator[None]:
    """One indexer at a time, over all processes: reading records and writing their documents
    must not be interleaved with another's, or an older text could overwrite a newer one."""
    settings: Settings = current_app.extensions["settings"]
    settings.make_folder()
    with open(settings.data / "index.lock", "w") as file:
        _lock(file, wait)
        yield


def _lock(file: IO[str], wait: float) -> None:
    deadline = monotonic() + wait
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.write(str(os.getpid()))
            return
        except BlockingIOError:
            if monotonic() > deadline:
                raise IndexBusy("another process is indexing") from None
            sleep(0.01)


@jobs.job("index", every_minutes=1)
def sweep() -> None:
    """What a wake-up, or the clock, asks for."""
    index_pending()


def index_pending(wait: float = 10.0) -> int:
    """Write the documents of all waiting records; the number of records written.

    Leaves the jobs in place when the index is busy or broken: the next sweep tries again.
    """
    done = 0
    try:
        with _alone(wait):
            while batch := _next_batch():
                refs = {ref for _, ref in batch}
                with reading_only():
                    documents = list(_documents(refs))
                gone = refs - {document.ref for document in documents}
                engine().write(documents, gone, wait=wait)
                with transaction():
                    _finish([job_id for job_id, _ in batch])
                done += len(refs)
    except IndexBusy as busy:
        log.info("index is busy, %s jobs stay: %s", pending(), busy)
    except IndexBroken as broken:
        log.warning("index is broken, rebuilding: %s", broken)
        rebuild()
    return done


@jobs.job("tidy_index", every_minutes=10)
def tidy() -> None:
    """Merge what many single writes left, so that searching stays quick."""
    try:
        with _alone(1.0):
            engine().merge()
    except SearchUnavailable as reason:
        log.info("the index is not tidied now: %s", reason)


def rebuild(progress: Progress | None = None) -> int:
    """Make the whole index anew while the old one serves; the number of documents."""
    with _alone(60.0):
        with reading_only():
            waiting = db.session.scalars(select(IndexJob.id)).all()
            written = engine().rebuild(_everything(), progress)
        with transaction():
            # Exactly these: what is committed during the rebuild stays, and on PostgreSQL even a
            # smaller id may be committed later.
            for start in range(0, len(waiting), BATCH):
                _finish(waiting[start : start + BATCH])
    index_pending()
    return written


def pending() -> int:
    """How many jobs wait."""
    return db.session.scalar(select(func.count()).select_from(IndexJob)) or 0


def total() -> int:
    """How many records the index should hold."""
    return sum(len(source.all_ids()) for source in installed())


def _next_batch() -> list[tuple[int, str]]:
    query = select(IndexJob.id, IndexJob.ref).order_by(IndexJob.id).limit(BATCH)
    with reading_only():
        return [(job_id, ref) for job_id, ref in db.session.execute(query)]


def _finish(job_ids: Collection[int]) -> None:
    db.session.execute(delete(IndexJob).where(IndexJob.id.in_(job_ids)))


def _documents(refs: Collection[str]) -> Iterator[Document]:
    for source, ids in by_source(refs).items():
        yield from source.documents(ids)


def _everything() -> Iterator[Document]:
    for source in installed():
        ids = sorted(source.all_ids())
        for start in range(0, len(ids), BATCH):
            yield from source.documents(ids[start : start + BATCH])
            # A library of any size is read in the memory of one batch.
            db.session.expire_all()
            db.session.expunge_all()
