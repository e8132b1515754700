"""By what a customer is known follows what its file says: the keys that nobody else can have, and
the words by which lists find it."""

from datetime import datetime

from sqlalchemy import select

from portal.customers.identity import keys
from portal.customers.models import Contact, Customer, CustomerWords
from portal.customers.rules import words_of
from portal.extensions import db
from portal.search.analyzer import fold


def hold_keys(customer: Customer, now: datetime) -> None:
    """Hold every name, phone and code of the file, in the running transaction. Raises
    `identity.keys.Taken` when somebody else has one of them."""
    theirs = db.session.execute(
        select(Contact.name, Contact.phone)
        .where(Contact.customer_id == customer.id, Contact.voided_at.is_(None))
    ).all()
    phones = [each for each in (customer.phone, *(phone for _name, phone in theirs)) if each]
    keys.hold(customer, keys.Identity(
        name=customer.name, aliases=tuple(customer.aliases), phones=tuple(phones),
        credit_code=customer.credit_code,
    ), now)
    names = [customer.name, *customer.aliases, *(name for name, _phone in theirs)]
    db.session.merge(CustomerWords(
        customer_id=customer.id, words=words_of([fold(name) for name in names], phones)
    ))


def release_keys(customer: Customer) -> None:
    """Whoever enters the same again may."""
    keys.release(customer.id)
