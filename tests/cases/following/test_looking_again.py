"""“Remind me about this case on …”: dated, listed, cancelled, told; and what is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases.following import looking_again
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.reminders.models import Reminder


def mine(person):
    db.session.rollback()
    return db.session.scalars(select(Reminder).filter_by(person_id=person.id)).all()


def test_a_reminder_is_made_shown_cancelled_and_brought_back(browser, problem, bob):
    reader, url = browser(bob), f"/cases/{problem.id}"
    form = {"day": "2026-06-03", "at": "14:30", "note": "ask about price"}
    assert reader.post(f"{url}/reminders", data=form).status_code == 303
    (made,) = mine(bob)
    assert made.due_at.isoformat() == "2026-06-03T06:30:00+00:00"
    page = reader.get(url).text
    assert "ask about price" in page and "Undo" in page
    reader.post(f"/reminders/{made.id}/cancel")
    assert mine(bob)[0].done_at is not None
    assert "ask about price" not in reader.get(url).text
    reader.post(f"/reminders/{made.id}/restore")
    assert mine(bob)[0].done_at is None


def test_the_form_proposes_tomorrow_morning(browser, problem, bob):
    page = browser(bob).get(f"/cases/{problem.id}/reminders").text
    assert 'value="2026-06-02"' in page and 'value="09:00' in page


@pytest.mark.parametrize("form", [
    {}, {"day": "2026-06-02"}, {"day": "2026-05-31", "at": "09:00"},
    {"day": "2026-06-01", "at": "10:00"}, {"day": "2030-01-01", "at": "09:00"},
    {"day": "x", "at": "y"}, {"day": "2026-06-02", "at": "09:00", "note": "x" * 121},
])
def test_what_makes_no_sense_is_refused(browser, problem, bob, form):
    answer = browser(bob).post(f"/cases/{problem.id}/reminders", data=form)
    assert answer.status_code == 422 and mine(bob) == []


def test_at_most_twenty(browser, problem, clock, bob):
    with transaction():
        for hour in range(20):
            moment = clock() + timedelta(days=1, hours=hour)
            looking_again.look_again(bob.actor, problem, moment.date(), moment.time(), "",
                                     clock())
    form = {"day": "2026-08-02", "at": "09:00"}
    assert browser(bob).post(f"/cases/{problem.id}/reminders", data=form).status_code == 422


def test_who_may(browser, record, problem, clock, alice, bob, carol):
    secret = record(alice, audience="team")
    assert browser(carol).get(f"/cases/{secret.id}/reminders").status_code == 404
    browser(bob).post(f"/cases/{problem.id}/reminders",
                      data={"day": "2026-06-03", "at": "14:30"})
    (made,) = mine(bob)
    for verb in ("cancel", "restore"):
        assert browser(carol).post(f"/reminders/{made.id}/{verb}").status_code == 404
        assert browser(bob).get(f"/reminders/{made.id}/{verb}").status_code == 405


def test_it_appears_on_today_when_it_is_due(browser, problem, clock, bob):
    browser(bob).post(f"/cases/{problem.id}/reminders",
                      data={"day": "2026-06-02", "at": "09:00"})
    assert "You wanted to look at" not in browser(bob).get("/").text
    clock.move(days=1)
    assert "You wanted to look at" in browser(bob).get("/").text
