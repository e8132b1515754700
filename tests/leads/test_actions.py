"""Recording, correcting, voiding and handing over: what is written down, and what is refused."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from portal.core.audit import AuditEntry
from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.customers.actions.customers import correct_customer, void_customer
from portal.customers.actions.ownership import give, leave
from portal.customers.content import facts_of
from portal.customers.models import Customer, CustomerPerson, TimelineEntry
from portal.extensions import db
from portal.leads.actions import leads as actions
from portal.leads.content import LeadFacts
from portal.leads.models import Lead, LeadMove
from portal.reminders.models import Notification, Reminder


def row(lead: Lead) -> Lead:
    return db.session.get_one(Lead, lead.id, populate_existing=True)


def kinds_of(lead):
    query = db.select(TimelineEntry.kind).where(TimelineEntry.lead_id == lead.id)
    return db.session.scalars(query.order_by(TimelineEntry.id)).all()


def people_of(lead):
    query = db.select(CustomerPerson.person_id, CustomerPerson.part).where(
        CustomerPerson.customer_id == lead.customer_id)
    return {tuple(each) for each in db.session.execute(query)}


def test_a_new_lead_stands_at_the_first_stage_and_its_owner_in_the_file(deal, alice):
    lead = row(deal(alice, title="  WMS \u200b for two   sites "))
    assert lead.title == "WMS for two sites"
    assert (lead.stage, lead.status, lead.owner_id) == ("acquired", "open", alice.id)
    move = db.session.scalars(db.select(LeadMove).filter_by(lead_id=lead.id)).one()
    assert (move.from_stage, move.to_stage) == (None, "acquired")
    assert people_of(lead) == {(alice.id, "owner")}
    assert kinds_of(lead) == ["lead.recorded"]
    audit = db.session.scalars(db.select(AuditEntry).filter_by(subject=f"lead:{lead.id}")).all()
    assert [entry.action for entry in audit] == ["lead.recorded"]


def test_a_second_deal_of_a_colleague_makes_them_one_of_the_team(deal, alice, bob, mei, clock):
    lead = row(deal(alice))
    with transaction():
        other = actions.record_lead(mei.actor, db.session.get_one(Customer, lead.customer_id),
                                    LeadFacts("MES"), clock(), owner_id=bob.id)
    assert people_of(other) == {(alice.id, "owner"), (bob.id, "rep")}
    assert row(other).industry == lead.industry


@pytest.mark.parametrize("facts", [
    {"title": "  "}, {"title": "x" * 121}, {"channel": "pigeon"}, {"product": "rocket"},
    {"amount": Decimal(-1)}, {"amount": Decimal("1e12")}, {"currency": "ZZZ"},
    {"contact_id": 4711}, {"note": "x" * 10_001}, {"competitors": ("x" * 81,)},
    {"competitors": tuple(map(str, range(11)))},
])
def test_what_cannot_be_is_refused_and_nothing_stays(deal, alice, clock, facts):
    lead = row(deal(alice))
    before = db.session.scalar(db.select(db.func.count(Lead.id)))
    with pytest.raises(Refused), transaction():
        actions.record_lead(alice.actor, row(lead).customer, LeadFacts(**{"title": "ERP", **facts}),
                            clock(), owner_id=alice.id)
    assert db.session.scalar(db.select(db.func.count(Lead.id))) == before


def test_blanks_are_filled_freely_and_changes_need_a_reason(deal, alice, clock):
    lead = deal(alice, title="ERP")
    with transaction():
        kept = row(lead)
        assert actions.correct_lead(alice.actor, kept,
                                    replace(kept.facts, amount=Decimal(120_000), currency="USD"),
                                    "", clock(), version=1)
    with pytest.raises(Refused), transaction():
        kept = row(lead)
        actions.correct_lead(alice.actor, kept, replace(kept.facts, amount=Decimal(90_000)), " ",
                             clock(), version=2)
    with transaction():
        kept = row(lead)
        actions.correct_lead(alice.actor, kept, replace(kept.facts, amount=Decimal(90_000)),
                             "They take one site less", clock(), version=2)
    newest = db.session.scalars(
        db.select(TimelineEntry).where(TimelineEntry.lead_id == lead.id)
        .order_by(TimelineEntry.id.desc()).limit(1)).one()
    assert newest.detail["changes"] == {"amount": ["120000.00", "90000"]}
    assert newest.reason == "They take one site less"
    assert row(lead).version == 3


def test_a_stale_correction_overwrites_nothing(deal, alice, clock):
    lead = deal(alice, title="ERP")
    with transaction():
        kept = row(lead)
        actions.correct_lead(alice.actor, kept, replace(kept.facts, note="First"), "", clock(),
                             version=1)
    with pytest.raises(actions.Stale) as stale, transaction():
        kept = row(lead)
        actions.correct_lead(alice.actor, kept, replace(kept.facts, title="MES"), "Better",
                             clock(), version=1)
    assert stale.value.current == 2
    assert row(lead).title == "ERP"


def test_nothing_changed_writes_nothing(deal, alice, clock):
    lead = deal(alice, title="ERP")
    with transaction():
        kept = row(lead)
        assert not actions.correct_lead(alice.actor, kept, kept.facts, "", clock(), version=1)
    assert row(lead).version == 1 and kinds_of(lead) == ["lead.recorded"]


def test_void_and_back_is_as_it_was(deal, alice, clock):
    lead = deal(alice)
    with pytest.raises(Refused), transaction():
        actions.void_lead(alice.actor, row(lead), "  ", clock())
    with transaction():
        actions.set_next_step(alice.actor, row(lead), "Call", clock() + timedelta(days=1), clock())
        actions.void_lead(alice.actor, row(lead), "Entered twice", clock())
    assert (row(lead).status, row(lead).next_step) == ("void", "")
    with pytest.raises(Refused), transaction():
        kept = row(lead)
        actions.correct_lead(alice.actor, kept, replace(kept.facts, note="x"), "", clock(),
                             version=kept.version)
    with transaction():
        actions.restore_lead(alice.actor, row(lead), clock())
    assert (row(lead).status, row(lead).closed_at, row(lead).closing_note) == ("open", None, "")
    assert kinds_of(lead)[-2:] == ["lead.voided", "lead.restored"]


def test_a_step_reminds_the_owner_and_the_next_one_replaces_it(deal, alice, mei, clock):
    lead, first, second = deal(alice), clock() + timedelta(days=1), clock() + timedelta(days=3)
    with transaction():
        actions.set_next_step(alice.actor, row(lead), "Call 王工", first, clock())
        actions.set_next_step(mei.actor, row(lead), "Send the offer", second, clock())
    reminder = db.session.scalars(db.select(Reminder).filter_by(kind="lead.next_step")).one()
    assert (reminder.person_id, reminder.due_at, reminder.done_at) == (alice.id, second, None)
    with transaction():
        actions.finish_step(alice.actor, row(lead), clock())
    assert db.session.scalars(db.select(Reminder)).one().done_at is not None
    assert row(lead).next_step == "" and row(lead).next_step_at is None
    assert kinds_of(lead)[-3:] == ["lead.next_step", "lead.next_step", "lead.step_done"]


@pytest.mark.parametrize(("text", "days"), [("Call", -1), ("x" * 201, 1), ("Call", 2000)])
def test_steps_that_cannot_be_are_refused(deal, alice, clock, text, days):
    lead = deal(alice)
    with pytest.raises(Refused), transaction():
        actions.set_next_step(alice.actor, row(lead), text, clock() + timedelta(days=days),
                              clock())


def test_a_step_without_a_day_is_refused(deal, alice, clock):
    lead = deal(alice)
    with pytest.raises(Refused), transaction():
        actions.set_next_step(alice.actor, row(lead), "Call", None, clock())


def test_given_to_a_colleague_the_customer_and_the_reminder_go_along(deal, alice, bob, mei,
                                                                    clock):
    lead = deal(alice)
    with transaction():
        actions.set_next_step(alice.actor, row(lead), "Call", clock() + timedelta(days=1), clock())
        assert actions.give_lead(mei.id, row(lead), bob.id, clock(), why="handed", reason="Away")
    kept = row(lead)
    assert (kept.owner_id, kept.former_owner_id, kept.owned_since) == (bob.id, alice.id, clock())
    assert people_of(lead) == {(bob.id, "owner")}
    open_ones = db.session.scalars(db.select(Reminder).where(Reminder.done_at.is_(None))).all()
    assert [each.person_id for each in open_ones] == [bob.id]
    assert {each.kind: each.person_id for each in db.session.scalars(
        db.select(Notification).where(Notification.kind.in_(["lead.given", "lead.taken"])))
    } == {"lead.given": bob.id, "lead.taken": alice.id}


def test_who_has_another_deal_keeps_the_customer(deal, alice, bob, mei, clock):
    lead = deal(alice)
    with transaction():
        actions.record_lead(alice.actor, row(lead).customer, LeadFacts("MES"), clock(),
                            owner_id=alice.id)
        actions.give_lead(mei.id, row(lead), bob.id, clock(), why="handed")
    assert people_of(lead) == {(alice.id, "owner"), (bob.id, "rep")}
    assert row(lead).customer.owner_id == alice.id


def test_back_to_the_pool_the_customer_too(deal, alice, clock):
    lead = deal(alice)
    with transaction():
        actions.give_lead(alice.id, row(lead), None, clock(), why="returned")
    assert row(lead).in_pool and row(lead).customer.owner_id is None
    assert people_of(lead) == set()
    assert kinds_of(lead)[-1] == "lead.returned"


def test_another_open_deal_keeps_the_customer_out_of_the_pool(deal, alice, bob, mei, clock):
    lead = deal(alice)
    with transaction():
        actions.record_lead(mei.actor, row(lead).customer, LeadFacts("MES"), clock(),
                            owner_id=bob.id)
        actions.give_lead(alice.id, row(lead), None, clock(), why="returned")
    assert row(lead).customer.owner_id == bob.id
    assert people_of(lead) >= {(bob.id, "owner")} and alice.id not in {
        person for person, _part in people_of(lead)}


def test_nobody_else_than_sellers_gets_a_lead(deal, alice, hr, clock):
    lead = deal(alice)
    with pytest.raises(Refused), transaction():
        actions.give_lead(alice.id, row(lead), hr.id, clock(), why="handed")


def test_given_to_whom_has_it_changes_nothing(deal, alice, clock):
    lead = deal(alice)
    with transaction():
        assert not actions.give_lead(None, row(lead), alice.id, clock(), why="handed")
    assert kinds_of(lead) == ["lead.recorded"]


def test_the_customers_deals_go_where_the_customer_goes(deal, alice, bob, mei, clock):
    lead = deal(alice)
    with transaction():
        give(row(lead).customer, bob.id, mei.id, clock())
    assert row(lead).owner_id == bob.id
    assert people_of(lead) == {(bob.id, "owner")}


def test_industry_and_region_follow_the_customer(deal, alice, clock):
    lead = deal(alice)
    with transaction():
        customer = row(lead).customer
        correct_customer(alice.actor, customer,
                         replace(facts_of(customer), industry="energy", region="east"), "",
                         clock(), version=customer.version)
    assert (row(lead).industry, row(lead).region) == ("energy", "east")


def test_a_customer_with_open_deals_cannot_be_void(deal, alice, clock):
    lead = deal(alice)
    with pytest.raises(Refused), transaction():
        void_customer(alice.actor, row(lead).customer, "Wrong", clock())
    with transaction():
        actions.void_lead(alice.actor, row(lead), "Wrong", clock())
        void_customer(alice.actor, row(lead).customer, "Wrong", clock())
    with pytest.raises(Refused), transaction():
        actions.restore_lead(alice.actor, row(lead), clock())


def test_who_has_an_open_deal_stays_in_the_file(deal, alice, bob, mei, clock):
    lead = deal(alice)
    with transaction():
        actions.record_lead(mei.actor, row(lead).customer, LeadFacts("MES"), clock(),
                            owner_id=bob.id)
    with pytest.raises(Refused), transaction():
        leave(row(lead).customer, bob.id, "rep", clock())
