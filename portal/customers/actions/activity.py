"""Somebody did something with a customer: the file says when, and when it is due again."""

from datetime import datetime

from portal.core import clock
from portal.customers.models import Customer
from portal.customers.options import cadence
from portal.customers.rules import next_contact


def touch(customer: Customer, at: datetime) -> None:
    """A person did something with the customer at this time; the next contact moves (L6). What
    happened before the newest activity moves nothing."""
    if at < customer.last_activity_at:
        return
    customer.last_activity_at = at
    plan_contact(customer, at)


def plan_contact(customer: Customer, at: datetime) -> None:
    """Propose the day of the next contact, counted from then; nobody plans for the pool."""
    customer.next_contact_on = None if customer.owner_id is None else next_contact(
        customer.tier, customer.segment, clock.local_day(at), cadence()
    )
