"""Customers for the tests of their pages."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.core.unit_of_work import transaction
from portal.customers.actions.customers import record_customer
from portal.customers.actions.ownership import join
from portal.customers.content import ContactFacts, CustomerFacts
from portal.customers.models import Customer
from portal.extensions import db
from tests import characters
from tests.characters import Character
from tests.frozen_clock import FrozenClock

Make = Callable[..., int]


@pytest.fixture
def customer(app: Flask, clock: FrozenClock) -> Make:
    """`customer(alice, name=…, contacts=[…], team={bob: "backup"})`: the id of a new customer of
    hers, `customer(None)` is in the pool."""

    def make(owner: Character | None, *, contacts: list[ContactFacts] | None = None,
             team: dict[str, str] | None = None, **facts: Any) -> int:
        by = owner or characters.character("mei")
        values = {"name": "苏州恒通机电有限公司", "phone": "0512-62345678", "tier": "B", **facts}
        with transaction():
            row = record_customer(by.actor, CustomerFacts(**values), clock(),
                                  owner_id=owner.id if owner else None, contacts=contacts or ())
            for login, part in (team or {}).items():
                join(row, characters.character(login).id, part, clock(), actor_id=by.id)
            return row.id

    return make


def row_of(customer_id: int) -> Customer:
    """The customer as it stands in the database now."""
    db.session.rollback()
    return db.session.get_one(Customer, customer_id)
