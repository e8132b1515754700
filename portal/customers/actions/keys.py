"""The identity keys of a customer follow what its file says."""

from datetime import datetime

from sqlalchemy import select

from portal.customers.models import Contact, Customer
from portal.extensions import db


def hold_keys(customer: Customer, now: datetime) -> None:
    """Hold every name, phone and code of the file, in the running transaction. Raises
    `identity.keys.Taken` when somebody else has one of them."""
    from portal.customers.identity import keys

    theirs = select(Contact.phone).where(
        Contact.customer_id == customer.id, Contact.voided_at.is_(None), Contact.phone != ""
    )
    phones = [each for each in (customer.phone, *db.session.scalars(theirs)) if each]
    keys.hold(customer, keys.Identity(
        name=customer.name, aliases=tuple(customer.aliases), phones=tuple(phones),
        credit_code=customer.credit_code,
    ), now)


def release_keys(customer: Customer) -> None:
    """Whoever enters the same again may."""
    from portal.customers.identity import keys

    keys.release(customer.id)
