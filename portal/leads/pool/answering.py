"""The clock of the first contact: it starts when somebody is given a lead, and stops when they
have been in touch with the customer."""

from datetime import datetime
from typing import Protocol

from sqlalchemy import select

from portal.core import clock
from portal.extensions import db
from portal.leads import rules as lead_rules
from portal.leads.events import LeadClosed, LeadGiven, LeadMoved, LeadRecorded, LeadVoided
from portal.leads.models import Lead
from portal.options.queries import value
from portal.reminders.actions import settle
from portal.workdays.queries import calendar

# Who gets a lead in one of these ways must talk to the customer first. Whoever won a duplicate
# claim does so already, and an import tells of what was long before.
WITH_CLOCK = frozenset({
    lead_rules.HANDED, lead_rules.ALLOCATED, lead_rules.CLAIMED, lead_rules.ALONG,
    lead_rules.LEFT,
})
KINDS = ("pool.answer_soon", "pool.answer_late", "pool.late_of_people", "pool.idle",
         "pool.idle_of_people")


class Contact(Protocol):
    """Any fact that says: this person was in touch with the customer, about this lead or none in
    particular."""

    @property
    def customer_id(self) -> int: ...
    @property
    def lead_id(self) -> int | None: ...
    @property
    def actor_id(self) -> int: ...


def start_clock(event: LeadGiven) -> None:
    """The new owner answers within so many working hours."""
    if event.why in WITH_CLOCK:
        _start(db.session.get_one(Lead, event.lead_id), clock.now())


def start_for_colleague(event: LeadRecorded) -> None:
    """Recorded for somebody else: they have not talked to the customer yet."""
    lead = db.session.get_one(Lead, event.lead_id)
    if event.owner_id not in (None, event.actor_id) and lead.import_id is None:
        _start(lead, clock.now())


def answer_by_contact(event: Contact) -> None:
    """A visit, a call, a message or a mail."""
    query = select(Lead).where(
        Lead.customer_id == event.customer_id, Lead.owner_id == event.actor_id,
        Lead.status == lead_rules.OPEN,
    )
    if event.lead_id is not None:
        query = query.where(Lead.id == event.lead_id)
    for lead in db.session.scalars(query.order_by(Lead.id)):
        _stop(lead, clock.now())


def answer_by_move(event: LeadMoved) -> None:
    """Nobody moves a lead on without having talked to the customer."""
    lead = db.session.get_one(Lead, event.lead_id)
    if lead.owner_id == event.actor_id:
        _stop(lead, clock.now())


def stop_clock(event: LeadClosed | LeadVoided) -> None:
    """Over: nobody waits for anything any more. When it was due stays known: who opens it again
    has gained no time."""
    lead = db.session.get_one(Lead, event.lead_id)
    lead.idle_warned_at = None
    settle(lead.ref, clock.now(), kinds=KINDS)


def _start(lead: Lead, now: datetime) -> None:
    lead.response_due_at = calendar().after(now, float(value("pool.answer_hours")))
    lead.responded_at = None


def _stop(lead: Lead, now: datetime) -> None:
    if lead.response_due_at is None and lead.idle_warned_at is None:
        return
    if lead.response_due_at is not None:
        lead.responded_at = now
    lead.response_due_at = lead.idle_warned_at = None
    settle(lead.ref, now, kinds=KINDS)
