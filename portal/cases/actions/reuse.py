"""Counting that a case was used: instead of writing a new one (K9), or for a lead or a visit."""

from datetime import datetime

from sqlalchemy import delete, func, select

from portal.cases import rules
from portal.cases.actions.cases import hold
from portal.cases.actions.counting import count_reuses
from portal.cases.events import CaseReused, ReuseUndone
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
    actor: Actor, case: Case, note: str, now: datetime, *, occasion: str = "capture",
    source_ref: str | None = None,
) -> Reuse | None:
    """Count that this case answered the person; `note` is what they were about to write.

    `occasion` says where it happened: "capture" while writing, "page" on the page of the case,
    "lead" or "visit"; `source_ref` is the record it was used for, such as "lead:12".
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
        note=line(note)[:LONGEST_NOTE], source_ref=source_ref,
    )
    db.session.add(reuse)
    count_reuses(case)
    audit.record(actor.id, "case.reused", f"case:{case.id}", now, occasion=occasion)
    publish(CaseReused(reuse.id, case.id, actor.id))
    return reuse


def undo_reuse(actor: Actor, reuse: Reuse, now: datetime) -> None:
    """Take a reuse back, as if it had never been counted; twice does no more than once.

    Publishes `ReuseUndone`.
    """
    case = reuse.case
    hold(case)
    gone = db.session.execute(delete(Reuse).where(Reuse.id == reuse.id))
    if gone.rowcount:  # type: ignore[attr-defined]
        count_reuses(case)
        audit.record(actor.id, "reuse.undone", f"case:{case.id}", now)
        publish(ReuseUndone(case.id, actor.id))


def _last_reuse(actor: Actor, case: Case) -> datetime | None:
    query = select(func.max(Reuse.reused_at)).where(
        Reuse.case_id == case.id, Reuse.person_id == actor.id
    )
    return db.session.scalar(query)
