"""Which process sends which message: each is claimed by one, and freed when that one died."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import or_, select, update

from portal.core.unit_of_work import reading_only, transaction
from portal.extensions import db
from portal.reminders.models import Dispatch
from portal.reminders.rules import LEASE, PAUSES, next_attempt

# Few enough to be sent before the claim runs out, whatever the gateways do.
AT_ONCE = 10
LONGEST_ERROR = 500


@dataclass(frozen=True)
class Claimed:
    """A message that this process alone may send now."""

    id: int
    claim: str
    medium: str
    attempts: int


def claim_due(now: datetime) -> list[Claimed]:
    """Take over some messages that are due, the longest waiting first."""
    free = or_(Dispatch.claim.is_(None), Dispatch.claimed_at < now - LEASE)
    due = (
        select(Dispatch).where(Dispatch.ended_at.is_(None), Dispatch.due_at <= now, free)
        .order_by(Dispatch.due_at, Dispatch.id).limit(AT_ONCE)
    )
    with reading_only():
        # Mostly there is nothing, and looking must not keep writers waiting.
        if db.session.scalar(due.with_only_columns(Dispatch.id).limit(1)) is None:
            return []
    with transaction():
        taken = []
        for row in db.session.scalars(due.with_for_update(skip_locked=True, of=Dispatch)):
            if row.attempts > len(PAUSES):
                # It ended every process that tried: no other shall meet it.
                row.outcome, row.ended_at, row.error = "failed", now, "sending was cut off"
                continue
            row.claim, row.claimed_at, row.attempts = uuid4().hex, now, row.attempts + 1
            taken.append(Claimed(row.id, row.claim, row.medium, row.attempts))
        return taken


def finish(message: Claimed, outcome: str, now: datetime, error: str | None = None) -> None:
    """It is `sent`, `cancelled` or `failed`."""
    _write(message, {"outcome": outcome, "ended_at": now, "error": error})


def postpone(message: Claimed, until: datetime) -> None:
    """Nothing was tried: free again, and due later."""
    _write(message, {"due_at": until, "claim": None, "claimed_at": None,
                     "attempts": message.attempts - 1})


def fail(message: Claimed, error: str, now: datetime) -> None:
    """Try again after a pause, longer each time; in the end give up."""
    again = next_attempt(message.attempts, now)
    error = error[:LONGEST_ERROR]
    if again is None:
        finish(message, "failed", now, error)
    else:
        _write(message, {"due_at": again, "claim": None, "claimed_at": None, "error": error})


def soon(now: datetime) -> datetime:
    return now + timedelta(minutes=1)


def _write(message: Claimed, values: Mapping[str, Any]) -> None:
    """Only as long as the message is still this process's, and nobody settled it meanwhile."""
    mine = (Dispatch.id == message.id, Dispatch.claim == message.claim,
            Dispatch.ended_at.is_(None))
    with transaction():
        db.session.execute(update(Dispatch).where(*mine).values(**values))
