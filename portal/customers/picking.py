"""Which customer somebody means who types a name."""

from collections.abc import Sequence

from sqlalchemy import func, select

from portal.core.text import line
from portal.customers.models import Customer
from portal.customers.queries.listing import found_by
from portal.customers.queries.reading import readable_by
from portal.extensions import db
from portal.people.rules import Actor

MOST = 8


def customers_called(actor: Actor, text: str, limit: int = MOST) -> Sequence[Customer]:
    """Customers this person may read whose name, alias, contact or phone holds the text; those
    that begin so first."""
    if not line(text):
        return ()
    begins = func.lower(Customer.name).startswith(line(text).lower(), autoescape=True)
    query = (
        select(Customer)
        .where(Customer.id.in_(found_by(text)), Customer.voided_at.is_(None), readable_by(actor))
        .order_by(begins.desc(), Customer.last_activity_at.desc(), Customer.id).limit(limit)
    )
    return db.session.scalars(query).all()


def customer_called(actor: Actor, name: str) -> Customer | None:
    """The one customer of exactly this name that the person may read; None when there is none, or
    more than one."""
    query = select(Customer).where(
        Customer.name == line(name), Customer.voided_at.is_(None), readable_by(actor)
    )
    found = db.session.scalars(query.limit(2)).all()
    return found[0] if len(found) == 1 else None
