"""Whatever stopped with a lead goes on when it is open again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core.unit_of_work import transaction
from portal.customers.actions.ownership import hand_over
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.actions.leads import restore_lead, void_lead
from portal.leads.actions.steps import set_next_step
from portal.leads.closing.actions import close_lead, reopen_lead
from portal.leads.models import Lead
from portal.leads.pool.actions import claim_lead
from portal.reminders.models import Reminder
from tests.leads.closing.conftest import LOST

ENDS = {
    "closed": (lambda actor, lead, now: close_lead(actor, lead, LOST, now),
               lambda actor, lead, now: reopen_lead(actor, lead, "They called", now)),
    "voided": (lambda actor, lead, now: void_lead(actor, lead, "Twice", now),
               lambda actor, lead, now: restore_lead(actor, lead, now)),
}


@pytest.fixture(params=sorted(ENDS))
def away(request, app, clock):
    """`end(alice, lead)`, `again(alice, lead)`."""
    end, again = ENDS[request.param]

    def doing(act):
        def do(person, lead):
            with transaction():
                act(person.actor, db.session.get_one(Lead, lead.id), clock())
        return do
    return doing(end), doing(again)


def now_row(lead):
    db.session.rollback()
    return db.session.get_one(Lead, lead.id, populate_existing=True)


def test_the_next_step_and_its_reminder(lead, away, alice, clock):
    end, again = away
    due = clock() + timedelta(days=3)
    with transaction():
        set_next_step(alice.actor, now_row(lead), "Call them", due, clock())
    end(alice, lead)
    assert now_row(lead).next_step == "" and open_reminders(lead) == []
    again(alice, lead)
    assert (now_row(lead).next_step, now_row(lead).next_step_at) == ("Call them", due)
    assert open_reminders(lead) == [alice.id]


def test_the_clock_of_the_first_contact(deal, away, alice, clock):
    end, again = away
    lead = deal(None, "南通海门纺织有限公司")
    with transaction():
        claim_lead(alice.actor, now_row(lead), clock())
    due = now_row(lead).response_due_at
    end(alice, lead)
    again(alice, lead)
    assert due is not None and now_row(lead).response_due_at == due


def test_who_has_the_customer_has_the_deal(lead, away, alice, bob, mei, clock, browser):
    end, again = away
    end(alice, lead)
    with transaction():
        hand_over([db.session.get_one(Customer, lead.customer_id)], bob.id, mei.id, clock(),
                  reason="New region")
    again(bob if now_row(lead).status == "lost" else mei, lead)
    row = now_row(lead)
    assert row.is_open and row.owner_id == bob.id
    assert browser(bob).get(f"/leads/{lead.id}").status_code == 200
    assert browser(alice).get(f"/leads/{lead.id}").status_code == 404


def open_reminders(lead):
    return list(db.session.scalars(select(Reminder.person_id).where(
        Reminder.subject == lead.ref, Reminder.kind == "lead.next_step",
        Reminder.done_at.is_(None))))
