"""Care opens by itself, is done once, and what customers say is written down for good."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.unit_of_work import transaction
from portal.customers.actions.contacts import add_contact
from portal.customers.content import ContactFacts
from portal.customers.models import Customer, TimelineEntry
from portal.extensions import db
from portal.leads.care.actions import (
    record_feedback,
    settle_complaint,
    void_feedback,
)
from portal.leads.care.clockwork import look_after_customers
from portal.leads.care.content import FeedbackFacts
from portal.leads.care.models import CareTask, Feedback
from portal.leads.events import LeadClosed, LeadReopened
from portal.reminders.models import Notification
from tests.counting import statements as statements_inside

TODAY = date(2026, 6, 1)

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def lead(deal, alice):
    return deal(alice)


@pytest.fixture
def customer(lead):
    return db.session.get(Customer, lead.customer_id)


@pytest.fixture
def change(app):
    def change(row, **values):
        with transaction():
            kept = db.session.merge(row)
            for name, value in values.items():
                setattr(kept, name, value)
    return change


@pytest.fixture
def born(app, alice, clock):
    def born(customer, month, day, name="钱敏"):
        facts = ContactFacts(name=name, birth_month=month, birth_day=day)
        with transaction():
            return add_contact(alice.actor, db.session.merge(customer), facts, clock())
    return born


@pytest.fixture
def said(app, alice, clock):
    def said(customer, kind, *, score=None, text="", days_ago=0):
        facts = FeedbackFacts(kind, TODAY - timedelta(days=days_ago), score, text)
        with transaction():
            return record_feedback(alice.actor, db.session.merge(customer), facts, clock())
    return said


def tasks(*kinds):
    query = select(CareTask).where(CareTask.done_at.is_(None)).order_by(CareTask.id)
    return [task for task in db.session.scalars(query) if not kinds or task.kind in kinds]


def test_a_birthday_is_told_two_days_ahead_and_once(customer, born, alice):
    born(customer, 6, 3)
    born(customer, 6, 4, "孙悦")
    look_after_customers()
    look_after_customers()
    [task] = tasks("birthday")
    assert (task.contact.name, task.due_on) == ("钱敏", date(2026, 6, 3))
    told = db.session.scalars(select(Notification).where(Notification.kind == "care.day")).all()
    assert [each.person_id for each in told] == [alice.id]


def test_a_birthday_that_passed_waits_no_more(customer, born, clock):
    born(customer, 6, 1)
    look_after_customers()
    assert len(tasks("birthday")) == 1
    clock.move(days=1)
    look_after_customers()
    assert tasks("birthday") == []


def test_the_day_of_the_first_contract_is_kept_every_year(customer, change):
    change(customer, customer_since=date(2024, 6, 2))
    look_after_customers()
    [task] = tasks("anniversary")
    assert task.detail == {"years": 2}


def test_an_old_customer_gets_the_report_of_the_quarter_once(customer, change, clock):
    change(customer, customer_since=TODAY - timedelta(days=200))
    look_after_customers()
    look_after_customers()
    [task] = tasks("report")
    assert task.due_on == date(2026, 6, 30)
    clock.move(days=31)
    look_after_customers()
    assert [each.due_on for each in tasks("report")] == [date(2026, 6, 30), date(2026, 9, 30)]


def test_who_was_won_is_trained_and_who_was_lost_is_asked_again(lead, alice, app):
    with transaction():
        publish(LeadClosed(lead.id, alice.id, "won"))
    [training] = tasks("training")
    assert training.due_on == TODAY + timedelta(days=30)
    with transaction():
        publish(LeadReopened(lead.id, alice.id))
    assert tasks("training") == []
    with transaction():
        publish(LeadClosed(lead.id, alice.id, "lost"))
    [again] = tasks("win_back")
    assert again.due_on == TODAY + timedelta(days=90)


def test_two_complaints_open_one_win_back(customer, change, said):
    change(customer, customer_since=TODAY)
    said(customer, "complaint", text="交付晚了两周")
    look_after_customers()
    assert tasks("win_back") == []
    said(customer, "complaint", text="服务电话没人接")
    look_after_customers()
    look_after_customers()
    [task] = tasks("win_back")
    assert task.detail == {"warnings": ["complaints"]}


def test_a_settled_complaint_warns_no_more(customer, change, said, alice, clock):
    change(customer, customer_since=TODAY)
    first = said(customer, "complaint", text="交付晚了两周")
    said(customer, "complaint", text="服务电话没人接")
    with transaction():
        settle_complaint(alice.actor, db.session.merge(first), "赔了一个月维护", clock())
    look_after_customers()
    assert tasks("win_back") == []


def test_a_quiet_customer_warns(customer, change, clock):
    change(customer, customer_since=TODAY)
    clock.move(days=61)
    look_after_customers()
    assert [task.detail for task in tasks("win_back")] == [{"warnings": ["quiet"]}]


def test_nobody_is_warned_of_the_pool(deal, change):
    lead = deal(None)
    change(db.session.get(Customer, lead.customer_id), customer_since=TODAY - timedelta(days=999),
           last_activity_at=lead.created_at - timedelta(days=900))
    look_after_customers()
    assert tasks() == []


@pytest.mark.parametrize(("facts", "why"), [
    (FeedbackFacts("nps", TODAY), "from 0 to 10"),
    (FeedbackFacts("nps", TODAY, 11), "from 0 to 10"),
    (FeedbackFacts("satisfaction", TODAY, 0), "from 1 to 5"),
    (FeedbackFacts("complaint", TODAY), "what they said"),
    (FeedbackFacts("nps", TODAY + timedelta(days=1), 5), "still to come"),
    (FeedbackFacts("gossip", TODAY, 5), "of the list"),
    (FeedbackFacts("nps", TODAY, 5, contact_id=99999), "another customer"),
])
def test_what_cannot_be_said_is_refused(facts, why, customer, alice, clock):
    with pytest.raises(Refused, match=why), transaction():
        record_feedback(alice.actor, db.session.merge(customer), facts, clock())
    assert db.session.query(Feedback).count() == 0


def test_void_words_count_no_more_and_stay(customer, said, alice, clock, browser):
    wrong = said(customer, "nps", score=0, text="误填")
    with transaction():
        void_feedback(alice.actor, db.session.merge(wrong), "Another customer", clock())
    page = browser(alice).get(f"/customers/{customer.id}/care").text
    assert "误填" in page and "Void: Another customer" in page


def test_a_task_is_done_on_today_and_can_be_brought_back(customer, born, browser, alice, clock):
    born(customer, 6, 2)
    look_after_customers()
    [task] = tasks()
    me = browser(alice)
    assert "钱敏" in me.get("/").text
    assert me.post(f"/care/{task.id}/finish", data={"next": "/"}).location == "/"
    assert f"/care/{task.id}/finish" not in me.get("/").text
    me.post(f"/care/{task.id}/reopen")
    assert f"/care/{task.id}/finish" in me.get("/").text
    kinds = db.session.scalars(select(TimelineEntry.kind).where(
        TimelineEntry.customer_id == customer.id, TimelineEntry.kind.like("care.%")))
    assert list(kinds) == ["care.done", "care.reopened"]


def test_leaders_begin_with_everybody_they_lead(customer, born, browser, mei):
    born(customer, 6, 3)
    look_after_customers()
    assert "钱敏" in browser(mei).get("/care").text
    assert "钱敏" not in browser(mei).get("/care?owner=me").text


def test_dropping_asks_for_a_reason(customer, born, browser, alice):
    born(customer, 6, 2)
    look_after_customers()
    [task] = tasks()
    me = browser(alice)
    assert me.post(f"/care/{task.id}/drop", data={"reason": " "}).status_code == 422
    assert me.post(f"/care/{task.id}/drop", data={"reason": "他不过生日"}).status_code == 303
    assert "他不过生日" in me.get(f"/customers/{customer.id}/care").text


def test_feedback_through_the_page(customer, browser, alice):
    me, there = browser(alice), f"/customers/{customer.id}/feedback"
    form = {"kind": "nps", "score": "9", "given_on": "2026-06-01", "text": "很省心"}
    assert me.post(there, data=form).status_code == 303
    kept = me.post(there, data={**form, "score": "99"})
    assert kept.status_code == 422 and 'value="99"' in kept.text
    assert "很省心" in me.get(f"/customers/{customer.id}/care").text
    assert "Net promoter score of the last year: 100" in me.get("/care").text


def test_the_day_of_renewal_is_changed_with_a_reason(customer, browser, alice):
    me, there = browser(alice), f"/customers/{customer.id}/renewal"
    assert me.post(there, data={"renewal_on": "2026-06-20"}).status_code == 303
    assert me.post(there, data={"renewal_on": "2026-07-20"}).status_code == 422
    assert me.post(there, data={"renewal_on": "2026-07-20", "reason": "续约"}).status_code == 303
    assert db.session.get(Customer, customer.id).renewal_on == date(2026, 7, 20)


def test_others_see_nothing_and_leaders_do_nothing(customer, said, browser, carol, mei):
    wrong = said(customer, "praise", text="好")
    assert browser(carol).get(f"/customers/{customer.id}/care").status_code == 404
    there, why = f"/feedback/{wrong.id}/void", {"reason": "x"}
    assert browser(carol).post(there, data=why).status_code == 404
    assert browser(mei).get(f"/customers/{customer.id}/care").status_code == 200
    assert browser(mei).post(there, data=why).status_code == 403


def test_the_list_does_not_ask_more_for_more(app, deal, born, browser, alice):
    me = browser(alice)
    for number in range(2):
        born(deal(alice, f"常州第{number + 3}精工有限公司").customer, 6, 2)
    look_after_customers()
    me.get("/care")
    with statements_inside(app) as few:
        me.get("/care")
    for number in range(6):
        born(deal(alice, f"镇江第{number + 3}精工有限公司").customer, 6, 2)
    look_after_customers()
    with statements_inside(app) as many:
        me.get("/care")
    assert len(many) == len(few)
