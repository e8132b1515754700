"""Whose a lead is: the one place where that changes."""

from datetime import datetime

from sqlalchemy import func, select

from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.customers.actions import ownership
from portal.customers.actions.holding import hold
from portal.customers.actions.timeline import note
from portal.customers.models import Customer
from portal.customers.rules import REP
from portal.extensions import db
from portal.leads import rules
from portal.leads.actions.holding import hold_open
from portal.leads.actions.steps import REMINDER, remind_owner
from portal.leads.events import LeadGiven, LeadReturned
from portal.leads.models import Lead
from portal.people.models import User
from portal.people.rules import SELLERS
from portal.reminders.actions import settle


def give_lead(
    actor_id: int | None, lead: Lead, owner_id: int | None, now: datetime, *, why: str,
    reason: str = "",
) -> bool:
    """Let this person have an open lead from now on, None: the pool; False when it is so already.

    Whoever has it works for its customer, and has the customer when nobody had it or the former
    owner has no other deal there. `why` is one of `rules.WHYS`, `reason` what was typed. Raises
    `Refused`. Publishes `LeadGiven` or `LeadReturned`.
    """
    hold_open(lead)
    former_id = lead.owner_id
    if former_id == owner_id:
        return False
    if owner_id is not None:
        _check(owner_id)
    lead.owner_id, lead.owned_since = owner_id, now
    lead.former_owner_id = former_id or lead.former_owner_id
    lead.idle_warned_at = lead.response_due_at = lead.responded_at = None
    lead.version += 1
    _move_people(lead.customer, former_id, owner_id, actor_id, now)
    settle(lead.ref, now, kinds=(REMINDER,))
    remind_owner(lead, now)
    note(lead.customer_id, "lead.given" if owner_id else "lead.returned", actor_id, now,
         lead_id=lead.id, reason=reason, why=why,
         names=_names(former_id, owner_id))
    audit.record(actor_id, "lead.given" if owner_id else "lead.returned", lead.ref, now,
                 owner=owner_id, former=former_id, why=why)
    if owner_id is not None:
        publish(LeadGiven(lead.id, actor_id, owner_id, former_id, why))
    elif former_id is not None:
        publish(LeadReturned(lead.id, actor_id, former_id, why))
    return True


def take_up(lead: Lead, actor_id: int, now: datetime) -> None:
    """A lead is open again: whoever has it works for its customer. Who has the customer no more, or
    has left, gives way to its owner; without one the lead is in the pool."""
    owner, customer = lead.owner, lead.customer
    if not lead.is_open or owner is None:
        return
    # The change of status must be seen by whoever reads the row anew.
    db.session.flush()
    stands = customer.is_worked_for_by(owner.id)
    if stands and (owner.is_active or customer.owner_id == owner.id):
        return
    heir = customer.owner
    give_lead(actor_id, lead, heir.id if heir and heir.is_active else None, now, why=rules.ALONG)


def _check(owner_id: int) -> None:
    person = db.session.get(User, owner_id)
    if person is None or person.deactivated_at is not None:
        raise Refused(_l("This person has no account any more."))
    if person.role not in SELLERS:
        raise Refused(_l("Leads are given to reps and managers alone."))


def _names(former_id: int | None, owner_id: int | None) -> list[str]:
    """From whom and to whom, as they were called then."""
    people = [db.session.get(User, each) if each else None for each in (former_id, owner_id)]
    return [person.name if person else "" for person in people]


def _move_people(
    customer: Customer, former_id: int | None, owner_id: int | None, actor_id: int | None,
    now: datetime,
) -> None:
    """Who works for the customer after one of its leads went from one to the other."""
    # The lead's own change must be counted, and nobody else may change the file's people.
    hold(customer)
    leaves = former_id is not None and not _has_leads(customer, former_id)
    if customer.owner_id is None and owner_id is not None:
        ownership.give(customer, owner_id, actor_id, now)
    elif leaves and customer.owner_id == former_id:
        ownership.give(customer, owner_id or _next_owner(customer), actor_id, now)
    if owner_id is not None:
        ownership.join(customer, owner_id, REP, now)
    if leaves and former_id is not None:
        ownership.leave(customer, former_id, REP, now)


def _has_leads(customer: Customer, person_id: int) -> bool:
    """Whether the person has a deal there, closed ones included."""
    count = select(func.count()).where(Lead.customer_id == customer.id,
                                       Lead.owner_id == person_id, Lead.status != rules.VOID)
    return bool(db.session.scalar(count))


def _next_owner(customer: Customer) -> int | None:
    """Who has another open deal there; without one the customer goes to the pool."""
    newest = (
        select(Lead.owner_id)
        .where(Lead.customer_id == customer.id, Lead.status == rules.OPEN,
               Lead.owner_id.is_not(None))
        .order_by(Lead.last_activity_at.desc(), Lead.id.desc()).limit(1)
    )
    return db.session.scalar(newest)
