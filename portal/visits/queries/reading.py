"""Who reads which visit: whoever reads the customer's file, whoever goes along or leads them."""

from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select, union

from portal.customers.models import Customer
from portal.customers.queries import reading
from portal.people.models import User
from portal.people.rules import SELLERS, Actor
from portal.visits.models import Visit, VisitPerson


def covers(actor: Actor, person: User) -> bool:
    """Whether the person is oneself, or one of those one leads."""
    return person.id == actor.id or person.team_id in actor.tree.led_by(actor.id)


def takes_part(actor: Actor, visit: Visit) -> bool:
    """One's own visit, or one that one was asked to go along to."""
    return visit.owner_id == actor.id or any(
        each.person_id == actor.id and each.left_at is None for each in visit.people)


def reads(actor: Actor, visit: Visit) -> bool:
    """The rule of one visit."""
    return actor.role in SELLERS and (
        takes_part(actor, visit) or covers(actor, visit.owner)
        or reading.reads(actor, visit.customer))


def joined_by(person_id: int) -> Select[int]:
    """The ids of the visits this person was asked to go along to."""
    return select(VisitPerson.visit_id).where(
        VisitPerson.person_id == person_id, VisitPerson.left_at.is_(None))


def of_person(person_id: int, first: date, last: date) -> ColumnElement[bool]:
    """The visits of these days that are the person's own, or that they go along to: two short
    lists, each from its index, whatever lies before and after."""
    inside = Visit.day.between(first, last)
    own = select(Visit.id).where(Visit.owner_id == person_id, inside)
    joint = select(Visit.id).join(VisitPerson, VisitPerson.visit_id == Visit.id).where(
        VisitPerson.person_id == person_id, VisitPerson.left_at.is_(None), inside)
    return Visit.id.in_(union(own, joint).scalar_subquery())


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """The same as a condition on visits."""
    if actor.role not in SELLERS:
        return Visit.id.is_(None)
    led = select(User.id).where(reading.covered(actor))
    return or_(
        Visit.owner_id.in_(led), Visit.id.in_(joined_by(actor.id)),
        Visit.customer_id.in_(select(Customer.id).where(reading.readable_by(actor))),
    )
