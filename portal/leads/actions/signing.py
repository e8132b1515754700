"""Since when somebody is a customer: the day on which the first won deal was signed."""

from datetime import date

from sqlalchemy import func, select

from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.rules import WON


def signed(customer: Customer, day: date | None) -> None:
    """A won deal was signed on this day."""
    if day is not None and (customer.customer_since is None or day < customer.customer_since):
        customer.customer_since = day


def not_signed(customer: Customer, day: date | None) -> None:
    """No deal was signed on this day after all, as far as nothing else says so."""
    if day is not None and customer.customer_since == day:
        db.session.flush()
        customer.customer_since = db.session.scalar(
            select(func.min(Lead.signed_on))
            .where(Lead.customer_id == customer.id, Lead.status == WON))
