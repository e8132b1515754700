"""Who is told of a payment: whoever has the deal, and once the customer is another's, that one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import clock as portal_clock
from portal.core.unit_of_work import transaction
from portal.customers.actions.ownership import hand_over
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.closing.actions import close_lead
from portal.leads.models import Lead
from portal.leads.money import calendar, queries, today
from portal.leads.money.models import Receivable
from portal.reminders.models import Reminder
from tests.leads.money.test_afterwards import WON

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def signed(lead, owed, mei, clock):
    """A deal that is won: one payment is late, another one is still to come."""
    owed(lead, 100, due=-5)
    owed(lead, 200, due=20)
    with transaction():
        close_lead(mei.actor, db.session.get_one(Lead, lead.id), WON, clock(), pass_reason="Signed")
    return lead


def told(person):
    """Rows of Today, dates in the calendar, open reminders, receivables of one's own."""
    day = portal_clock.today()
    reminders = select(Reminder).where(Reminder.person_id == person.id, Reminder.done_at.is_(None),
                                       Reminder.kind == "money.due")
    mine = db.session.scalars(select(Receivable).where(
        Receivable.lead_id.in_(queries.deals_of([person.id])))).all()
    return (len([*today.rows(person.actor, portal_clock.now())]),
            len([*calendar.entries(person.actor, day, day + timedelta(days=60))]),
            len(db.session.scalars(reminders).all()), len(mine))


def test_who_has_the_deal_collects(signed, alice, bob):
    assert told(alice) == (1, 1, 1, 2)
    assert told(bob) == (0, 0, 0, 0)


def test_payments_go_where_the_customer_goes(signed, alice, bob, mei, clock):
    with transaction():
        hand_over([db.session.get_one(Customer, signed.customer_id)], bob.id, mei.id, clock(),
                  reason="New region")
    assert db.session.get_one(Lead, signed.id).owner_id == alice.id
    assert told(alice) == (0, 0, 0, 0)
    assert told(bob) == (1, 1, 1, 2)


def test_leaders_are_told_of_their_own_people_alone(signed, carol, mei, wang, chen, clock):
    assert [len([*today.rows(one.actor, clock())]) for one in (mei, chen)] == [1, 0]
    with transaction():
        hand_over([db.session.get_one(Customer, signed.customer_id)], carol.id, mei.id, clock(),
                  reason="New region")
    assert [len([*today.rows(one.actor, clock())]) for one in (mei, chen)] == [0, 1]
