"""The append-only audit log: each entry carries the hash of the one before it.

Entries wait until the transaction commits. The chain is then the last thing a transaction waits
for, whatever it holds and in whichever order: nobody who writes an entry waits for somebody who
waits for the chain.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, event, select, text
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from portal.extensions import db

GENESIS = "0" * 64
# Any fixed number: PostgreSQL lets one transaction at a time append to the chain.
CHAIN_LOCK = 7_001_001
# Of a session: the entries that wait for its commit, and how many had when each part began.
WAITING, MARKS = "audit_waiting", "audit_marks"


class AuditEntry(db.Model):  # type: ignore[name-defined, misc]
    """Who did what to which record, and when. Triggers of the database forbid changing one."""

    __tablename__ = "audit_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(db.JSON)
    previous: Mapped[str] = mapped_column(db.String(64))
    digest: Mapped[str] = mapped_column(db.String(64))

    def expected_digest(self) -> str:
        """SHA-256 over this entry's facts and the digest before it."""
        facts = [
            self.at.isoformat(), self.actor_id, self.action, self.subject, self.detail,
            self.previous,
        ]
        canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()


def record(actor_id: int | None, action: str, subject: str, now: datetime, **detail: Any) -> None:
    """Append an entry to the chain when the running transaction commits. `subject` is like
    `case:12`."""
    # The entry belongs to this transaction, even when nothing was asked of the database yet.
    session = db.session()
    if not session.in_transaction():
        session.begin()
    # Callers go on to name the ids of what they have just added.
    session.flush()
    # As it is now and will be read back, or the digest would not fit.
    kept = json.loads(json.dumps(detail))
    session.info.setdefault(WAITING, []).append(
        AuditEntry(at=now.astimezone(UTC), actor_id=actor_id, action=action, subject=subject,
                   detail=kept))


@event.listens_for(Session, "before_commit")
def _append(session: Session) -> None:
    """Rows first, then the chain. The end of a part of the transaction is not its end."""
    if session.in_nested_transaction():
        return
    waiting = session.info.pop(WAITING, None)
    if not waiting:
        return
    session.flush()
    if db.engine.dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
    previous = session.scalar(_newest()) or GENESIS
    for entry in waiting:
        entry.previous = previous
        entry.digest = previous = entry.expected_digest()
    session.add_all(waiting)
    session.flush()


@event.listens_for(Session, "after_transaction_create")
def _begin_part(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        marks = session.info.setdefault(MARKS, {})
        marks[transaction] = len(session.info.get(WAITING, ()))


@event.listens_for(Session, "after_soft_rollback")
def _undo_part(session: Session, transaction: SessionTransaction) -> None:
    """What is undone was not done. A flush that fails undoes the part that it belongs to."""
    part: SessionTransaction | None = transaction
    while part is not None and not part.nested:
        part = part.parent
    if part is not None:
        del session.info.get(WAITING, [])[session.info[MARKS][part]:]


@event.listens_for(Session, "after_transaction_end")
def _end(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(WAITING, None)
        session.info.pop(MARKS, None)


def _newest() -> Select[str]:
    return select(AuditEntry.digest).order_by(AuditEntry.id.desc()).limit(1)


def broken_links() -> Iterator[int]:
    """Ids of entries that were altered, or whose predecessor is missing."""
    previous = GENESIS
    for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).yield_per(1000):
        if entry.previous != previous or entry.digest != entry.expected_digest():
            yield entry.id
        previous = entry.digest
