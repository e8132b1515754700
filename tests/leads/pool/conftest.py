"""Leads of the pool, options, and the rules of allocation."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.pool.actions.ruling import RuleContent, add_rule
from portal.leads.pool.models import AllocationRule
from portal.options.actions import change_option
from tests.characters import Character
from tests.frozen_clock import FrozenClock


@pytest.fixture
def set_option(app: Flask, clock: FrozenClock, admin: Character) -> Callable[[str, object], None]:
    """`set_option("pool.cap", 2)`."""

    def change(name: str, value: object) -> None:
        with transaction():
            change_option(admin.actor, name, str(value), clock())

    return change


@pytest.fixture
def rule(app: Flask, clock: FrozenClock, wang: Character) -> Callable[..., AllocationRule]:
    """`rule(alice, bob, regions=("east",))`, or `rule(team_id=…)`."""

    def add(*people: Character, **content: Any) -> AllocationRule:
        with transaction():
            return add_rule(wang.actor, RuleContent(
                people=tuple(person.id for person in people), **content), clock())

    return add


@pytest.fixture
def now_row(app: Flask) -> Callable[[Lead], Lead]:
    """The lead as it stands in the database now."""

    def again(lead: Lead) -> Lead:
        db.session.rollback()
        return db.session.get_one(Lead, lead.id, populate_existing=True)

    return again
