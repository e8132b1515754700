"""Who reads which customer: whoever works for it, whoever leads them, and of the pool, managers."""

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    exists,
    false,
    func,
    or_,
    select,
    true,
)

from portal.customers.models import Customer, CustomerPerson
from portal.customers.rules import BACKUP, OWNER
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import SELLERS, Actor

# Of whoever reads more customers than this, most are theirs.
MANY = 10_000


def covered(actor: Actor) -> ColumnElement[bool]:
    """The person and everyone they lead, as a condition on people."""
    led = actor.tree.led_by(actor.id)
    return or_(User.id == actor.id, User.team_id.in_(led)) if led else User.id == actor.id


def sells(actor: Actor) -> bool:
    """Reps and managers; HR and administrators have no business with customers."""
    return actor.role in SELLERS


def allocates(actor: Actor) -> bool:
    """Whether the person hands out what is in the pool: managers, and whoever leads a team."""
    return actor.is_manager or bool(actor.tree.led_by(actor.id))


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


def led_people(actor: Actor) -> list[int]:
    """The people this person leads; a list of numbers is what databases plan best with."""
    led = actor.tree.led_by(actor.id)
    return list(db.session.scalars(select(User.id).where(User.team_id.in_(led)))) if led else []


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """The rule as a condition on customers, voided ones included."""
    if not sells(actor):
        return false()
    if covers_everybody(actor):
        return true()
    people = [actor.id, *led_people(actor)]
    owner = owner_column(people)
    besides = Customer.id.in_(
        select(CustomerPerson.customer_id)
        .where(CustomerPerson.person_id.in_(people), CustomerPerson.part != OWNER)
    )
    theirs = or_(owner.in_(people), besides)
    # What was voided in the pool stays visible to them too.
    return or_(owner.is_(None), theirs) if allocates(actor) else theirs


def owner_column(people: Sequence[int]) -> SQLColumnExpression[int | None]:
    """The owner, for a question about these people's customers. Those of few are looked up by the
    index of owners. Those of many are not: reading along an index of the list's order is quicker,
    and the owner as an expression tells the database so."""
    some = select(Customer.id).where(Customer.owner_id.in_(people)).limit(MANY + 1).subquery()
    is_many = (db.session.scalar(select(func.count()).select_from(some)) or 0) > MANY
    return Customer.owner_id + 0 if is_many else Customer.owner_id


def reads(actor: Actor, customer: Customer) -> bool:
    """The same of one customer."""
    if customer.owner_id is None and allocates(actor):
        return True
    led = actor.tree.led_by(actor.id)
    return any(each.person_id == actor.id or each.person.team_id in led
               for each in customer.people)


def answers_for(actor: Actor, customer: Customer) -> bool:
    """Its owner, or the backup who stands in for them."""
    return any(each.person_id == actor.id and each.part in (OWNER, BACKUP)
               for each in customer.people)


def leads_owner(actor: Actor, customer: Customer) -> bool:
    """The nearest leader above the owner, or the owner above whom nobody stands; anyone who
    allocates decides about the pool."""
    owner = customer.owner
    if owner is None:
        return allocates(actor)
    if owner.id == actor.id:
        return actor.tree.line_manager(owner.id, owner.team_id) is None
    return actor.is_line_manager_of(owner.id, owner.team_id)


def visible_to(actor: Actor) -> Select[Customer]:
    """Every customer this person may read."""
    return select(Customer).where(readable_by(actor))
