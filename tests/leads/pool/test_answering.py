"""First contacts in time, and idle leads that go back."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.core.today import rows
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.actions.activity import touch_lead
from portal.leads.actions.giving import give_lead
from portal.leads.models import Lead
from portal.leads.pool.answering import answer_by_contact
from portal.leads.pool.clockwork import watch_leads
from portal.leads.pool.models import PoolStep
from portal.visits.events import FollowUpRecorded


@pytest.fixture
def given(app, deal, bob, mei, clock):
    """A lead that mei gave to bob."""
    lead = deal(mei)
    with transaction():
        give_lead(mei.id, db.session.get_one(Lead, lead.id), bob.id, clock(), why="handed")
    return lead


def talk(lead, person):
    with transaction():
        row = db.session.get_one(Lead, lead.id)
        answer_by_contact(FollowUpRecorded(1, row.customer_id, row.id, person.id, "call"))


def steps(what):
    return db.session.scalar(select(func.count()).where(PoolStep.what == what))


def what_waits(app, person, clock):
    with app.test_request_context():
        return [row for row in rows(person.actor, clock()) if "lead" in row.key]


def test_the_clock_counts_working_hours(given, now_row, clock, app, bob):
    # Monday 10:00 in Shanghai, eight working hours later it is Tuesday.
    due = now_row(given).response_due_at
    assert due is not None and timedelta(hours=20) < due - clock() < timedelta(hours=30)
    assert what_waits(app, bob, clock) == []


def test_soon_late_and_answered(given, now_row, clock, app, bob, mei, browser):
    due = now_row(given).response_due_at
    clock.now = due - timedelta(minutes=30)
    watch_leads()
    watch_leads()
    assert steps("soon") == 1 and steps("late") == 0
    (row,) = what_waits(app, bob, clock)
    assert row.key == f"answer:lead:{given.id}" and row.tone == "amber"
    assert given.customer.name in browser(bob).get(row.target).text
    assert "ends soon" in browser(bob).get("/notifications").text
    clock.now = due + timedelta(hours=1)
    watch_leads()
    watch_leads()
    assert steps("late") == 1
    assert "first contact is late" in browser(bob).get("/notifications").text
    assert "Nobody has contacted" in browser(mei).get("/notifications").text
    assert [row.key for row in what_waits(app, mei, clock)] == []
    with app.test_request_context():
        assert any(row.key == "late-answers" for row in rows(mei.actor, clock()))
    page = browser(mei).get("/leads/pool/overdue").text
    assert bob.name in page and "Late first contacts in the last 30 days" in page
    talk(given, bob)
    row = now_row(given)
    assert row.response_due_at is None and row.responded_at == clock()
    assert what_waits(app, bob, clock) == []


def test_only_the_owner_answers(given, now_row, mei, bob):
    talk(given, mei)
    assert now_row(given).response_due_at is not None
    talk(given, bob)
    assert now_row(given).response_due_at is None


def test_what_one_records_oneself_has_no_clock(deal, alice, now_row):
    assert now_row(deal(alice)).response_due_at is None


def test_idle_leads_warn_then_go_back(deal, alice, now_row, clock, app, browser):
    lead = deal(alice)
    clock.move(days=29)
    watch_leads()
    assert now_row(lead).idle_warned_at is None
    clock.move(days=2)
    watch_leads()
    watch_leads()
    assert now_row(lead).idle_warned_at is not None and steps("warned") == 1
    (row,) = what_waits(app, alice, clock)
    assert row.key == f"idle:lead:{lead.id}"
    assert "goes back to the pool" in browser(alice).get(f"/leads/{lead.id}").text
    clock.move(days=8)
    watch_leads()
    found = now_row(lead)
    assert found.owner_id is None and found.former_owner_id == alice.id
    assert "Nothing was done for 39 days" in browser(alice).get("/leads/pool").text
    watch_leads()
    assert steps("idle") == 1


def test_whoever_does_something_keeps_it(deal, alice, now_row, clock):
    lead = deal(alice)
    clock.move(days=31)
    watch_leads()
    clock.move(days=1)
    with transaction():
        touch_lead(db.session.get_one(Lead, lead.id), clock())
    clock.move(days=8)
    watch_leads()
    row = now_row(lead)
    assert row.owner_id == alice.id and row.idle_warned_at is None


@pytest.mark.parametrize(("share", "stays"), [(90, True), (101, False)])
def test_signed_leads_stay(deal, alice, now_row, clock, set_option, share, stays):
    set_option("pool.keep_from", share)
    lead = deal(alice)
    with transaction():
        db.session.get_one(Lead, lead.id).stage = "signed"
    for _ in range(2):
        clock.move(days=31)
        watch_leads()
    assert (now_row(lead).owner_id == alice.id) is stays


def test_managers_are_told_of_idle_leads_if_so_decided(
    deal, alice, mei, clock, set_option, browser
):
    set_option("pool.warns", "manager")
    deal(alice)
    clock.move(days=31)
    watch_leads()
    assert "is idle and goes back" in browser(mei).get("/notifications").text


def test_overdue_is_ones_own_and_ones_peoples(given, browser, clock, bob, alice, mei, hr, now_row):
    clock.now = now_row(given).response_due_at + timedelta(hours=1)
    watch_leads()
    title = "苏州恒通机电有限公司"
    assert title in browser(bob).get("/leads/pool/overdue").text
    assert title not in browser(alice).get("/leads/pool/overdue").text
    assert browser(hr).get("/leads/pool/overdue").status_code == 403
    assert browser(mei).get("/leads/pool/overdue?shown=idle").status_code == 200
