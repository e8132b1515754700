"""Who reads which lead, as a condition."""

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true

from portal.customers.models import Customer, CustomerPerson
from portal.customers.queries.reading import allocates, covered
from portal.extensions import db
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
    if covers_everybody(actor):
        return true()
    working = (
        select(CustomerPerson.customer_id)
        .where(CustomerPerson.person_id.in_(select(User.id).where(covered(actor))))
    )
    theirs = Lead.customer_id.in_(working)
    if not allocates(actor):
        return theirs
    free = select(Customer.id).where(Customer.owner_id.is_(None), Customer.voided_at.is_(None))
    return or_(theirs, IN_POOL, Lead.customer_id.in_(free))


def covers_everybody(actor: Actor) -> bool:
    """Whether nobody works for any customer whom this person does not lead: the head of the
    department reads everything, which no long condition need find out."""
    led = actor.tree.led_by(actor.id)
    if not led:
        return False
    others = (
        select(User.id)
        .where(User.id != actor.id, or_(User.team_id.is_(None), User.team_id.not_in(led)),
               exists().where(CustomerPerson.person_id == User.id)).limit(1)
    )
    return db.session.scalar(others) is None
