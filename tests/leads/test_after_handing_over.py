"""What somebody who no longer has a customer is still told of it: nothing."""

from datetime import timedelta

import pytest

from portal.core.unit_of_work import transaction
from portal.customers.actions.ownership import hand_over
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.actions.steps import set_next_step
from portal.leads.care.actions import open_tasks
from portal.leads.models import Lead
from portal.reminders.calendar import actions

NAME = "苏州恒通机电有限公司"


@pytest.fixture
def planned(deal, alice, clock):
    """A step and a task of care, both of them to come."""
    lead = deal(alice, NAME)
    with transaction():
        set_next_step(alice.actor, db.session.get_one(Lead, lead.id), "Send the offer",
                      clock() + timedelta(days=3), clock())
        open_tasks([{"customer_id": lead.customer_id, "kind": "report", "key": "report:1",
                     "due_on": clock().date() + timedelta(days=5)}], clock())
    return lead


@pytest.fixture
def calendar(app, clock, browser):
    """`calendar(alice)`: what her phone reads."""
    def read(person):
        with transaction():
            address = actions.make_address(person.actor, "phone", clock())
        text = browser().get(f"/calendar/{address}.ics").text
        return text.replace("\r\n ", "")
    return read


def test_the_calendar_follows_the_customer(planned, calendar, alice, bob, mei, clock, browser):
    assert NAME in calendar(alice) and "Send the offer" in calendar(alice)
    with transaction():
        hand_over([db.session.get_one(Customer, planned.customer_id)], bob.id, mei.id, clock(),
                  reason="New region")
    assert NAME not in calendar(alice) and "Send the offer" not in calendar(alice)
    assert NAME in calendar(bob) and "Send the offer" in calendar(bob)
    assert NAME not in browser(alice).get("/").text


def test_whoever_sells_no_more_has_no_dates(planned, calendar, alice):
    with transaction():
        alice.row.role = "hr"
    assert NAME not in calendar(alice)
