"""The names that no case may hold: those of a customer and of its people (K1)."""

from collections.abc import Iterator

from sqlalchemy import select

from portal.customers.identity.names import name_key
from portal.customers.models import Contact, Customer
from portal.extensions import db

# A surname alone is a word of every text.
SHORTEST_PERSON, SHORTEST_CORE = 2, 3
MOST = 200


def names_of(customer: Customer) -> tuple[str, ...]:
    """As they are written, and as people shorten them."""
    return tuple(dict.fromkeys(_names(customer)))


def _names(customer: Customer) -> Iterator[str]:
    for name in (customer.name, *customer.aliases):
        yield name
        key = name_key(name)
        if key is not None and len(key.core) >= SHORTEST_CORE:
            yield key.core
    people = select(Contact.name).where(
        Contact.customer_id == customer.id, Contact.voided_at.is_(None)).limit(MOST)
    yield from (name for name in db.session.scalars(people) if len(name) >= SHORTEST_PERSON)
