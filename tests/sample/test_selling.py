"""The sample department sells: its customers and deals are there, and its pages are alive."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.cases.alerts.models import Alert
from portal.cases.models import Case, Reuse
from portal.core import clock
from portal.core.today import rows as today_rows
from portal.customers.models import Contact, Customer, TimelineEntry
from portal.extensions import db
from portal.leads.board.models import SavedView
from portal.leads.care.models import Feedback
from portal.leads.claims.models import Claim
from portal.leads.models import Lead
from portal.leads.money.models import Payment, Receivable
from portal.leads.pool.models import AllocationRule
from portal.leads.rules import ABANDONED, LOST, OPEN, STATUSES, VOID, WON
from portal.leads.stages.models import StageReview
from portal.people.models import User
from portal.sample import selling_script
from portal.search.find import search
from portal.visits.models import Visit, VisitPerson
from portal.visits.rules import PLANNED, REVIEWED


def count(model, *conditions):
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))


def test_there_are_customers_and_deals_in_all_stages(made):
    assert 35 <= count(Customer, Customer.is_sample) <= 45
    status = Counter(db.session.scalars(select(Lead.status)))
    assert set(status) == set(STATUSES) - {VOID}
    assert 45 <= sum(status.values()) <= 55
    stages = set(db.session.scalars(select(Lead.stage)))
    assert stages >= {"acquired", "screened", "needs", "proposal", "negotiation", "paid"}
    assert count(Lead, Lead.owner_id.is_(None), Lead.status == OPEN) >= 4
    assert count(Lead, Lead.score == 0) == 0
    assert not count(Lead, Lead.is_sample.is_(False))


def test_most_are_linas_and_a_few_the_new_hires(made, staff):
    owners = Counter(db.session.scalars(select(Customer.owner_id)))
    assert owners.most_common(1)[0][0] == staff("lina").id
    assert 2 <= owners[staff("liuchen").id] <= 4


def test_visits_and_follow_ups_of_half_a_year(made, clock):
    assert 110 <= count(Visit) <= 150
    assert not count(Visit, Visit.is_sample.is_(False))
    today = clock().date()
    assert count(Visit, Visit.day == today, Visit.status == PLANNED)
    assert count(Visit, Visit.day < today, Visit.status == PLANNED) == 1
    assert count(Visit, Visit.day > today, Visit.status == PLANNED) > 5
    assert count(Visit, Visit.day < today - timedelta(days=150), Visit.status == REVIEWED)
    assert count(VisitPerson) > 5


def test_money_care_claims_and_reviews_wait(made, staff):
    today = clock.today()
    due = db.session.scalars(select(Receivable)).all()
    assert 15 <= len(due) <= 25
    still = [each for each in due if each.paid_off_on is None]
    assert any(each.due_on < today for each in still)
    assert any(today <= each.due_on <= today + timedelta(days=14) for each in still)
    assert count(Payment) > 5
    assert set(db.session.scalars(select(Feedback.kind))) == {"nps", "complaint"}
    assert count(Feedback, Feedback.kind == "complaint", Feedback.settled_at.is_(None)) == 1
    claims = {(claim.state, claim.decider_id) for claim in db.session.scalars(select(Claim))}
    assert claims == {("sent", staff("chenfang").id), ("decided", staff("chenfang").id)}
    assert count(StageReview, StageReview.status == "asked") == 1
    assert count(AllocationRule) == 1
    assert count(SavedView) >= 3


def test_somebody_has_a_birthday_within_two_days(made):
    days = {((day := clock.today() + timedelta(days=n)).month, day.day) for n in range(3)}
    kept = db.session.execute(select(Contact.birth_month, Contact.birth_day)).all()
    assert days & {tuple(row) for row in kept}


def test_one_customer_brought_others(made):
    introduced = db.session.scalars(select(Customer.introduced_by_id).where(
        Customer.introduced_by_id.is_not(None))).all()
    assert len(introduced) >= 7
    assert max(Counter(introduced).values()) >= 3


def test_cases_come_from_deals_and_visits(made):
    refs = set(db.session.scalars(select(Case.source_ref).where(Case.source_ref.is_not(None))))
    assert {ref.partition(":")[0] for ref in refs} == {"lead", "visit"}
    told = db.session.scalars(select(TimelineEntry.kind).where(
        TimelineEntry.kind.in_(("case.recorded", "visit.case")))).all()
    assert len(told) == len(refs)
    closed = {lead.ref for lead in db.session.scalars(
        select(Lead).where(Lead.status.in_((WON, LOST))))}
    assert len(closed & refs) > 10
    assert count(Reuse, Reuse.source_ref.is_not(None)) >= 2


def test_who_wants_to_abandon_waits_for_an_alert(made):
    refs = {lead.status: lead.ref for lead in db.session.scalars(select(Lead).join(
        Alert, Alert.source_ref == "lead:" + db.cast(Lead.id, db.String)))}
    alerts = {alert.source_ref: alert for alert in db.session.scalars(
        select(Alert).where(Alert.source_ref.is_not(None)))}
    assert alerts[refs[ABANDONED]].answered_at is not None
    assert alerts[refs[OPEN]].answered_at is None


@pytest.mark.parametrize(("login", "least"), [("lina", 12), ("chenfang", 8), ("liuchen", 4)])
def test_today_is_alive_and_says_nothing_twice(app, made, staff, login, least):
    with app.test_request_context():
        found = list(today_rows(staff(login).actor, clock.now()))
    assert len(found) >= least
    titles = Counter((row.open, row.title) for row in found)
    assert [title for title, times in titles.items() if times > 1] == []


def test_nothing_lies_in_the_future_and_all_is_told_to_the_file(made, clock):
    assert count(TimelineEntry, TimelineEntry.at > clock()) == 0
    for model in (Customer, Lead, Visit):
        assert count(model, model.created_at > clock()) == 0
    assert count(Lead, Lead.closed_at > clock()) == 0
    without = select(Customer.name).where(~db.exists().where(
        TimelineEntry.customer_id == Customer.id))
    assert db.session.scalars(without).all() == []


def test_customers_are_found_by_who_may_read_them(app, made, staff):
    with app.test_request_context():
        found = {login: search(staff(login).actor, "太湖泵业", scope="customers").total
                 for login in ("lina", "chenfang", "hejx")}
    assert found["lina"] and found["chenfang"]
    assert not found["hejx"]


def test_a_key_that_is_not_known_is_an_error():
    with pytest.raises(TypeError, match="frist"):
        selling_script._built(selling_script.CustomerScript, {"name": "x", "frist": 1})


def test_people_of_the_story_are_in_the_department(made):
    known = {person.login for person in db.session.scalars(select(User))}
    for customer in selling_script.customers():
        assert {customer.by, *customer.team.values(), *(call.by for call in customer.calls),
                *(visit.by for visit in customer.visits)} <= known
