"""Reads of money: what a deal and a customer owe, what is late, how much came in in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from portal.customers.models import Customer, CustomerPerson
from portal.customers.queries.reading import covers_everybody, led_people
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.money import rules
from portal.leads.money.models import Payment, Receivable
from portal.leads.queries.reading import readable_of, readable_one
from portal.leads.rules import VOID
from portal.people.rules import Actor

_ANY = aliased(Lead)
# Of one deal; nothing is owed for a void one. Those are few: to know them is cheaper than a look at
# every deal that money is owed for.
UNPAID = and_(Receivable.paid_off_on.is_(None), Receivable.voided_at.is_(None))
VOID_DEALS = select(_ANY.id).where(_ANY.status == VOID)
COUNTS = and_(Receivable.voided_at.is_(None), Receivable.lead_id.not_in(VOID_DEALS))
IS_OPEN = and_(UNPAID, Receivable.lead_id.not_in(VOID_DEALS))
OVERDUE, OPEN, PAID = "overdue", "open", "paid"
LISTS = (OVERDUE, OPEN, PAID)
# Who may do something with a receivable is asked of everybody who works for the customer.
FOR_RIGHTS = (
    joinedload(Lead.customer).selectinload(Customer.people).joinedload(CustomerPerson.person),
)


def of_lead(lead: Lead) -> Select[Receivable]:
    """Everything that was ever owed for a deal, with its payments, in the order it is due."""
    return (
        select(Receivable).where(Receivable.lead_id == lead.id)
        .options(selectinload(Receivable.payments).joinedload(Payment.created_by))
        .order_by(Receivable.due_on, Receivable.id)
    )


def of_customer(actor: Actor, customer_id: int) -> Select[Receivable]:
    """The same of all deals of a customer."""
    return (
        select(Receivable).join(Lead, Lead.id == Receivable.lead_id)
        .where(Receivable.customer_id == customer_id, readable_one(actor))
        .options(contains_eager(Receivable.lead).options(*FOR_RIGHTS),
                 selectinload(Receivable.payments))
        .order_by(Receivable.paid_off_on.is_not(None), Receivable.due_on, Receivable.id)
    )


def listed(
    actor: Actor, which: str, today: date, *, mine: bool = False
) -> Select[Receivable]:
    """Receivables of all deals that this person may read: overdue and open ones in the order they
    are due, paid ones the last first."""
    query = (
        select(Receivable).where(readable(actor), *_which(which, today))
        .options(joinedload(Receivable.lead).options(*FOR_RIGHTS, joinedload(Lead.owner)))
    )
    if mine:
        query = query.where(Receivable.lead_id.in_(deals_of([actor.id])))
    if which == PAID:
        return query.order_by(Receivable.paid_off_on.desc(), Receivable.id.desc())
    return query.order_by(Receivable.due_on, Receivable.id)


def readable(actor: Actor) -> ColumnElement[bool]:
    """Those of all deals that this person may read."""
    return readable_of(actor, Receivable.customer_id, Receivable.lead_id)


def deals_of(people: Sequence[int]) -> CompoundSelect[Any]:
    """The deals for which these people collect: who has the deal, as long as they work for its
    customer; after that whoever has the customer."""
    works = select(CustomerPerson.id).where(
        CustomerPerson.customer_id == _ANY.customer_id, CustomerPerson.person_id == _ANY.owner_id
    ).correlate(_ANY).exists()
    files = select(Customer.id).where(Customer.owner_id.in_(people))
    return union_all(
        select(_ANY.id).where(_ANY.owner_id.in_(people), works),
        select(_ANY.id).where(_ANY.customer_id.in_(files), ~works),
    )


def of_led(actor: Actor) -> ColumnElement[bool]:
    """Those of the customers for whom the people work whom this person leads."""
    if covers_everybody(actor):
        others = or_(_ANY.owner_id.is_(None), _ANY.owner_id == actor.id)
        return Receivable.lead_id.not_in(select(_ANY.id).where(others))
    people = [each for each in led_people(actor) if each != actor.id]
    # As an expression, so that what is late is read once and not looked for file by file.
    return (Receivable.customer_id + 0).in_(
        select(CustomerPerson.customer_id).where(CustomerPerson.person_id.in_(people)))


def _which(which: str, today: date) -> list[ColumnElement[bool]]:
    if which == PAID:
        return [Receivable.paid_off_on.is_not(None), COUNTS]
    return [IS_OPEN, Receivable.due_on < today] if which == OVERDUE else [IS_OPEN]


@dataclass(frozen=True)
class Sums:
    """Over a customer or a deal: owed altogether, paid of it, and what is late, by currency."""

    currency: str
    amount: Decimal
    paid: Decimal
    overdue: Decimal

    @property
    def open(self) -> Decimal:
        return self.amount - self.paid


def sums(*conditions: ColumnElement[bool], today: date) -> list[Sums]:
    """What receivables under these conditions add up to; void ones do not count."""
    late = func.sum(Receivable.amount - Receivable.paid).filter(
        IS_OPEN, Receivable.due_on < today)
    query = (
        select(Receivable.currency, func.sum(Receivable.amount), func.sum(Receivable.paid), late)
        .where(COUNTS, *conditions)
        .group_by(Receivable.currency).order_by(Receivable.currency)
    )
    return [Sums(currency, _exact(amount), _exact(paid), _exact(overdue))
            for currency, amount, paid, overdue in db.session.execute(query)]


@dataclass(frozen=True)
class Standing:
    """All that a person reads in one currency: what is open, what of it is late, how many these
    are, and how much came in of what should have by its day."""

    currency: str
    open: Decimal
    overdue: Decimal
    open_count: int
    overdue_count: int
    collected: rules.Collected


def standing(
    actor: Actor, first: date, today: date, *, mine: bool = False
) -> list[Standing]:
    """By currency, with the receivables whose days to collect ended since the `first` day. Nobody
    looks at what was paid long ago; who reads what is asked once for all of it."""
    rows = union_all(_open(today), _to_collect(first, today)).subquery()
    whose = readable_of(actor, rows.c.customer_id, rows.c.lead_id)
    query = (
        select(rows.c.currency, *(func.sum(column) for column in list(rows.c)[3:]))
        .where(whose, rows.c.lead_id.not_in(VOID_DEALS))
        .group_by(rows.c.currency).order_by(rows.c.currency)
    )
    if mine:
        query = query.where(rows.c.lead_id.in_(deals_of([actor.id])))
    return [
        Standing(currency, _exact(still), _exact(late), count, late_count,
                 rules.Collected(_exact(due), _exact(paid)))
        for currency, still, late, count, late_count, due, paid in db.session.execute(query)
    ]


def _open(today: date) -> Select[Any]:
    """What each open one adds to the numbers."""
    still, none = Receivable.amount - Receivable.paid, literal(0)
    is_late = Receivable.due_on < today
    return select(
        Receivable.currency, Receivable.customer_id, Receivable.lead_id, still.label("still"),
        case((is_late, still), else_=0).label("late"), literal(1).label("count"),
        case((is_late, 1), else_=0).label("late_count"), none.label("due"), none.label("paid"),
    ).where(UNPAID)


def _to_collect(first: date, last: date) -> Select[Any]:
    """What each that should have come in in this time adds to them."""
    in_time, none = (
        select(func.coalesce(func.sum(Payment.amount), 0))
        .where(Payment.receivable_id == Receivable.id, Payment.voided_at.is_(None),
               Payment.paid_on <= Receivable.collect_by)
        .scalar_subquery()
    ), literal(0)
    query: Any = select(
        Receivable.currency, Receivable.customer_id, Receivable.lead_id, none, none, none, none,
        Receivable.amount, in_time,
    )
    found: Select[Any] = query.where(
        Receivable.voided_at.is_(None), Receivable.collect_by.between(first, last))
    return found


def _exact(value: Any) -> Decimal:
    """A sum to the cent; SQLite adds in floating point."""
    return Decimal(str(value or 0)).quantize(rules.CENT)
