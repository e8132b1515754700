"""Two cases that say the same, and the real action that merges them."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.cases.merging import actions
from portal.cases.merging.actions import Wanted
from portal.cases.merging.models import Merge
from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from tests.characters import Character
from tests.conftest import Recorder
from tests.frozen_clock import FrozenClock


@pytest.fixture
def gone(record: Recorder, alice: Character) -> Case:
    return record(alice, title="Two reps claim one customer", body="Who owns it?",
                  tags=("撞单",))


@pytest.fixture
def kept(record: Recorder, alice: Character) -> Case:
    return record(alice, title="Whose customer is it?", body="First to enter owns.",
                  tags=("客户归属",))


@pytest.fixture
def merge(app: Flask, clock: FrozenClock) -> Callable[..., Merge]:
    """`merge(mei, gone, kept, body=…)`"""

    def merge_one(person: Character, gone: Case, kept: Case, **wanted: Any) -> Merge:
        with transaction():
            one, other = db.session.get_one(Case, gone.id), db.session.get_one(Case, kept.id)
            values = {"title": other.title, "body": other.body, "kept_base": other.revision,
                      "gone_base": one.revision, **wanted}
            return actions.merge_cases(person.actor, one, other, Wanted(**values), clock())

    return merge_one


@pytest.fixture
def undo(app: Flask, clock: FrozenClock) -> Callable[..., None]:
    def undo_one(person: Character, merge: Merge) -> None:
        with transaction():
            actions.undo_merge(person.actor, db.session.get_one(Merge, merge.id), clock())

    return undo_one


@pytest.fixture
def case_of(app: Flask) -> Callable[[Case], Case]:
    """The case as it stands now."""

    def fresh(case: Case) -> Case:
        db.session.rollback()
        db.session.expire_all()
        return db.session.get_one(Case, case.id)

    return fresh
