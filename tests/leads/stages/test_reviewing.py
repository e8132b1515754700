"""Reviews at the gates: who gives them, what passes and what does not, and who is told."""

import pytest

from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.customers.actions.ownership import join
from portal.customers.models import TimelineEntry
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.stages.actions import (
    Missing,
    ask_review,
    decide_review,
    missing_for,
    withdraw_review,
)
from portal.leads.stages.models import StageReview
from portal.leads.stages.today import rows
from portal.people.models import User
from portal.reminders.models import Notification

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def ask(clock):
    def one(person, lead, stage="proposal", gate="product_review", **more):
        with transaction():
            return ask_review(person.actor, db.session.get(Lead, lead.id), stage, gate, clock(),
                              **more)

    return one


@pytest.fixture
def decide(clock):
    def one(person, review, passes, reason=""):
        with transaction():
            decide_review(person.actor, db.session.get(StageReview, review.id), passes, reason,
                          clock())

    return one


def fresh(row):
    return db.session.get(type(row), row.id, populate_existing=True)


def told(person, kind):
    return db.session.query(Notification).filter_by(person_id=person.id, kind=kind).all()


def today(app, person, clock):
    with app.test_request_context():
        return list(rows(person.actor, clock()))


def test_the_gate_asks_the_line_manager_when_nobody_is_named(
    app, at_needs, alice, mei, move, ask, decide, clock
):
    with pytest.raises(Missing):
        move(alice, at_needs, "proposal")
    review = ask(alice, at_needs, text="请看报价", link="https://files.example.com/p.docx")
    assert review.reviewer_id == mei.id
    assert [row.what for row in today(app, mei, clock)] and told(mei, "stage.review_asked")
    with pytest.raises(Missing):
        move(alice, at_needs, "proposal")
    decide(mei, review, True)
    move(alice, at_needs, "proposal")
    assert fresh(at_needs).stage == "proposal"
    assert today(app, mei, clock) == []
    assert told(alice, "stage.review_given")
    assert all(each.handled_at for each in told(mei, "stage.review_asked"))


def test_the_product_expert_of_the_customer_is_asked_first(at_needs, alice, bob, ask, clock):
    with transaction():
        join(fresh(at_needs).customer, bob.id, "product_expert", clock())
    assert ask(alice, at_needs).reviewer_id == bob.id


def test_who_asks_is_not_asked_and_it_goes_to_the_next_leader(
    at_needs, alice, mei, wang, ask, decide, clock
):
    with transaction():
        for person in (alice, mei):
            join(fresh(at_needs).customer, person.id, "product_expert", clock())
    review = ask(mei, at_needs)
    assert review.reviewer_id == wang.id
    for person in (mei, alice):
        with pytest.raises(Refused):
            decide(person, review, True)


def test_who_left_is_passed_over(at_needs, alice, mei, wang, ask, clock):
    with transaction():
        db.session.get(User, mei.id).deactivated_at = clock()
    assert ask(alice, at_needs).reviewer_id == wang.id


def test_a_refusal_says_why_and_can_be_asked_again(
    app, at_needs, alice, mei, move, ask, decide, clock
):
    review = ask(alice, at_needs)
    with pytest.raises(Refused):
        decide(mei, review, False)
    decide(mei, review, False, "报价没有含实施费")
    assert [row.what for row in today(app, alice, clock)]
    with pytest.raises(Missing):
        move(alice, at_needs, "proposal")
    clock.move(hours=1)
    again = ask(alice, at_needs)
    assert again.id != review.id and today(app, alice, clock) == []
    decide(mei, again, True)
    move(alice, at_needs, "proposal")


@pytest.mark.parametrize(("stage", "gate"), [
    ("signed", "product_review"), ("needs", "product_review"), ("proposal", "nothing"), ("", "")])
def test_only_a_gate_ahead_can_be_asked_for(at_needs, alice, ask, stage, gate):
    with pytest.raises(Refused):
        ask(alice, at_needs, stage, gate)


def test_one_review_at_a_time_and_none_when_passed(at_needs, alice, mei, ask, decide):
    review = ask(alice, at_needs)
    with pytest.raises(Refused):
        ask(alice, at_needs)
    decide(mei, review, True)
    for again in (lambda: ask(alice, at_needs), lambda: decide(mei, review, False, "no")):
        with pytest.raises(Refused):
            again()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "//evil.example/x", "file.docx"])
def test_a_link_that_is_none_is_refused(at_needs, alice, ask, link):
    with pytest.raises(Refused):
        ask(alice, at_needs, link=link)


def test_a_review_is_withdrawn(app, at_needs, alice, mei, ask, clock):
    review = ask(alice, at_needs)
    with transaction():
        withdraw_review(alice.actor, fresh(review), clock())
    assert fresh(review).status == "withdrawn" and today(app, mei, clock) == []
    assert all(each.handled_at for each in told(mei, "stage.review_asked"))
    kinds = [entry.kind for entry in db.session.query(TimelineEntry).order_by(TimelineEntry.id)]
    assert kinds[-2:] == ["lead.review_asked", "lead.review_withdrawn"]


def test_going_back_uses_a_passed_review_up(at_needs, alice, mei, move, ask, decide):
    review = ask(alice, at_needs)
    decide(mei, review, True)
    move(alice, at_needs, "proposal")
    move(alice, at_needs, "screened", reason="换了方案")
    assert fresh(review).status == "expired"
    assert [lack.key for lack in missing_for(fresh(at_needs), "proposal")] == ["product_review"]


def test_letting_it_pass_ends_what_was_asked(app, at_needs, alice, mei, wang, move, ask, clock):
    review = ask(alice, at_needs)
    move(wang, at_needs, "proposal", pass_reason="我看过了")
    assert fresh(review).status == "withdrawn" and today(app, mei, clock) == []


def test_nobody_above_means_no_review_but_the_head_may_pass(make_lead, chen, move, ask):
    lead = make_lead(chen, name="广州南天电子有限公司", product="erp")
    with pytest.raises(Refused, match="Nobody"):
        ask(chen, lead)
    move(chen, lead, "proposal", pass_reason="自己把关")
    assert fresh(lead).stage == "proposal"


def test_a_closed_lead_waits_for_nobody(app, at_needs, alice, mei, ask, clock):
    ask(alice, at_needs)
    with transaction():
        fresh(at_needs).status = "lost"
    assert today(app, mei, clock) == []
