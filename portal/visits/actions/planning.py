"""Planning a visit, changing the plan, and calling it off."""

from datetime import date, datetime, time

from portal.core import clock
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.customers.models import Customer
from portal.extensions import db
from portal.people.rules import Actor
from portal.reminders.actions import settle
from portal.visits import rules
from portal.visits.actions.checking import (
    check_alive,
    check_contacts,
    check_plan_day,
    hold,
    lead_of,
    reason_of,
)
from portal.visits.actions.noting import write_down
from portal.visits.content import VisitPlan
from portal.visits.events import VisitCancelled, VisitPlanned, VisitReplanned
from portal.visits.models import Visit, VisitContact


def plan_visit(
    actor: Actor, customer: Customer, plan: VisitPlan, now: datetime, *, copy_key: str | None = None
) -> Visit:
    """A visit of one's own. Raises `Refused` for a day gone by, and for a deal or contacts of
    another customer. Publishes `VisitPlanned`."""
    check_alive(customer)
    check_plan_day(plan.day, clock.local_day(now))
    visit = Visit(customer=customer, owner_id=actor.id, kind=rules.VISIT, status=rules.PLANNED,
                  copy_key=copy_key, created_by_id=actor.id, created_at=now, changed_at=now)
    _fill(visit, plan)
    db.session.add(visit)
    write_down(actor, visit, "visit.planned", now, text=visit.goal, day=visit.day.isoformat(),
               purpose=visit.purpose, why=visit.why)
    publish(VisitPlanned(visit.id, visit.customer_id, visit.lead_id, actor.id))
    return visit


def replan_visit(
    actor: Actor, visit: Visit, plan: VisitPlan, now: datetime, *, version: int | None = None
) -> None:
    """Another plan for a visit that has not begun. Raises `Refused` and `Conflict`; publishes
    `VisitReplanned`."""
    hold(visit, version=version)
    _check_planned(visit)
    if plan.day != visit.day:
        check_plan_day(plan.day, clock.local_day(now))
    before = visit.day, visit.starts_at
    _fill(visit, plan)
    _changed(actor, visit, before, now)


def move_visit(actor: Actor, visit: Visit, day: date, now: datetime) -> None:
    """To another day, with everything else as it was. Raises `Refused`; publishes
    `VisitReplanned`."""
    hold(visit)
    _check_planned(visit)
    check_plan_day(day, clock.local_day(now))
    if day == visit.day:
        return
    before = visit.day, visit.starts_at
    visit.day = day
    _changed(actor, visit, before, now)


def cancel_visit(actor: Actor, visit: Visit, reason: str, now: datetime) -> None:
    """It does not take place; it stays visible. Raises `Refused`; publishes `VisitCancelled`."""
    hold(visit)
    if visit.status == rules.CANCELLED:
        return
    _check_planned(visit)
    visit.status, visit.ended_at, visit.end_reason = rules.CANCELLED, now, reason_of(reason)
    # It may be copied into this week once more.
    visit.copy_key = None
    visit.version += 1
    settle(visit.ref, now, kinds=("visit.review_due",))
    write_down(actor, visit, "visit.cancelled", now, reason=visit.end_reason,
               day=visit.day.isoformat())
    publish(VisitCancelled(visit.id, visit.customer_id, visit.lead_id, actor.id))


def restore_visit(actor: Actor, visit: Visit, now: datetime) -> None:
    """It takes place after all, on its day or today. Publishes `VisitReplanned`."""
    hold(visit)
    if visit.status != rules.CANCELLED:
        return
    visit.status, visit.ended_at, visit.end_reason = rules.PLANNED, None, ""
    visit.day = max(visit.day, clock.local_day(now))
    visit.changed_at = now
    visit.version += 1
    write_down(actor, visit, "visit.restored", now, day=visit.day.isoformat())
    publish(VisitReplanned(visit.id, actor.id))


def _fill(visit: Visit, plan: VisitPlan) -> None:
    lead = lead_of(visit.customer, plan.lead_id)
    check_contacts(visit.customer, plan.contact_ids)
    if plan.purpose and plan.purpose not in rules.PURPOSES:
        raise Refused(_l("Choose one of the purposes."))
    visit.lead, visit.lead_id = lead, lead.id if lead else None
    visit.day, visit.starts_at, visit.purpose = plan.day, plan.starts_at, plan.purpose
    visit.why = line(plan.why)[:200]
    visit.goal = line(plan.goal)[: rules.LONGEST_GOAL]
    wanted = set(plan.contact_ids)
    visit.contacts = [each for each in visit.contacts if each.contact_id in wanted] + [
        VisitContact(contact_id=number)
        for number in sorted(wanted - {each.contact_id for each in visit.contacts})
    ]


def _changed(
    actor: Actor, visit: Visit, before: tuple[date, time | None], now: datetime
) -> None:
    visit.version += 1
    visit.changed_at = now
    if (visit.day, visit.starts_at) != before:
        was, at = before
        write_down(
            actor, visit, "visit.moved", now, before=was.isoformat(), after=visit.day.isoformat(),
            before_at=_clock(at), after_at=_clock(visit.starts_at),
        )
    else:
        write_down(actor, visit, "visit.changed", now, text=visit.goal, purpose=visit.purpose,
                   why=visit.why)
    publish(VisitReplanned(visit.id, actor.id))


def _clock(at: time | None) -> str:
    return at.strftime("%H:%M") if at else ""


def _check_planned(visit: Visit) -> None:
    if visit.status != rules.PLANNED:
        raise Refused(_l("This visit is no longer only planned; nothing was changed."))
