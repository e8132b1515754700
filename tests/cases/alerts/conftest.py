"""Alerts made by the real actions, and the clock that moves them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases.alerts.actions import raise_alert
from portal.cases.alerts.clockwork import move_alerts
from portal.cases.alerts.models import Alert, AlertStep
from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User
from portal.reminders.models import Notification
from tests.characters import Character
from tests.frozen_clock import FrozenClock

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    """A moment in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.fixture
def raised(problem: Case, alice: Character, clock: FrozenClock) -> Alert:
    """Alice's alert, on Monday at ten."""
    with transaction():
        return raise_alert(alice.actor, db.session.get_one(Case, problem.id), clock())


@pytest.fixture
def comes(app: Flask, clock: FrozenClock) -> Callable[[str], None]:
    """`comes("2026-06-04 12:00")`: it is that late in Shanghai, and the alerts are looked at."""

    def arrive(text: str) -> None:
        clock.now = at(text)
        db.session.rollback()
        move_alerts()

    return arrive


@pytest.fixture
def way(app: Flask) -> Callable[[Alert], list[tuple[str, str | None]]]:
    """The steps of an alert: what happened, and whom it went to."""

    def read(alert: Alert) -> list[tuple[str, str | None]]:
        db.session.rollback()
        steps = db.session.execute(
            select(AlertStep.what, User.login).outerjoin(User, User.id == AlertStep.to_id)
            .where(AlertStep.alert_id == alert.id).order_by(AlertStep.id)
        )
        return [(what, login) for what, login in steps]

    return read


@pytest.fixture
def told(app: Flask) -> Callable[..., list[Any]]:
    """`told(mei)`: the kinds of news of a person, the oldest first; handled ones in brackets."""

    def read(person: Character) -> list[str]:
        db.session.rollback()
        query = select(Notification).where(Notification.person_id == person.id)
        return [
            f"({each.kind})" if each.handled_at else each.kind
            for each in db.session.scalars(query.order_by(Notification.id))
        ]

    return read
