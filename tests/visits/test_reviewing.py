"""Being there, writing what came of it, correcting and voiding."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import clock as portal_clock
from portal.core.errors import Conflict, Refused
from portal.customers.models import Contact, Customer, TimelineEntry
from portal.extensions import db
from portal.leads.actions.giving import give_lead
from portal.leads.models import Lead
from portal.reminders.models import Reminder
from portal.visits.actions import arriving, reviewing
from portal.visits.content import Met, NextStep, ReviewFacts, Written
from portal.visits.models import Visit
from tests.visits.acting import acting

SAID = ReviewFacts("partly", "“Too dear.”", "The photos", "No decision-maker")


def visit_of(number):
    return db.session.get_one(Visit, number)


def reminders(person):
    return db.session.scalars(select(Reminder).where(
        Reminder.person_id == person.id, Reminder.done_at.is_(None))).all()


def write(person, visit, written, clock):
    with acting():
        reviewing.review_visit(person.actor, visit_of(visit.id), written, clock())


def test_one_tap_sets_the_time_and_can_be_undone(alice, customer, planned, clock):
    visit = planned(alice, customer(alice))
    for _tap in range(2):
        with acting():
            arriving.check_in(alice.actor, visit_of(visit.id), clock())
    assert (visit_of(visit.id).status, visit_of(visit.id).arrived_at) == ("arrived", clock())
    assert db.session.get_one(Customer, visit.customer_id).last_activity_at == clock()
    with acting():
        arriving.undo_check_in(alice.actor, visit_of(visit.id), clock())
    assert (visit_of(visit.id).status, visit_of(visit.id).arrived_at) == ("planned", None)


def test_nobody_is_there_on_another_day(alice, customer, planned, clock):
    visit = planned(alice, customer(alice), 1)
    with pytest.raises(Refused), acting():
        arriving.check_in(alice.actor, visit_of(visit.id), clock())


def test_a_review_settles_the_old_step_and_sets_the_next(
    alice, customer, lead, planned, today, clock
):
    hengda = customer(alice, contacts=["Wang Jianguo", "Li Min"])
    deal = lead(alice, hengda)
    visit = planned(alice, hengda, lead_id=deal.id)
    met = Met((hengda.contacts[0].id,), ("Zhao Qiang", "li min"))
    step = NextStep("Send the references", today + timedelta(days=3))
    write(alice, visit, Written(SAID, met, step), clock)
    done = visit_of(visit.id)
    assert (done.status, done.review.result, done.review.number) == ("reviewed", "partly", 1)
    assert {each.contact.name for each in done.contacts if each.met} == {
        "Wang Jianguo", "Zhao Qiang", "Li Min"}
    assert db.session.query(Contact).count() == 3
    lead_now = db.session.get_one(Lead, deal.id)
    assert lead_now.next_step == "Send the references"
    assert portal_clock.local_day(lead_now.next_step_at) == today + timedelta(days=3)
    assert [each.kind for each in reminders(alice)] == ["lead.next_step"]
    entry = db.session.scalars(select(TimelineEntry).where(
        TimelineEntry.kind == "visit.reviewed")).one()
    assert entry.text == "“Too dear.”\n\nThe photos\n\nNo decision-maker"
    assert entry.lead_id == deal.id


def test_without_a_deal_the_person_is_reminded_once(alice, customer, planned, today, clock):
    hengda = customer(alice)
    for days in (2, 5):
        visit = planned(alice, hengda)
        step = NextStep("Call again", today + timedelta(days=days))
        write(alice, visit, Written(SAID, next_step=step), clock)
    reminder, = reminders(alice)
    assert (reminder.kind, reminder.subject) == ("visit.next_step", hengda.ref)
    assert portal_clock.local_day(reminder.due_at) == today + timedelta(days=5)


@pytest.mark.parametrize("written", [
    Written(ReviewFacts("partly", " ", "", "\n")),
    Written(ReviewFacts("", "They said yes")),
    Written(ReviewFacts("great", "They said yes")),
    Written(SAID, next_step=NextStep("Call")),
    Written(SAID, met=Met((999,))),
])
def test_half_a_review_is_refused_and_nothing_is_written(
    alice, customer, planned, clock, written
):
    visit = planned(alice, customer(alice))
    with pytest.raises(Refused):
        write(alice, visit, written, clock)
    assert visit_of(visit.id).status == "planned"
    assert visit_of(visit.id).reviews == []


def test_a_visit_to_come_is_not_reviewed_and_a_review_is_written_once(
    alice, customer, planned, clock
):
    ahead = planned(alice, customer(alice), 2)
    with pytest.raises(Refused):
        write(alice, ahead, Written(SAID), clock)
    visit = planned(alice, customer(alice, "Haina"))
    write(alice, visit, Written(SAID), clock)
    with pytest.raises(Refused):
        write(alice, visit, Written(SAID), clock)


def test_what_nobody_planned_is_written_too_but_not_of_tomorrow(alice, customer, today, clock):
    hengda = customer(alice)
    past = today - timedelta(days=5)
    with acting():
        visit = reviewing.record_unplanned(alice.actor, hengda, None, past, Written(SAID), clock())
    assert (visit.day, visit.status) == (past, "reviewed")
    entry = db.session.scalars(select(TimelineEntry).where(
        TimelineEntry.kind == "visit.reviewed")).one()
    assert portal_clock.local_day(entry.at) == past
    assert entry.recorded_at == clock()
    for day in (today + timedelta(days=1), today - timedelta(days=400)):
        with pytest.raises(Refused), acting():
            reviewing.record_unplanned(alice.actor, db.session.get_one(Customer, hengda.id), None,
                                       day, Written(SAID), clock())


def test_a_correction_is_a_new_version_with_a_reason(alice, customer, planned, clock):
    visit = planned(alice, customer(alice))
    write(alice, visit, Written(SAID), clock)
    better = ReviewFacts("reached", SAID.words, SAID.worked, "")

    def correct(facts, reason, number=1):
        with acting():
            reviewing.correct_review(alice.actor, visit_of(visit.id), facts, reason, clock(),
                                     number=number)

    for facts, reason in ((better, " "), (SAID, "No reason"), (ReviewFacts("reached"), "Empty")):
        with pytest.raises(Refused):
            correct(facts, reason)
    correct(better, "They signed after all")
    with pytest.raises(Conflict):
        correct(SAID, "From a tab opened before")
    texts = [(each.number, each.result, each.reason) for each in visit_of(visit.id).reviews]
    assert texts == [(1, "partly", ""), (2, "reached", "They signed after all")]
    first, correction = db.session.scalars(select(TimelineEntry).where(
        TimelineEntry.kind.in_(("visit.reviewed", "visit.corrected"))).order_by(TimelineEntry.id))
    assert correction.corrects_id == first.id
    assert correction.detail["changes"]["result"] == ["partly", "reached"]


def test_voiding_says_why_and_keeps_everything(alice, customer, planned, clock):
    visit = planned(alice, customer(alice))
    with pytest.raises(Refused), acting():
        reviewing.void_visit(alice.actor, visit_of(visit.id), "Nothing is there yet", clock())
    write(alice, visit, Written(SAID), clock)
    with pytest.raises(Refused), acting():
        reviewing.void_visit(alice.actor, visit_of(visit.id), "", clock())
    with acting():
        reviewing.void_visit(alice.actor, visit_of(visit.id), "The wrong customer", clock())
    done = visit_of(visit.id)
    assert (done.status, done.end_reason, len(done.reviews)) == ("void", "The wrong customer", 1)


def test_a_deal_that_went_to_somebody_else_is_not_asked_about(
    browser, alice, carol, customer, lead, planned, clock
):
    hengda = customer(alice)
    deal = lead(alice, hengda)
    visit = planned(alice, hengda, lead_id=deal.id)
    page = browser(alice)
    assert f"/leads/{deal.id}/cases/alike" in page.get(f"/visits/{visit.id}/review").text
    with acting():
        give_lead(None, db.session.get_one(Lead, deal.id), carol.id, clock(), why="bulk")
    answer = page.get(f"/visits/{visit.id}/review")
    assert answer.status_code == 200 and "/cases/alike" not in answer.text
