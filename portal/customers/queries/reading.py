"""Who reads which customer: whoever works for it, whoever leads them, and of the pool, managers."""

from sqlalchemy import ColumnElement, Select, and_, or_, select

from portal.customers.models import Customer, CustomerPerson
from portal.people.models import User
from portal.people.rules import Actor


def covered(actor: Actor) -> ColumnElement[bool]:
    """The person and everyone they lead, as a condition on people."""
    led = actor.tree.led_by(actor.id)
    return or_(User.id == actor.id, User.team_id.in_(led)) if led else User.id == actor.id


def allocates(actor: Actor) -> bool:
    """Whether the person hands out what is in the pool: managers, and whoever leads a team."""
    return actor.is_manager or bool(actor.tree.led_by(actor.id))


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """The rule as a condition on customers, voided ones included."""
    working = (
        select(CustomerPerson.customer_id)
        .where(CustomerPerson.person_id.in_(select(User.id).where(covered(actor))))
    )
    theirs = Customer.id.in_(working)
    if not allocates(actor):
        return theirs
    return or_(theirs, and_(Customer.owner_id.is_(None), Customer.voided_at.is_(None)))


def reads(actor: Actor, customer: Customer) -> bool:
    """The same of one customer."""
    if allocates(actor) and customer.in_pool:
        return True
    led = actor.tree.led_by(actor.id)
    return any(each.person_id == actor.id or each.person.team_id in led
               for each in customer.people)


def works_for(actor: Actor, customer: Customer) -> bool:
    """Owner, backup, or one of the customer's team."""
    return any(each.person_id == actor.id for each in customer.people)


def leads_owner(actor: Actor, customer: Customer) -> bool:
    """The nearest leader above the owner; anyone who allocates decides about the pool."""
    if customer.owner is None:
        return allocates(actor)
    return actor.is_line_manager_of(customer.owner.id, customer.owner.team_id)


def visible_to(actor: Actor) -> Select[tuple[Customer]]:
    """Every customer this person may read."""
    return select(Customer).where(readable_by(actor))
