"""Reads for the page of a lead and for the deals of a customer."""

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from portal.customers.models import Customer, CustomerPerson
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.rules import OPEN

# What the page of a lead shows of others, and what decides who may open it.
SHOWN: tuple[ORMOption, ...] = (
    joinedload(Lead.owner), joinedload(Lead.former_owner), joinedload(Lead.contact),
    joinedload(Lead.customer).joinedload(Customer.owner),
    joinedload(Lead.customer).selectinload(Customer.people).joinedload(CustomerPerson.person),
)
# The same of a customer alone.
FILE: tuple[ORMOption, ...] = (
    joinedload(Customer.owner),
    selectinload(Customer.people).joinedload(CustomerPerson.person),
)


def deals_of(customer: Customer) -> Select[Lead]:
    """Every deal of a customer: open ones first, then what was closed last."""
    closed = case((Lead.status == OPEN, 0), else_=1)
    return (
        select(Lead).where(Lead.customer_id == customer.id)
        .options(joinedload(Lead.owner))
        .order_by(closed, func.coalesce(Lead.closed_at, Lead.last_activity_at).desc(),
                  Lead.id.desc())
    )


def deal_counts(customer: Customer) -> dict[str, int]:
    """How many deals of each status there are."""
    rows = db.session.execute(
        select(Lead.status, func.count()).where(Lead.customer_id == customer.id)
        .group_by(Lead.status)
    )
    return {row[0]: row[1] for row in rows}
