"""Whom one should see this week: next contacts that are due, and next steps of deals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.rules import OPEN
from portal.people.rules import Actor
from portal.visits import rules
from portal.visits.models import Visit
from portal.visits.queries.weeks import Week
from portal.workdays.queries import calendar

MOST = 8
# What has been due for longer is no longer a matter of this week.
LOOK_BACK = timedelta(days=92)


@dataclass(frozen=True)
class Proposal:
    """A customer to be planned with one tap: on which day, and because of what."""

    customer: Customer
    lead: Lead | None
    day: date
    due_on: date
    step: str


def proposals(actor: Actor, week: Week, today: date) -> list[Proposal]:
    """What is due by the end of this week and stands in no plan yet, deals first."""
    if week.sunday < today:
        return []
    first = max(week.monday, today)
    planned = _planned(actor, first)
    found: dict[int, Proposal] = {}
    for lead in _steps_due(actor, week):
        if lead.customer_id not in planned and lead.next_step_at is not None:
            due = clock.local_day(lead.next_step_at)
            found.setdefault(lead.customer_id, Proposal(
                lead.customer, lead, _day(due, first, week), due, lead.next_step))
    for customer in _contacts_due(actor, week):
        on = customer.next_contact_on
        if customer.id not in planned and on is not None:
            found.setdefault(customer.id, Proposal(
                customer, None, _day(on, first, week), on, ""))
    return sorted(found.values(), key=lambda each: each.due_on)[:MOST]


def _planned(actor: Actor, since: date) -> frozenset[int]:
    query = select(Visit.customer_id).where(
        Visit.owner_id == actor.id, Visit.status.in_(rules.OPEN), Visit.day >= since)
    return frozenset(db.session.scalars(query))


def _steps_due(actor: Actor, week: Week) -> Sequence[Lead]:
    zone = clock.zone()
    since = datetime.combine(week.monday - LOOK_BACK, time.min, tzinfo=zone)
    until = datetime.combine(week.sunday + timedelta(days=1), time.min, tzinfo=zone)
    query = (
        select(Lead).options(joinedload(Lead.customer))
        .where(Lead.owner_id == actor.id, Lead.status == OPEN,
               Lead.next_step_at >= since, Lead.next_step_at < until)
        .order_by(Lead.next_step_at, Lead.id).limit(MOST * 3)
    )
    return db.session.scalars(query).all()


def _contacts_due(actor: Actor, week: Week) -> Sequence[Customer]:
    query = (
        select(Customer)
        .where(Customer.owner_id == actor.id, Customer.voided_at.is_(None),
               Customer.next_contact_on.between(week.monday - LOOK_BACK, week.sunday))
        .order_by(Customer.next_contact_on, Customer.id).limit(MOST * 3)
    )
    return db.session.scalars(query).all()


def _day(due: date, first: date, week: Week) -> date:
    """The day it is due, if one still can and works then; else the first such day after it."""
    work = calendar()
    days = [day for day in week.days if day >= max(due, first)] or [max(first, week.monday)]
    return next((day for day in days if work.is_working(day)), days[0])
