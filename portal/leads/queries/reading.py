"""Who reads which lead, as a condition."""

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from portal.customers.models import Customer, CustomerPerson
from portal.customers.queries.reading import allocates, covered, covers_everybody, sells
from portal.leads.models import Lead
from portal.leads.rules import OPEN
from portal.people.models import User
from portal.people.rules import Actor

IN_POOL = and_(Lead.owner_id.is_(None), Lead.status == OPEN)


def visible_to(actor: Actor) -> Select[tuple[Lead]]:
    """Every lead this person may read, closed and void ones included."""
    return select(Lead).where(readable_by(actor))


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """Who reads the customer's file reads its leads; of the pool, whoever allocates."""
    if not sells(actor):
        return false()
    if covers_everybody(actor):
        return true()
    working = (
        select(CustomerPerson.customer_id)
        .where(CustomerPerson.person_id.in_(select(User.id).where(covered(actor))))
    )
    theirs = Lead.customer_id.in_(working)
    if not allocates(actor):
        return theirs
    free = select(Customer.id).where(Customer.owner_id.is_(None))
    return or_(theirs, IN_POOL, Lead.customer_id.in_(free))
