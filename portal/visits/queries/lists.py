"""Lists of visits: of a customer, of a deal, of a person in a period, and those still open."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.people.rules import Actor
from portal.visits import rules
from portal.visits.models import Visit
from portal.visits.queries.reading import of_person
from portal.visits.queries.weeks import SHOWN

MOST_OPEN = 50
MOST_EXPORTED = 10_000
AT_ONCE = 500


def planned_with(*, customer_id: int | None = None, lead_id: int | None = None) -> list[Visit]:
    """What is still to come there, the next one first."""
    query = _about(customer_id, lead_id).where(Visit.status.in_(rules.OPEN))
    order = (Visit.day, Visit.starts_at, Visit.id)
    return list(db.session.scalars(query.order_by(*order).limit(MOST_OPEN)))


def done_with(*, customer_id: int | None = None, lead_id: int | None = None) -> Select[Any]:
    """What lies behind, cancelled and voided ones included, newest first."""
    query = _about(customer_id, lead_id).where(Visit.status.not_in(rules.OPEN))
    return query.order_by(Visit.day.desc(), Visit.id.desc())


def _about(customer_id: int | None, lead_id: int | None) -> Select[Any]:
    query = select(Visit).options(*SHOWN)
    if lead_id is not None:
        return query.where(Visit.lead_id == lead_id)
    return query.where(Visit.customer_id == customer_id)


def waiting_today(actor: Actor, today: date) -> Sequence[Visit]:
    """Today's visits of a person, those they go along to included, in the order of the day."""
    query = select(Visit).options(joinedload(Visit.customer), joinedload(Visit.owner)).where(
        of_person(actor.id, today, today), Visit.kind == rules.VISIT,
        Visit.status.in_(rules.OPEN),
    )
    order = (Visit.starts_at.is_(None), Visit.starts_at, Visit.id)
    return db.session.scalars(query.order_by(*order).limit(MOST_OPEN)).all()


def unwritten(actor: Actor, today: date) -> Sequence[Visit]:
    """One's own visits of days gone by that nobody has written about, the oldest first."""
    # By themselves, so that the order does not tempt the database to walk through all that lies
    # behind.
    still_open = select(Visit.id).where(
        Visit.owner_id == actor.id, Visit.status.in_(rules.OPEN), Visit.day < today)
    query = select(Visit).options(joinedload(Visit.customer)).where(Visit.id.in_(still_open))
    return db.session.scalars(query.order_by(Visit.day, Visit.id).limit(MOST_OPEN)).all()


def of_period(actor: Actor, first: date, last: date) -> Iterator[Visit]:
    """One's own visits and follow-ups in these days, in their order; at most `MOST_EXPORTED`."""
    query = (
        select(Visit).options(*SHOWN)
        .where(Visit.owner_id == actor.id, Visit.day.between(first, last))
        .order_by(Visit.day, Visit.id)
    )
    for start in range(0, MOST_EXPORTED, AT_ONCE):
        found = db.session.scalars(query.limit(AT_ONCE).offset(start)).all()
        yield from found
        if len(found) < AT_ONCE:
            return
