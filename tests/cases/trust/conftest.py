"""Validated, used and flagged cases, and what people were told of them."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from portal.cases.actions.cases import validate_case
from portal.cases.actions.reuse import reuse_case
from portal.cases.models import Case, Flag, Reuse
from portal.cases.trust.actions.flagging import raise_flag
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.reminders.models import Notification


@pytest.fixture
def lesson(record, alice) -> Case:
    """Alice's lesson; everyone may read it, nobody has vouched for it."""
    return record(alice, kind="lesson", title="Bring the expert", body="Early.")


@pytest.fixture
def validated(lesson, mei, act, clock) -> Case:
    """The same, and mei has vouched for it."""
    act(validate_case, mei.actor, lesson, clock())
    return lesson


@pytest.fixture
def used(app, clock) -> Callable[..., Reuse]:
    def use_one(person, case, occasion="page", **more) -> Reuse:
        with transaction():
            row = reuse_case(person.actor, db.session.get_one(Case, case.id), "", clock(),
                             occasion=occasion, **more)
        assert row is not None
        return row

    return use_one


@pytest.fixture
def flagged(app, clock) -> Callable[..., Flag]:
    def flag_one(person, case, reason="outdated", note="", duplicate_of=None) -> Flag:
        with transaction():
            return raise_flag(person.actor, db.session.get_one(Case, case.id), reason, note,
                              duplicate_of, clock())

    return flag_one


@pytest.fixture
def told(app) -> Callable[..., list[str]]:
    """The kinds of news of this room that wait for a person."""

    def kinds(person) -> list[str]:
        db.session.rollback()
        rows = db.session.scalars(
            select(Notification.kind).where(
                Notification.person_id == person.id, Notification.handled_at.is_(None),
                Notification.kind.startswith("trust."),
            ).order_by(Notification.id)
        )
        return list(rows)

    return kinds
