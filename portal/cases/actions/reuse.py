"""Counting that a case answered somebody who was about to write a new one (K9)."""

from datetime import datetime

from sqlalchemy import delete, func, select

from portal.cases import rules
from portal.cases.actions.cases import hold
from portal.cases.events import CaseReused
from portal.cases.models import Case, Reuse
from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.extensions import db
from portal.people.rules import Actor

LONGEST_NOTE = 200


def reuse_case(
    actor: Actor, case: Case, note: str, now: datetime, *, occasion: str = "capture"
) -> Reuse | None:
    """Count that this case answered the person; `note` is what they were about to write.

    None when it does not count: one's own case, or the same person within 30 days. Raises
    `Refused` for what is not published. Publishes `CaseReused`.
    """
    hold(case)
    if case.confidence not in rules.LIVE:
        raise Refused(_l("Only a published case can be reused."))
    last = _last_reuse(actor, case)
    if not rules.counts_as_reuse(
        owner_id=case.owner_id, person_id=actor.id, last=last, now=now
    ):
        return None
    reuse = Reuse(
        case_id=case.id, person_id=actor.id, occasion=occasion, reused_at=now,
        note=line(note)[:LONGEST_NOTE],
    )
    db.session.add(reuse)
    count_reuses(case)
    audit.record(actor.id, "case.reused", f"case:{case.id}", now, occasion=occasion)
    publish(CaseReused(reuse.id, case.id, actor.id))
    return reuse


def undo_reuse(actor: Actor, reuse: Reuse, now: datetime) -> None:
    """Take a reuse back, as if it had never been counted; twice does no more than once."""
    case = reuse.case
    hold(case)
    gone = db.session.execute(delete(Reuse).where(Reuse.id == reuse.id))
    if gone.rowcount:  # type: ignore[attr-defined]
        count_reuses(case)
        audit.record(actor.id, "reuse.undone", f"case:{case.id}", now)


def count_reuses(case: Case) -> None:
    """Bring the counter of a case up to date."""
    # Reads what this transaction has added or removed.
    db.session.flush()
    query = select(func.count()).where(Reuse.case_id == case.id)
    case.reused = db.session.scalar(query) or 0


def _last_reuse(actor: Actor, case: Case) -> datetime | None:
    query = select(func.max(Reuse.reused_at)).where(
        Reuse.case_id == case.id, Reuse.person_id == actor.id
    )
    return db.session.scalar(query)
