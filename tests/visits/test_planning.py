"""Planning, moving, cancelling, and copying a week."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from portal.core.audit import AuditEntry
from portal.core.errors import Conflict, Refused
from portal.customers.models import TimelineEntry
from portal.extensions import db
from portal.visits.actions import copying, planning
from portal.visits.content import VisitPlan
from portal.visits.models import Visit
from tests.visits.acting import acting


def visit_of(number):
    return db.session.get_one(Visit, number)


def kinds(customer):
    query = select(TimelineEntry.kind).where(
        TimelineEntry.customer_id == customer.id, TimelineEntry.kind.startswith("visit."))
    return db.session.scalars(query.order_by(TimelineEntry.id)).all()


def test_a_plan_says_when_why_and_what_for(alice, customer, lead, today, clock):
    hengda = customer(alice, contacts=["Wang Jianguo", "Li Min"])
    deal = lead(alice, hengda)
    first = hengda.contacts[0]
    plan = VisitPlan(today, time(10, 0), "quote", " agree  on it ", "The scope is settled",
                     deal.id, (first.id,))
    with acting():
        visit = planning.plan_visit(alice.actor, hengda, plan, clock())
    assert (visit.day, visit.starts_at, visit.why) == (today, time(10, 0), "agree on it")
    assert visit.lead_id == deal.id
    assert [each.contact_id for each in visit.contacts] == [first.id]
    assert kinds(hengda) == ["visit.planned"]
    audited = db.session.scalars(select(AuditEntry.action).where(
        AuditEntry.subject == visit.ref)).all()
    assert audited == ["visit.planned"]


@pytest.mark.parametrize("days", [-1, 400])
def test_no_plan_for_the_past_or_another_age(alice, customer, today, clock, days):
    hengda = customer(alice)
    with pytest.raises(Refused), acting():
        planning.plan_visit(alice.actor, hengda, VisitPlan(today + timedelta(days=days)), clock())
    assert db.session.scalars(select(Visit)).all() == []


def test_deals_and_contacts_of_others_are_refused(alice, bob, customer, lead, today, clock):
    mine, other = customer(alice), customer(bob, "Haina Logistics", contacts=["Zhao"])
    deal = lead(bob, other)
    for plan in (VisitPlan(today, lead_id=deal.id), VisitPlan(today, lead_id=999),
                 VisitPlan(today, contact_ids=(other.contacts[0].id,)),
                 VisitPlan(today, purpose="nonsense")):
        with pytest.raises(Refused), acting():
            planning.plan_visit(alice.actor, mine, plan, clock())


def test_moving_is_told_and_stale_forms_are_held_back(alice, customer, planned, today, clock):
    hengda = customer(alice)
    visit = planned(alice, hengda)
    with acting():
        planning.move_visit(alice.actor, visit_of(visit.id), today + timedelta(days=2), clock())
    assert visit_of(visit.id).day == today + timedelta(days=2)
    with pytest.raises(Conflict), acting():
        planning.replan_visit(alice.actor, visit_of(visit.id), VisitPlan(today), clock(), version=1)
    assert kinds(hengda) == ["visit.planned", "visit.moved"]


def test_cancelling_needs_a_reason_and_stays_visible(alice, customer, planned, clock):
    hengda = customer(alice)
    visit = planned(alice, hengda)
    with pytest.raises(Refused), acting():
        planning.cancel_visit(alice.actor, visit_of(visit.id), "  ", clock())
    with acting():
        planning.cancel_visit(alice.actor, visit_of(visit.id), "They are travelling", clock())
    assert (visit_of(visit.id).status, visit_of(visit.id).end_reason) == (
        "cancelled", "They are travelling")
    with pytest.raises(Refused), acting():
        planning.move_visit(alice.actor, visit_of(visit.id), visit.day + timedelta(1), clock())
    before = visit_of(visit.id).day
    clock.move(days=3)
    with acting():
        planning.restore_visit(alice.actor, visit_of(visit.id), clock())
    # Its day has passed: it stands today.
    assert visit_of(visit.id).status == "planned"
    assert (visit_of(visit.id).day - before).days == 3
    assert kinds(hengda) == ["visit.planned", "visit.cancelled", "visit.restored"]


def test_a_week_is_copied_once(alice, customer, planned, today, clock):
    one, two, three = (customer(alice, name) for name in ("Hengda", "Haina", "Mingyuan"))
    ids = {planned(alice, one, 0, goal="Settle it", starts_at=time(9, 30)).id,
           planned(alice, two, 3).id, planned(alice, three, 4).id}
    clock.move(days=7)
    monday = today + timedelta(days=7)
    planned(alice, three, 9)
    lines = copying.copyable(alice.actor, monday, monday)
    assert [(each.visit.customer.name, each.doubled) for each in lines] == [
        ("Hengda", False), ("Haina", False), ("Mingyuan", True)]
    with acting():
        made = copying.copy_visits(alice.actor, monday, ids, clock())
    assert [(each.customer.name, (each.day - monday).days) for each in made] == [
        ("Hengda", 0), ("Haina", 3)]
    assert (made[0].goal, made[0].starts_at) == ("Settle it", time(9, 30))
    with acting():
        assert copying.copy_visits(alice.actor, monday, ids, clock()) == []


def test_what_was_copied_and_cancelled_can_be_copied_again(alice, customer, planned, today, clock):
    source = planned(alice, customer(alice))
    clock.move(days=7)
    monday = today + timedelta(days=7)
    with acting():
        copy, = copying.copy_visits(alice.actor, monday, {source.id}, clock())
        planning.cancel_visit(alice.actor, copy, "Not now", clock())
    with acting():
        assert len(copying.copy_visits(alice.actor, monday, {source.id}, clock())) == 1


def test_nobody_copies_the_visits_of_others(alice, bob, customer, planned, today, clock):
    source = planned(bob, customer(bob))
    clock.move(days=7)
    with acting():
        assert copying.copy_visits(alice.actor, today + timedelta(days=7), {source.id},
                                   clock()) == []


def test_a_holiday_moves_the_copy_to_the_next_working_day(alice, customer, planned, today, clock):
    # Dragon Boat Festival: Friday, 19 June 2026.
    clock.move(days=7)
    source = planned(alice, customer(alice), 11)
    clock.move(days=7)
    line, = copying.copyable(alice.actor, today + timedelta(days=14), today + timedelta(days=14))
    assert source.day.isoformat() == "2026-06-12"
    assert line.day.isoformat() in ("2026-06-20", "2026-06-21", "2026-06-19")
