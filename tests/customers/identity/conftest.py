"""Customers with keys, made without the rest of a customer's file."""

import pytest

from portal.core.unit_of_work import transaction
from portal.customers.identity.keys import Identity, hold
from portal.customers.models import Customer
from portal.extensions import db


def new_customer(name, now):
    customer = Customer(name=name, owned_since=now, last_activity_at=now, created_at=now)
    db.session.add(customer)
    return customer


@pytest.fixture
def known(app, clock):
    """`known("name", aliases=…, phones=…, credit_code=…)`: the id of a customer that has them."""

    def make(name, **more):
        with transaction():
            customer = new_customer(name, clock())
            hold(customer, Identity(name, **more), clock())
            return customer.id

    return make
