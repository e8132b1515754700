"""Writes an index job in the transaction of every change, so that no path can forget it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event, func, insert, select
from sqlalchemy.orm import Session

from portal.core import jobs
from portal.core.unit_of_work import after_commit
from portal.extensions import db
from portal.search.models import IndexJob
from portal.search.sources import installed


def enqueue(refs: Iterable[str]) -> None:
    """Ask for these records to be indexed anew, once this transaction commits.

    For changes that pass by single rows: bulk updates, relabelled lists.
    """
    wanted = sorted(set(refs))
    if not wanted:
        return
    now = datetime.now(UTC)
    db.session.execute(insert(IndexJob), [{"ref": ref, "created_at": now} for ref in wanted])
    after_commit("index", lambda: jobs.wake("index"))


def pending() -> int:
    """How many jobs wait."""
    return db.session.scalar(select(func.count()).select_from(IndexJob)) or 0


def oldest() -> datetime | None:
    """Since when the oldest job waits."""
    return db.session.scalar(select(func.min(IndexJob.created_at)))


def _touched(rows: Iterable[Any]) -> set[str]:
    found = set()
    for row in rows:
        for source in installed():
            record = source.touched(row)
            if record is not None:
                found.add(f"{source.prefix}:{record}")
    return found


@event.listens_for(Session, "after_flush")
def _remember_changes(session: Session, context: object) -> None:
    refs = _touched([*session.new, *session.dirty, *session.deleted])
    # A record saved in several steps needs one job.
    seen = session.info.setdefault("indexed_refs", set())
    if refs - seen:
        enqueue(refs - seen)
        seen |= refs


@event.listens_for(Session, "after_commit")
@event.listens_for(Session, "after_rollback")
def _forget_changes(session: Session) -> None:
    session.info.pop("indexed_refs", None)
