"""Calls, messages and mails, and what comes next."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core.errors import Refused
from portal.customers.models import Customer, TimelineEntry
from portal.extensions import db
from portal.leads.actions.steps import set_next_step
from portal.leads.models import Lead
from portal.reminders.models import Reminder
from portal.visits.actions.following_up import record_follow_up
from portal.visits.actions.next_steps import due_at
from portal.visits.content import FollowUp, NextStep
from portal.visits.models import Visit
from tests.visits.acting import acting


def again(row):
    return db.session.get_one(type(row), row.id)


def open_steps():
    query = select(Reminder.kind, Reminder.subject).where(Reminder.done_at.is_(None))
    return sorted(tuple(row) for row in db.session.execute(query))


def test_it_closes_the_old_reminder_and_sets_the_new_one(alice, customer, lead, today, clock):
    hengda = customer(alice)
    deal = lead(alice, hengda)
    with acting():
        set_next_step(alice.actor, again(deal), "Call them", clock() + timedelta(days=1), clock())
    before = db.session.scalars(select(Reminder.id)).all()
    step = NextStep("Send the offer", today + timedelta(days=2))
    with acting():
        visit = record_follow_up(alice.actor, again(hengda), FollowUp(
            today, "They want an offer.", "call", deal.id, next_step=step), clock())
    assert (visit.kind, visit.status, visit.review.words) == (
        "call", "reviewed", "They want an offer.")
    assert again(deal).next_step == "Send the offer"
    assert open_steps() == [("lead.next_step", deal.ref)]
    reminder = db.session.scalars(select(Reminder).where(Reminder.done_at.is_(None))).one()
    # The same reminder, moved: two are never open for one deal.
    assert reminder.id in before
    assert reminder.detail["who"] == "Send the offer"
    entry = db.session.scalars(select(TimelineEntry).where(
        TimelineEntry.kind == "follow_up.recorded")).one()
    assert (entry.detail["channel"], entry.subject) == ("call", visit.ref)


def test_without_a_next_step_nothing_is_left_open(alice, customer, lead, today, clock):
    hengda = customer(alice)
    deal = lead(alice, hengda)
    with acting():
        set_next_step(alice.actor, again(deal), "Call them", clock() + timedelta(days=1), clock())
    with acting():
        record_follow_up(alice.actor, again(hengda), FollowUp(
            today, "They call back themselves.", "mail", deal.id), clock())
    assert again(deal).next_step == ""
    assert open_steps() == []


def test_a_closed_deal_leaves_the_reminder_to_the_person(alice, customer, lead, today, clock):
    hengda = customer(alice)
    deal = lead(alice, hengda)
    with acting():
        again(deal).status = "won"
    with acting():
        record_follow_up(alice.actor, again(hengda), FollowUp(
            today, "All is well.", "message", deal.id,
            next_step=NextStep("Ask again", today + timedelta(days=9))), clock())
    assert open_steps() == [("visit.next_step", hengda.ref)]
    assert db.session.get_one(Lead, deal.id).next_step == ""


@pytest.mark.parametrize("wrong", [
    {"words": " "}, {"channel": "visit"}, {"channel": ""}, {"days": 1}, {"days": -400},
    {"lead_id": 999},
])
def test_what_is_not_whole_is_refused(alice, customer, today, clock, wrong):
    hengda = customer(alice)
    values = {"words": "They called.", "channel": "call", "lead_id": None,
              **{key: value for key, value in wrong.items() if key != "days"}}
    with pytest.raises(Refused), acting():
        record_follow_up(alice.actor, again(hengda), FollowUp(
            today + timedelta(days=wrong.get("days", 0)), **values), clock())
    assert db.session.scalars(select(Visit)).all() == []


def test_a_void_customer_takes_nothing_more(alice, customer, today, clock):
    hengda = customer(alice)
    with acting():
        db.session.get_one(Customer, hengda.id).voided_at = clock()
    with pytest.raises(Refused), acting():
        record_follow_up(alice.actor, again(hengda), FollowUp(today, "They called."), clock())


def test_a_step_for_today_is_due_in_a_while(app, today, clock):
    assert due_at(today, clock()) == clock() + timedelta(hours=2)
    assert due_at(today + timedelta(days=1), clock()) > clock() + timedelta(hours=12)


def test_what_lies_ahead_with_the_customer_is_not_done_by_another_deal(
    alice, customer, lead, today, clock
):
    hengda = customer(alice)
    first, second = lead(alice, hengda), lead(alice, hengda, title="WMS")
    ahead = NextStep("Ask about the renewal", today + timedelta(days=20))
    with acting():
        record_follow_up(alice.actor, again(hengda), FollowUp(
            today, "All is well.", "message", next_step=ahead), clock())
        set_next_step(alice.actor, again(second), "Send it", clock() + timedelta(days=1), clock())
    with acting():
        record_follow_up(alice.actor, again(hengda), FollowUp(
            today, "They want an offer.", "call", first.id), clock())
    assert open_steps() == [("lead.next_step", second.ref), ("visit.next_step", hengda.ref)]
    clock.move(days=20)
    with acting():
        record_follow_up(alice.actor, again(hengda), FollowUp(
            today + timedelta(days=20), "They sign.", "call", first.id), clock())
    assert open_steps() == [("lead.next_step", second.ref)]


def test_the_page_says_which_deal_each_step_belongs_to(
    browser, alice, customer, lead, clock
):
    hengda = customer(alice)
    deals = [lead(alice, hengda, title=title) for title in ("MES", "WMS")]
    with acting():
        for deal in deals:
            set_next_step(alice.actor, again(deal), "Call them", clock() + timedelta(days=1),
                          clock())
    page = browser(alice).get(f"/customers/{hengda.id}/follow-ups/new").text
    assert "for the deal you choose" in page
    assert "MES: Call them" in page and "WMS: Call them" in page
