"""Compares the index with the database, and asks for what differs to be written anew."""

import logging
from collections.abc import Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from portal.core import jobs
from portal.core.unit_of_work import reading_only, transaction
from portal.extensions import db
from portal.search import indexer, records
from portal.search.engine import EngineStatus, IndexBroken, SearchUnavailable
from portal.search.models import IndexJob
from portal.search.outbox import enqueue, oldest, pending

log = logging.getLogger(__name__)
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Differences:
    """References that differ although no job waits for them."""

    missing: Set[str] = NOTHING
    needless: Set[str] = NOTHING
    changed: Set[str] = NOTHING

    @property
    def all(self) -> Set[str]:
        return self.missing | self.needless | self.changed


@dataclass(frozen=True)
class Health:
    """How the index stands to the database."""

    status: EngineStatus
    total: int
    waiting: int
    oldest: timedelta | None
    differences: Differences


@jobs.job("compare_index", every_minutes=60, at_start=True)
def reconcile() -> None:
    """Ask for what the index lacks, or holds in vain. Reads the index whole, but no record."""
    status = indexer.engine().check()
    if not status.healthy:
        indexer.suspect(IndexBroken(status.detail))
        return
    ask_for(compare())


def ask_for(found: Differences) -> None:
    """Have them written anew."""
    if found.all:
        log.warning("the index differs from the database: %s", summary(found))
        with transaction():
            enqueue(found.all)


def compare(*, thorough: bool = False) -> Differences:
    """References only; with `thorough` also what stands behind each of them, which reads all
    records. Nothing, when the index cannot answer."""
    with reading_only():
        try:
            held = indexer.engine().refs()
            changed = _changed() if thorough else NOTHING
        except SearchUnavailable:
            return Differences()
        wanted = records.refs()
        asked_for = frozenset(db.session.scalars(select(IndexJob.ref)))
    return Differences(wanted - held - asked_for, held - wanted - asked_for, changed - asked_for)


def examine(*, thorough: bool = False) -> Health:
    """Everything that an operator may want to know."""
    status = indexer.engine().check()
    found = compare(thorough=thorough) if status.healthy else Differences()
    since = oldest()
    age = datetime.now(UTC) - since if since else None
    return Health(status, records.total(), pending(), age, found)


def summary(found: Differences) -> str:
    """How many of each kind, and the first of them."""
    kinds = (("missing", found.missing), ("needless", found.needless), ("changed", found.changed))
    return ", ".join(
        f"{len(refs)} {kind} ({', '.join(sorted(refs)[:3])})" for kind, refs in kinds if refs
    )


def _changed() -> frozenset[str]:
    held = indexer.engine().fingerprints()
    return frozenset(
        document.ref for document in records.everything()
        if held.get(document.ref, document.fingerprint) != document.fingerprint
    )
