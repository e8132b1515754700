"""What people are told, and who follows what."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases.following import actions
from portal.core import clock
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.lists.models import Term
from portal.reminders.models import Notification
from tests.characters import Character


@pytest.fixture
def told(app: Flask) -> Callable[..., list[str]]:
    """`told(bob)`: the kinds of what Bob was told, in order; `unhandled=True` for what waits."""

    def kinds_told(person: Character, *, unhandled: bool = False) -> list[str]:
        db.session.rollback()
        query = select(Notification.kind).where(Notification.person_id == person.id)
        if unhandled:
            query = query.where(Notification.handled_at.is_(None))
        return list(db.session.scalars(query.order_by(Notification.id)))

    return kinds_told


@pytest.fixture
def follow(app: Flask) -> Callable[[Character, str], None]:
    """`follow(bob, "stage:needs")`, or `"tag:价格"` by its wording."""

    def follow_one(person: Character, target: str) -> None:
        if target.startswith("tag:"):
            tag = db.session.scalars(select(Term).filter_by(list="tag", code=target[4:])).one()
            target = f"tag:{tag.id}"
        with transaction():
            actions.follow(person.id, target, clock.now())

    return follow_one
