"""Reads of the people at a customer."""

from typing import Any

from sqlalchemy import Select, select

from portal.customers.models import Contact, Customer


def contacts_of(customer: Customer, *, with_void: bool = True) -> Select[Any]:
    """Those who are there first, then the void ones; each in the order of recording."""
    query = select(Contact).where(Contact.customer_id == customer.id)
    if not with_void:
        query = query.where(Contact.voided_at.is_(None))
    return query.order_by(Contact.voided_at.is_not(None), Contact.id)
