"""One change of a customer's file at a time.

Whoever changes several things holds them in this order, everywhere: who is who (`hold_names`),
people, deals, customers. The audit log comes last by itself.
"""

from collections.abc import Collection

from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.customers.events import CustomersHeld
from portal.customers.identity.keys import lock as hold_names
from portal.customers.models import Customer
from portal.extensions import db

__all__ = ["hold", "hold_file", "hold_names", "hold_with_deals"]


def hold(customer: Customer) -> None:
    """Let nobody else change this customer until the transaction ends; what is decided on is read
    anew."""
    # What this transaction has changed already must not be read away.
    db.session.flush()
    db.session.refresh(customer, with_for_update={"of": Customer, "key_share": True})
    db.session.expire(customer, ["people"])


def hold_file(customer: Customer) -> None:
    """The same, for whatever may change by what the customer is known. Raises `Refused` for a void
    one: its names are free for others."""
    hold_names()
    hold(customer)
    if customer.voided_at is not None:
        raise Refused(_l("This customer is void; restore it first."))


def hold_with_deals(customers: Collection[Customer]) -> None:
    """Several of them, with the deals that go along; those belong to a room above. Publishes
    `CustomersHeld`."""
    in_order = sorted(customers, key=lambda each: each.id)
    publish(CustomersHeld(tuple(each.id for each in in_order)))
    for customer in in_order:
        hold(customer)
