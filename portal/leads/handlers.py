"""What happens to customers and their deals also changes leads, in the same transaction."""

from sqlalchemy import func, select, update

from portal.core import clock
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.customers.events import (
    CustomerCorrected,
    CustomerGiven,
    CustomersHeld,
    CustomerVoided,
    PersonLeft,
)
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads import rules
from portal.leads.actions.giving import give_lead
from portal.leads.actions.steps import drop_step
from portal.leads.events import LeadClosed
from portal.leads.models import Lead

KEPT_THE_SAME = ("industry", "region")


def take_over_facts(event: CustomerCorrected) -> None:
    """Industry and region of a lead are those of its customer."""
    if not set(KEPT_THE_SAME) & set(event.fields.split(",")):
        return
    customer = db.session.get_one(Customer, event.customer_id)
    db.session.execute(
        update(Lead).where(Lead.customer_id == customer.id)
        .values(industry=customer.industry, region=customer.region)
    )


def hold_deals(event: CustomersHeld) -> None:
    """Deals are held before their customers, everywhere."""
    deals = select(Lead.id).where(Lead.customer_id.in_(event.customer_ids)).order_by(Lead.id)
    db.session.scalars(deals.with_for_update(key_share=True)).all()


def refuse_void_with_deals(event: CustomerVoided) -> None:
    """A customer with open deals is one."""
    if _open_deals(event.customer_id):
        raise Refused(_l("This customer has open deals. Close them or declare them void first."))


def refuse_leaving_with_deals(event: PersonLeft) -> None:
    """Whoever has an open deal with a customer reads its file."""
    customer = db.session.get_one(Customer, event.customer_id)
    if not customer.is_worked_for_by(event.person_id) and _open_deals(
            event.customer_id, event.person_id):
        raise Refused(_l("This colleague has an open deal here. Give the deal to somebody else "
                         "first."))


def hand_deals_along(event: CustomerGiven) -> None:
    """The former owner's open deals go where the customer goes."""
    if event.from_id is None:
        return
    deals = select(Lead).where(Lead.customer_id == event.customer_id,
                               Lead.owner_id == event.from_id, Lead.status == rules.OPEN)
    for lead in db.session.scalars(deals.order_by(Lead.id)).all():
        give_lead(event.actor_id, lead, event.to_id, clock.now(), why=rules.ALONG)


def forget_the_step(event: LeadClosed) -> None:
    """Nothing comes next in a deal that is closed."""
    drop_step(db.session.get_one(Lead, event.lead_id), clock.now())


def _open_deals(customer_id: int, owner_id: int | None = None) -> int:
    query = select(func.count()).select_from(Lead).where(
        Lead.customer_id == customer_id, Lead.status == rules.OPEN)
    if owner_id is not None:
        query = query.where(Lead.owner_id == owner_id)
    return db.session.scalar(query) or 0
