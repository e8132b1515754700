"""The visits of a week: of one person, and of the people one leads."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload, load_only, selectinload

from portal.customers.models import Customer
from portal.customers.queries import reading
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import SELLERS, Actor
from portal.visits import rules
from portal.visits.models import Visit, VisitContact, VisitPerson, VisitReview
from portal.visits.queries.reading import of_person

# More than this nobody does in a week; a page stays a page.
MOST = 200
# What a line of a list shows of a visit.
SHOWN = (
    joinedload(Visit.customer), joinedload(Visit.lead), joinedload(Visit.owner),
    selectinload(Visit.contacts).joinedload(VisitContact.contact),
    selectinload(Visit.people).joinedload(VisitPerson.person),
    selectinload(Visit.reviews),
)
# The little that is shown of each where there are hundreds of them.
CELL = (
    load_only(Visit.owner_id, Visit.day, Visit.status, Visit.kind),
    joinedload(Visit.customer).load_only(Customer.name),
    selectinload(Visit.reviews).load_only(VisitReview.visit_id, VisitReview.number,
                                          VisitReview.result),
)


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday on."""

    monday: date

    @property
    def days(self) -> Sequence[date]:
        return [self.monday + timedelta(days=number) for number in range(7)]

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def name(self) -> str:
        return rules.week_name(self.monday)

    @property
    def before(self) -> str:
        return rules.week_name(self.monday - timedelta(days=7))

    @property
    def after(self) -> str:
        return rules.week_name(self.monday + timedelta(days=7))


def visits_in(person_id: int, week: Week) -> Mapping[date, list[Visit]]:
    """Day → what a person plans, goes along to and has done, in the order of the day. Voided ones
    are left out; cancelled ones stay."""
    mine = of_person(person_id, week.monday, week.sunday)
    return _by_day(select(Visit).options(*SHOWN).where(mine))


def visits_of(people: Collection[int], week: Week) -> Mapping[int, Mapping[date, list[Visit]]]:
    """Person → day → visits, of several people at once; follow-ups are left out."""
    query = select(Visit).options(*CELL).where(
        Visit.owner_id.in_(people), Visit.kind == rules.VISIT,
        Visit.day.between(week.monday, week.sunday))
    found: dict[int, dict[date, list[Visit]]] = {}
    for visit in db.session.scalars(_in_order(query).limit(MOST * 10)):
        found.setdefault(visit.owner_id, {}).setdefault(visit.day, []).append(visit)
    return found


def _by_day(query: Select[Visit]) -> Mapping[date, list[Visit]]:
    days: dict[date, list[Visit]] = {}
    for visit in db.session.scalars(_in_order(query).limit(MOST)):
        days.setdefault(visit.day, []).append(visit)
    return days


def _in_order(query: Select[Any]) -> Select[Any]:
    # Those with a time in their order, then the others as they were planned.
    return query.where(Visit.status != rules.VOID).order_by(
        Visit.day, Visit.starts_at.is_(None), Visit.starts_at, Visit.id)


def people_led(actor: Actor) -> Select[User]:
    """Those whose weeks one may look at, oneself left out, by name."""
    return (
        select(User).outerjoin(User.team).options(contains_eager(User.team))
        .where(reading.covered(actor), User.id != actor.id, User.deactivated_at.is_(None),
               User.role.in_(SELLERS))
        .order_by(User.name, User.id)
    )
