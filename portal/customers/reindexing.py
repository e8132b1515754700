"""Who may find a customer changes with the teams of those who work for it: it is indexed anew."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from portal.customers.models import CustomerPerson
from portal.extensions import db
from portal.people.events import TeamDissolved
from portal.people.models import User
from portal.search.outbox import enqueue


@event.listens_for(Session, "after_flush")
def _follow_moves(session: Session, context: Any) -> None:
    """No path that moves a person to another team can forget it."""
    moved = [row.id for row in session.dirty
             if isinstance(row, User) and inspect(row).attrs.team_id.history.has_changes()]
    if moved:
        _index_customers_of(moved)


def index_customers_of_team(event: TeamDissolved) -> None:
    """A dissolved team moves those who left in one statement."""
    heirs = User.team_id.is_(None) if event.heir_id is None else User.team_id == event.heir_id
    _index_customers_of(db.session.scalars(
        select(User.id).where(heirs, User.deactivated_at.is_not(None))).all())


def _index_customers_of(people: Iterable[int]) -> None:
    theirs = select(CustomerPerson.customer_id).where(CustomerPerson.person_id.in_(list(people)))
    # Inside of a flush, a session asks the database only by its connection.
    found = db.session.connection().execute(theirs.distinct()).scalars()
    enqueue(f"customer:{customer_id}" for customer_id in found)
