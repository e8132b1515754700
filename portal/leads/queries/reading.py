"""Who reads which lead, as a condition."""

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    false,
    func,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from portal.customers.models import Customer, CustomerPerson
from portal.customers.queries.reading import (
    MANY,
    allocates,
    covers_everybody,
    led_people,
    sells,
)
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.rules import OPEN
from portal.people.rules import Actor

IN_POOL = and_(Lead.owner_id.is_(None), Lead.status == OPEN)


def visible_to(actor: Actor) -> Select[Lead]:
    """Every lead this person may read, closed and void ones included."""
    return select(Lead).where(readable_by(actor))


def readable_by(actor: Actor, *, first: bool = False) -> ColumnElement[bool]:
    """Who reads the customer's file reads its leads; of the pool, whoever allocates.

    The few leads that a rep reads are a set of ids, so that databases begin with them. Of many,
    databases read along the index of a list's order until the page is full; `first` says that
    only the first of them are asked for, and nothing is counted.
    """
    if not sells(actor):
        return false()
    if covers_everybody(actor):
        return true()
    people = [actor.id, *led_people(actor)]
    if not _reads_many(actor, people):
        return _set(actor, people)
    return readable_one(actor) if first else _one_by_one(actor, people)


def readable_one(actor: Actor) -> ColumnElement[bool]:
    """The same where the leads are known by number: each is looked at alone."""
    if not sells(actor):
        return false()
    people = [actor.id, *led_people(actor)]
    works = select(CustomerPerson.id).where(
        CustomerPerson.customer_id == Lead.customer_id, CustomerPerson.person_id.in_(people)
    ).correlate(Lead)
    if not allocates(actor):
        return works.exists()
    free = select(Customer.id).where(
        Customer.id == Lead.customer_id, Customer.owner_id.is_(None)
    ).correlate(Lead)
    return or_(IN_POOL, works.exists(), free.exists())


def _set(actor: Actor, people: Sequence[int]) -> ColumnElement[bool]:
    read = aliased(Lead)
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


def _one_by_one(actor: Actor, people: Sequence[int]) -> ColumnElement[bool]:
    # As an expression, which no index answers: databases keep to the index of the order.
    return _of_customers(actor, people, Lead.customer_id + 0, IN_POOL)


def readable_of(
    actor: Actor, customer_id: SQLColumnExpression[int], lead_id: SQLColumnExpression[int]
) -> ColumnElement[bool]:
    """The same of records of deals that carry these numbers, without a look at the deals."""
    if not sells(actor):
        return false()
    if covers_everybody(actor):
        return true()
    people = [actor.id, *led_people(actor)]
    if not allocates(actor):
        return _of_customers(actor, people, customer_id, false())
    read = aliased(Lead)
    pool = select(read.id).where(read.owner_id.is_(None), read.status == OPEN)
    return _of_customers(actor, people, customer_id + 0, (lead_id + 0).in_(pool))


def _of_customers(
    actor: Actor, people: Sequence[int], customer_id: SQLColumnExpression[int],
    in_pool: ColumnElement[bool],
) -> ColumnElement[bool]:
    theirs = customer_id.in_(
        select(CustomerPerson.customer_id).where(CustomerPerson.person_id.in_(people)))
    if not allocates(actor):
        return theirs
    free = customer_id.in_(select(Customer.id).where(Customer.owner_id.is_(None)))
    return or_(in_pool, theirs, free)


def _reads_many(actor: Actor, people: Sequence[int]) -> bool:
    """Whether these people's customers and the pool are so many that most leads are readable."""
    theirs = select(CustomerPerson.id).where(CustomerPerson.person_id.in_(people))
    found = _count(theirs)
    return found > MANY or (allocates(actor) and found + _count(select(Lead.id).where(
        IN_POOL)) > MANY)


def _count(query: Select[int]) -> int:
    """No further than the answer needs."""
    some = query.limit(MANY + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0
