"""Reads of the people who are told."""

from collections.abc import Collection

from sqlalchemy import select

from portal.extensions import db
from portal.people.models import User
from portal.people.queries import team_tree
from portal.people.rules import Actor


def active_actors(ids: Collection[int]) -> list[Actor]:
    """Those of these people who have not left, as the rules see them."""
    columns = select(User.id, User.role, User.team_id).where(
        User.id.in_(ids), User.deactivated_at.is_(None)
    )
    tree = team_tree()
    return [Actor(*row, tree) for row in db.session.execute(columns.order_by(User.id))]
