"""Customers whose owner left the department."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portal.customers.models import Customer
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import Actor


def orphans(actor: Actor) -> Select[Any]:
    """Those that this person hands over: nobody nearer leads the owner who left."""
    return (
        select(Customer)
        .where(Customer.owner_id.in_(_left_behind(actor)), Customer.voided_at.is_(None))
        .options(joinedload(Customer.owner))
        .order_by(Customer.owner_id, Customer.name, Customer.id)
    )


def count_orphans(actor: Actor) -> int:
    """How many they are."""
    left = _left_behind(actor)
    if not left:
        return 0
    count = select(func.count()).where(Customer.owner_id.in_(left), Customer.voided_at.is_(None))
    return db.session.scalar(count) or 0


def _left_behind(actor: Actor) -> list[int]:
    """People who left and whose nearest leader this person is."""
    led = actor.tree.led_by(actor.id)
    if not led:
        return []
    query = select(User.id, User.team_id).where(
        User.team_id.in_(led), User.deactivated_at.is_not(None))
    return [row.id for row in db.session.execute(query)
            if actor.is_line_manager_of(row.id, row.team_id)]
