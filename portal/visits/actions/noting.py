"""Where every step of a visit is written down: the customer's timeline and the audit log."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import select

from portal.core import audit, clock
from portal.customers.actions.activity import touch
from portal.customers.actions.timeline import note
from portal.customers.models import TimelineEntry
from portal.extensions import db
from portal.leads.actions.activity import touch_lead
from portal.people.rules import Actor
from portal.visits.models import Visit

NOON = time(12, 0)
# The entries that say what came of it, which a correction names.
TOLD = ("visit.reviewed", "follow_up.recorded", "visit.corrected")


def write_down(
    actor: Actor, visit: Visit, kind: str, now: datetime, *, at: datetime | None = None,
    text: str = "", reason: str = "", corrects_id: int | None = None, **detail: Any,
) -> None:
    """Append to the timeline of the customer and to the audit log."""
    # The id of a new visit.
    db.session.flush()
    note(visit.customer_id, kind, actor.id, now, lead_id=visit.lead_id, at=at, subject=visit.ref,
         text=text, reason=reason, corrects_id=corrects_id, **detail)
    audit.record(actor.id, kind, visit.ref, now, customer_id=visit.customer_id,
                 **({"reason": reason} if reason else {}))


def count_as_activity(visit: Visit, at: datetime) -> None:
    """Somebody spoke with the customer then: file and deal say so."""
    if visit.lead is not None:
        touch_lead(visit.lead, at)
    else:
        touch(visit.customer, at)


def happened_at(visit: Visit, now: datetime) -> datetime:
    """The best that is known: the check-in, this moment for today, noon of a day gone by."""
    if visit.arrived_at is not None:
        return visit.arrived_at
    if clock.local_day(now) == visit.day:
        return now
    return datetime.combine(visit.day, visit.starts_at or NOON, tzinfo=clock.zone())


def told_in(visit: Visit) -> int | None:
    """The entry of the timeline that says what came of it, in its newest version."""
    entries = (
        select(TimelineEntry.id)
        .where(TimelineEntry.subject == visit.ref, TimelineEntry.kind.in_(TOLD))
        .order_by(TimelineEntry.id.desc()).limit(1)
    )
    return db.session.scalar(entries)
