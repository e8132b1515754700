"""Reads of money: what a deal and a customer owe, what is late, how much came in in time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.customers.models import Customer, CustomerPerson
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.money import rules
from portal.leads.money.models import Payment, Receivable
from portal.leads.queries.reading import readable_by, readable_one
from portal.leads.rules import VOID
from portal.people.rules import Actor

# Of one deal; asked together with the deal, nothing is owed for a void one.
UNPAID = and_(Receivable.paid_off_on.is_(None), Receivable.voided_at.is_(None))
COUNTS = and_(Receivable.voided_at.is_(None), Lead.status != VOID)
IS_OPEN = and_(UNPAID, Lead.status != VOID)
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
        select(Receivable).join(Lead, Lead.id == Receivable.lead_id)
        .where(readable_by(actor), *_which(which, today))
        .options(contains_eager(Receivable.lead).options(*FOR_RIGHTS, joinedload(Lead.owner)))
    )
    if mine:
        query = query.where(Lead.owner_id == actor.id)
    if which == PAID:
        return query.order_by(Receivable.paid_off_on.desc(), Receivable.id.desc())
    return query.order_by(Receivable.due_on, Receivable.id)


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
        select(Lead.currency, func.sum(Receivable.amount), func.sum(Receivable.paid), late)
        .join(Lead, Lead.id == Receivable.lead_id)
        .where(COUNTS, *conditions)
        .group_by(Lead.currency).order_by(Lead.currency)
    )
    return [Sums(currency, _exact(amount), _exact(paid), _exact(overdue))
            for currency, amount, paid, overdue in db.session.execute(query)]


def still_owed(
    actor: Actor, *conditions: ColumnElement[bool], today: date, besides: Iterable[str]
) -> list[Sums]:
    """What is open and what is late of all that this person reads, without a look at what was paid
    long ago; a row as well for those currencies `besides`."""
    found = {each.currency: each
             for each in sums(readable_by(actor), IS_OPEN, *conditions, today=today)}
    nothing = Decimal(0)
    return [found.get(currency) or Sums(currency, nothing, nothing, nothing)
            for currency in sorted({*found, *besides})]


def collection(
    actor: Actor, first: date, last: date, *, mine: bool = False
) -> dict[str, rules.Collected]:
    """Of the receivables whose days to collect ended in this time: how much came in by then, by
    currency."""
    in_time = (
        select(func.coalesce(func.sum(Payment.amount), 0))
        .where(Payment.receivable_id == Receivable.id, Payment.voided_at.is_(None),
               Payment.paid_on <= Receivable.collect_by)
        .scalar_subquery()
    )
    query = (
        select(Lead.currency, func.sum(Receivable.amount), func.sum(in_time))
        .join(Lead, Lead.id == Receivable.lead_id)
        .where(readable_by(actor), COUNTS, Receivable.collect_by.between(first, last))
        .group_by(Lead.currency)
    )
    if mine:
        query = query.where(Lead.owner_id == actor.id)
    return {currency: rules.Collected(_exact(due), _exact(paid))
            for currency, due, paid in db.session.execute(query)}


def _exact(value: Any) -> Decimal:
    """A sum to the cent; SQLite adds in floating point."""
    return Decimal(str(value or 0)).quantize(rules.CENT)
