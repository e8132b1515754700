"""Reads of care: what is to be done, what customers said, who may leave."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.core import clock
from portal.customers.models import Customer
from portal.customers.queries.reading import readable_by
from portal.extensions import db
from portal.leads.care import rules
from portal.leads.care.models import CareTask, Feedback
from portal.leads.care.rules import Limits, Nps, Signals
from portal.leads.models import Lead
from portal.leads.rules import OPEN
from portal.people.rules import Actor

COMPLAINT_DAYS, NPS_DAYS = timedelta(days=90), timedelta(days=183)


def tasks(
    actor: Actor, *, mine: bool = False, kind: str = "", done: bool = False
) -> Select[CareTask]:
    """Tasks for customers whose file this person reads: open ones in the order they are due, done
    ones the last first."""
    query = (
        # As an expression: tasks come in their order, and customers are looked up for them.
        select(CareTask).join(Customer, Customer.id == CareTask.customer_id + 0)
        .options(contains_eager(CareTask.customer).joinedload(Customer.owner),
                 joinedload(CareTask.contact))
        .where(CareTask.done_at.is_not(None) if done else CareTask.done_at.is_(None),
               Customer.voided_at.is_(None))
    )
    query = query.where(Customer.owner_id == actor.id if mine else readable_by(actor))
    if kind:
        query = query.where(CareTask.kind == kind)
    if done:
        return query.order_by(CareTask.done_at.desc(), CareTask.id.desc())
    return query.order_by(CareTask.due_on, CareTask.id)


def tasks_of(customer: Customer) -> Select[CareTask]:
    """Everything that was ever to be done for this customer: open ones first."""
    return (
        select(CareTask).where(CareTask.customer_id == customer.id)
        .options(joinedload(CareTask.contact), joinedload(CareTask.done_by))
        .order_by(CareTask.done_at.is_not(None), CareTask.due_on.desc(), CareTask.id.desc())
    )


def feedback_of(customer: Customer) -> Select[Feedback]:
    """What this customer said, the last first."""
    return (
        select(Feedback).where(Feedback.customer_id == customer.id)
        .options(joinedload(Feedback.contact), joinedload(Feedback.recorded_by))
        .order_by(Feedback.given_on.desc(), Feedback.id.desc())
    )


def nps(actor: Actor, first: date, last: date) -> Nps:
    """Over all answers of these days by customers whose file this person reads."""
    query = (
        select(Feedback.score, func.count()).join(Feedback.customer)
        .where(Feedback.kind == rules.NPS, Feedback.voided_at.is_(None),
               Feedback.given_on.between(first, last), readable_by(actor))
        .group_by(Feedback.score)
    )
    return rules.nps_of(score for score, count in db.session.execute(query)
                        if score is not None for _ in range(count))


def signals_of(customer: Customer, now: datetime) -> Signals:
    """What is known of one customer that could warn."""
    [(_customer_id, found)] = _signals([Customer.id == customer.id], now)
    return found


def may_leave(limits: Limits, now: datetime) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Customers with an owner who may be about to leave, and what warns."""
    today = clock.local_day(now)
    quiet = Customer.last_activity_at < now - timedelta(days=limits.quiet_days)
    renewal = Customer.renewal_on <= today + timedelta(days=limits.renewal_days)
    said = exists().where(
        Feedback.customer_id == Customer.id, Feedback.voided_at.is_(None),
        or_(and_(Feedback.kind == rules.COMPLAINT, Feedback.settled_at.is_(None),
                 Feedback.given_on > today - COMPLAINT_DAYS),
            and_(Feedback.kind == rules.NPS, Feedback.score <= limits.nps,
                 Feedback.given_on > today - NPS_DAYS)),
    )
    wanted = [Customer.customer_since.is_not(None), Customer.owner_id.is_not(None),
              Customer.voided_at.is_(None), or_(quiet, renewal, said)]
    for customer_id, signals in _signals(wanted, now):
        if found := rules.warnings(signals, limits):
            yield customer_id, found


def _signals(
    wanted: list[ColumnElement[bool]], now: datetime
) -> Iterator[tuple[int, Signals]]:
    today = clock.local_day(now)
    complaints = (
        select(func.count()).where(
            Feedback.customer_id == Customer.id, Feedback.kind == rules.COMPLAINT,
            Feedback.voided_at.is_(None), Feedback.settled_at.is_(None),
            Feedback.given_on > today - COMPLAINT_DAYS)
    ).scalar_subquery()
    answer = (
        select(Feedback.score).where(
            Feedback.customer_id == Customer.id, Feedback.kind == rules.NPS,
            Feedback.voided_at.is_(None), Feedback.given_on > today - NPS_DAYS)
        .order_by(Feedback.given_on.desc(), Feedback.id.desc()).limit(1)
    ).scalar_subquery()
    has_deal = exists().where(Lead.customer_id == Customer.id, Lead.status == OPEN)
    query = select(Customer.id, Customer.last_activity_at, Customer.renewal_on, has_deal,
                   complaints, answer).where(*wanted)
    for customer_id, last, renewal_on, deal, count, score in db.session.execute(query):
        renewal_in = None if renewal_on is None or deal else (renewal_on - today).days
        yield customer_id, Signals(max((now - last).days, 0), renewal_in, count, score)
