"""The append-only audit log: each entry carries the hash of the one before it."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.extensions import db

GENESIS = "0" * 64
# Any fixed number: PostgreSQL lets one transaction at a time append to the chain.
CHAIN_LOCK = 7_001_001


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
    """Append an entry to the chain, in the running transaction. `subject` is like `case:12`."""
    if db.engine.dialect.name == "postgresql":
        # Rows first, then the chain, in every transaction: else two could wait for each other.
        db.session.flush()
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
    last = db.session.scalar(_newest())
    entry = AuditEntry(
        # In the form in which it is read back, or the digest would not fit.
        at=now.astimezone(UTC), actor_id=actor_id, action=action, subject=subject, detail=detail,
        previous=last or GENESIS,
    )
    entry.digest = entry.expected_digest()
    db.session.add(entry)
    # The next entry of this transaction must find this one.
    db.session.flush()


def _newest() -> Select[str]:
    return select(AuditEntry.digest).order_by(AuditEntry.id.desc()).limit(1)


def broken_links() -> Iterator[int]:
    """Ids of entries that were altered, or whose predecessor is missing."""
    previous = GENESIS
    for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).yield_per(1000):
        if entry.previous != previous or entry.digest != entry.expected_digest():
            yield entry.id
        previous = entry.digest
