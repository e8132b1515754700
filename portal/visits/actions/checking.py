"""What no plan and no review may say, whoever sends it."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select

from portal.core.errors import Conflict, Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.customers.actions.holding import hold_names
from portal.customers.models import Contact, Customer
from portal.extensions import db
from portal.leads import rules as lead_rules
from portal.leads.models import Lead
from portal.visits import rules
from portal.visits.content import Met
from portal.visits.models import Visit


def hold(visit: Visit, *, version: int | None = None) -> None:
    """Let nobody else change this visit until the transaction ends; what is decided on is read
    anew. Raises `Conflict` when somebody was faster than a form that is now sent."""
    db.session.flush()
    db.session.refresh(visit, with_for_update={"of": Visit, "key_share": True})
    if version is not None and version != visit.version:
        raise Conflict(_l("Somebody else changed this visit meanwhile. Look at it again; what you "
                          "typed is still here."))


def hold_file(customer: Customer, lead: Lead | None, *, met: Met | None = None) -> None:
    """The same of the deal and the file that something is now written into, in the order of
    `customers.actions.holding`; `met` may name somebody new."""
    db.session.flush()
    if met is not None and met.new_names:
        hold_names()
    if lead is not None:
        db.session.refresh(lead, with_for_update={"of": Lead, "key_share": True})
    db.session.refresh(customer, with_for_update={"of": Customer, "key_share": True})


def lead_of(customer: Customer, lead_id: int | None) -> Lead | None:
    """The deal of this customer. Raises `Refused` for another's, and for a void one."""
    if lead_id is None:
        return None
    lead = db.session.get(Lead, lead_id)
    if lead is None or lead.customer_id != customer.id or lead.status == lead_rules.VOID:
        raise Refused(_l("This deal does not belong to the customer. Choose one of the list."))
    return lead


def check_contacts(customer: Customer, ids: Collection[int]) -> None:
    """Raises `Refused` for people of another customer."""
    theirs = select(func.count()).where(Contact.customer_id == customer.id, Contact.id.in_(ids))
    if ids and db.session.scalar(theirs) != len(set(ids)):
        raise Refused(_l("One of these contacts belongs to another customer."))


def check_alive(customer: Customer) -> None:
    """Raises `Refused` for a customer that counts no more."""
    if customer.voided_at is not None:
        raise Refused(_l("This customer is void. Restore the file first."))


def check_plan_day(day: date, today: date) -> None:
    """Raises `Refused` for a day on which nothing can be planned."""
    if day < today:
        raise Refused(_l("This day has passed. Record what took place with ＋ Record → Visit."))
    if not rules.may_be_planned_on(day, today):
        raise Refused(_l("This is more than a year ahead. Is the year right?"))


def check_past_day(day: date, today: date) -> None:
    """Raises `Refused` for a day on which nothing can have happened yet, or too long ago."""
    if day > today:
        raise Refused(_l("This day has not come yet. Plan the visit instead."))
    if not rules.may_have_happened_on(day, today):
        raise Refused(_l("This is more than a year ago. Is the year right?"))


def reason_of(text: str | None) -> str:
    """Why, in one line. Raises `Refused` when nothing is said."""
    reason = line(text)[: rules.LONGEST_REASON]
    if not reason:
        raise Refused(_l("Say why, in a few words."))
    return reason
