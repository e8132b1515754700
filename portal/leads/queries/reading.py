"""Who reads which lead, as a condition."""

from sqlalchemy import ColumnElement, Select, and_, false, select, true, union_all
from sqlalchemy.orm import aliased

from portal.customers.models import Customer, CustomerPerson
from portal.customers.queries.reading import allocates, covered, covers_everybody, sells
from portal.leads.models import Lead
from portal.leads.rules import OPEN
from portal.people.models import User
from portal.people.rules import Actor

IN_POOL = and_(Lead.owner_id.is_(None), Lead.status == OPEN)


def visible_to(actor: Actor) -> Select[Lead]:
    """Every lead this person may read, closed and void ones included."""
    return select(Lead).where(readable_by(actor))


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """Who reads the customer's file reads its leads; of the pool, whoever allocates.

    A set of ids, so that databases begin with the few leads that somebody reads instead of
    looking at every lead in the order of a list.
    """
    if not sells(actor):
        return false()
    if covers_everybody(actor):
        return true()
    read = aliased(Lead)
    people = select(User.id).where(covered(actor))
    theirs = (
        select(read.id).join(CustomerPerson, CustomerPerson.customer_id == read.customer_id)
        .where(CustomerPerson.person_id.in_(people))
    )
    if not allocates(actor):
        return Lead.id.in_(theirs)
    pool = select(read.id).where(read.owner_id.is_(None), read.status == OPEN)
    free = (
        select(read.id).join(Customer, Customer.id == read.customer_id)
        .where(Customer.owner_id.is_(None))
    )
    return Lead.id.in_(union_all(theirs, pool, free))
