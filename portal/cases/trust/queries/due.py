"""Cases whose verification runs out or has run out."""

from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select

from portal.cases.models import Case
from portal.cases.queries.cases import readable_by, visible_to
from portal.cases.trust.queries.leading import vouched_by
from portal.cases.trust.rules import NOTICE
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import Actor


def due_of(actor: Actor, today: date) -> Select[Case]:
    """One's own cases to verify again now or within a week, the most overdue first."""
    return (
        visible_to(actor)
        .where(Case.owner_id == actor.id, Case.confidence == "validated",
               Case.verified_until <= today + NOTICE)
        .order_by(Case.verified_until, Case.id)
    )


def overdue_by_owner(actor: Actor, today: date) -> list[Any]:
    """Whose cases are overdue, of those one vouches for: id, name, whether they left, how many.
    By name, never by number: this is no ranking."""
    query = (
        select(User.id, User.name, User.deactivated_at, func.count().label("cases"),
               func.min(Case.verified_until).label("since"))
        .select_from(Case).join(User, User.id == Case.owner_id)
        .where(vouched_by(actor), readable_by(actor), Case.confidence == "validated",
               Case.verified_until < today)
        .group_by(User.id, User.name, User.deactivated_at).order_by(User.name, User.id)
    )
    return list(db.session.execute(query).all())


def owners_with_due(today: date) -> list[Any]:
    """Every active owner with a case to verify within a week or overdue: person, case, day."""
    query = (
        select(Case.owner_id, Case.id, Case.verified_until)
        .join(User, User.id == Case.owner_id)
        .where(and_(Case.confidence == "validated", Case.verified_until <= today + NOTICE,
                    User.deactivated_at.is_(None)))
        .order_by(Case.owner_id, Case.verified_until, Case.id)
    )
    return list(db.session.execute(query).all())


def ran_out_between(first: date, last: date) -> list[int]:
    """Cases whose verification ended on one of these days: search ranks them lower from then."""
    query = select(Case.id).where(
        Case.confidence == "validated", Case.verified_until >= first,
        Case.verified_until <= last,
    )
    return list(db.session.scalars(query))
