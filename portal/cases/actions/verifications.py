"""Writes down every step of trust, with how the case stood before."""

from datetime import date, datetime
from typing import Any

from portal.cases.models import Case, Verification
from portal.core.text import line
from portal.extensions import db

KEPT = ("confidence", "verified_until", "validated_by_id", "validated_at", "validated_revision")


def keep_step(actor_id: int, case: Case, act: str, reason: str, now: datetime) -> Verification:
    """The step, before anything of the case is changed."""
    step = Verification(
        case_id=case.id, person_id=actor_id, act=act, reason=line(reason)[:500], at=now,
        before={name: _plain(getattr(case, name)) for name in (*KEPT, "revision")},
    )
    db.session.add(step)
    # Events and undo name the new id.
    db.session.flush()
    return step


def put_back(case: Case, step: Verification) -> None:
    """The trust of the case as it was before the step."""
    before = step.before
    case.confidence, case.validated_by_id = before["confidence"], before["validated_by_id"]
    until, at = before["verified_until"], before["validated_at"]
    case.verified_until = date.fromisoformat(until) if until else None
    case.validated_at = datetime.fromisoformat(at) if at else None
    case.validated_revision = before["validated_revision"]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
