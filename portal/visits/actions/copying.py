"""Taking visits of one week into another, each at most once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from portal.core import clock
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import Actor
from portal.visits import rules
from portal.visits.actions.planning import plan_visit
from portal.visits.content import VisitPlan
from portal.visits.models import Visit
from portal.workdays.queries import calendar

WEEK = timedelta(days=7)
MOST = 100


@dataclass(frozen=True)
class Copyable:
    """A visit of the week before; `day` is where it would go, None when nothing can be planned
    there any more; `doubled` when this customer stands in the week already."""

    visit: Visit
    day: date | None
    doubled: bool


def copyable(actor: Actor, monday: date, today: date) -> list[Copyable]:
    """What one planned or made in the week before this Monday, and what would become of it."""
    theirs = _customers_in(actor, monday)
    return [
        Copyable(visit, _day_for(visit.day + WEEK, monday, today), visit.customer_id in theirs)
        for visit in _made_in(actor, monday - WEEK)
    ]


def copy_visits(
    actor: Actor, monday: date, ids: Collection[int], now: datetime
) -> list[Visit]:
    """Plan these again, a week later; those that stand there already are left out."""
    # One at a time for each person: of two tabs the second finds what the first has copied.
    db.session.execute(select(User.id).where(User.id == actor.id).with_for_update(key_share=True))
    made, taken = [], set[int]()
    for each in copyable(actor, monday, clock.local_day(now)):
        source = each.visit
        if source.id not in ids or each.doubled or each.day is None or source.customer_id in taken:
            continue
        if source.customer.voided_at is not None:
            continue
        lead = source.lead
        plan = VisitPlan(each.day, source.starts_at, source.purpose, source.why, source.goal,
                         lead.id if lead is not None and lead.is_open else None)
        taken.add(source.customer_id)
        made.append(plan_visit(actor, source.customer, plan, now,
                               copy_key=f"{source.id}:{rules.week_name(monday)}"))
    return made


def _made_in(actor: Actor, monday: date) -> Sequence[Visit]:
    query = (
        select(Visit)
        .options(joinedload(Visit.customer), joinedload(Visit.lead), selectinload(Visit.contacts))
        .where(Visit.owner_id == actor.id, Visit.kind == rules.VISIT,
               Visit.day.between(monday, monday + timedelta(days=6)),
               Visit.status.in_((rules.PLANNED, rules.ARRIVED, rules.REVIEWED)))
        .order_by(Visit.day, Visit.starts_at, Visit.id).limit(MOST)
    )
    return db.session.scalars(query).all()


def _customers_in(actor: Actor, monday: date) -> frozenset[int]:
    query = select(Visit.customer_id).where(
        Visit.owner_id == actor.id, Visit.kind == rules.VISIT,
        Visit.day.between(monday, monday + timedelta(days=6)),
        Visit.status.in_((rules.PLANNED, rules.ARRIVED, rules.REVIEWED)),
    )
    return frozenset(db.session.scalars(query))


def _day_for(wanted: date, monday: date, today: date) -> date | None:
    """The same weekday, or the first one after it in that week on which people work."""
    work = calendar()
    days = [monday + timedelta(days=number) for number in range(7)]
    left = [day for day in days if day >= max(wanted, today)]
    return next((day for day in left if work.is_working(day)), left[0] if left else None)
