"""What comes next, planned and done on the page of a lead."""

from datetime import timedelta

import pytest

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.actions.leads import set_next_step, void_lead
from portal.leads.models import Lead
from portal.reminders.actions.inbox import finish
from portal.reminders.models import Reminder

STEP = {"step": "Send the offer", "day": "2026-06-03", "time": "15:00"}


def row(lead):
    return db.session.get_one(Lead, lead.id, populate_existing=True)


def plan(alice, lead, at, clock):
    with transaction():
        set_next_step(alice.actor, row(lead), "Call 王工", at, clock())


def test_planned_it_stands_on_the_page(browser, deal, alice):
    lead = deal(alice)
    answer = browser(alice).post(f"/leads/{lead.id}/next-step", data=STEP)
    assert answer.status_code == 303
    page = browser(alice).get(answer.location).text
    assert "Send the offer" in page and "Jun 3, 2026" in page
    assert row(lead).next_step_at.isoformat() == "2026-06-03T07:00:00+00:00"


def test_as_a_fragment(browser, deal, alice):
    lead = deal(alice)
    answer = browser(alice).fragment(f"/leads/{lead.id}/next-step", STEP)
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith("<section") and 'id="next_step"' in answer.text


def test_without_a_time_it_is_in_the_morning_and_today_now(browser, deal, alice, clock):
    lead = deal(alice)
    browser(alice).post(f"/leads/{lead.id}/next-step", data={**STEP, "time": ""})
    assert row(lead).next_step_at.isoformat() == "2026-06-03T01:00:00+00:00"
    browser(alice).post(f"/leads/{lead.id}/next-step",
                        data={**STEP, "time": "", "day": "2026-06-01"})
    assert row(lead).next_step_at == clock()


@pytest.mark.parametrize("wrong", [
    {"step": " "}, {"step": "x" * 201}, {"day": ""}, {"day": "tomorrow"}, {"day": "2026-05-31"},
    {"day": "2036-06-01"}, {"time": "25:00"},
])
def test_what_cannot_be_is_said_and_kept(browser, deal, alice, wrong):
    lead = deal(alice)
    for answer in (browser(alice).post(f"/leads/{lead.id}/next-step", data={**STEP, **wrong}),
                   browser(alice).fragment(f"/leads/{lead.id}/next-step", {**STEP, **wrong})):
        assert answer.status_code == 422
        assert "What you typed is still here" in answer.text
        assert {**STEP, **wrong}["step"].strip() in answer.text
    assert row(lead).next_step == ""


def test_done_it_asks_for_the_next_one(browser, deal, alice, clock):
    lead = deal(alice)
    plan(alice, lead, clock() + timedelta(hours=1), clock)
    answer = browser(alice).fragment(f"/leads/{lead.id}/next-step/done", method="POST")
    assert answer.status_code == 200 and "<details class=\"fold\" open>" in answer.text
    assert row(lead).next_step == ""
    page = browser(alice).post(f"/leads/{lead.id}/next-step/done")
    assert page.status_code == 303 and "next=1" in page.location


def test_dropped(browser, deal, alice, clock):
    lead = deal(alice)
    plan(alice, lead, clock() + timedelta(hours=1), clock)
    assert browser(alice).post(f"/leads/{lead.id}/next-step/drop").status_code == 303
    assert row(lead).next_step == ""


@pytest.mark.parametrize("path", ["next-step", "next-step/done", "next-step/drop"])
def test_who_may(browser, deal, alice, mei, carol, path):
    lead = deal(alice)
    assert browser(mei).post(f"/leads/{lead.id}/{path}").status_code == 403
    assert browser(carol).post(f"/leads/{lead.id}/{path}").status_code == 404
    assert browser(alice).get(f"/leads/{lead.id}/{path}").status_code == 405


def test_a_lead_that_is_over_plans_nothing(browser, deal, alice, clock):
    lead = deal(alice)
    with transaction():
        row(lead).status = "lost"
    assert browser(alice).post(f"/leads/{lead.id}/next-step", data=STEP).status_code == 422
    with transaction():
        void_lead(alice.actor, row(lead), "Twice", clock())
    assert browser(alice).post(f"/leads/{lead.id}/next-step", data=STEP).status_code == 403


def test_today_shows_one_row_for_step_and_reminder(browser, deal, alice, clock):
    lead = deal(alice)
    plan(alice, lead, clock() + timedelta(hours=2), clock)
    page = browser(alice).get("/").text
    assert "Today at 12:00" in page and page.count("Call 王工") == 1
    clock.move(hours=3)
    page = browser(alice).get("/").text
    assert page.count("Call 王工") == 1 and "Next step" in page
    with transaction():
        finish(db.session.scalars(db.select(Reminder)).one(), clock())
    assert browser(alice).get("/").text.count("Call 王工") == 1


def test_tomorrows_step_waits(browser, deal, alice, clock):
    lead = deal(alice)
    plan(alice, lead, clock() + timedelta(days=1), clock)
    assert "Call 王工" not in browser(alice).get("/").text
