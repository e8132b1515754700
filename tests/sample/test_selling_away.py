"""With the sample go its customers and deals, and what was tried out; what others have stays."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from portal import sample
from portal.core.unit_of_work import transaction
from portal.customers.actions import ownership
from portal.customers.actions.customers import record_customer
from portal.customers.content import CustomerFacts
from portal.customers.models import Customer, IdentityKey, TimelineEntry
from portal.extensions import db
from portal.leads.actions.giving import give_lead
from portal.leads.actions.leads import record_lead
from portal.leads.board.actions import save_view
from portal.leads.care.models import CareTask
from portal.leads.content import LeadFacts
from portal.leads.models import Lead
from portal.leads.pool.actions.ruling import RuleContent, add_rule
from portal.leads.pool.models import AllocationRule
from portal.leads.rules import HANDED
from portal.people.models import User
from portal.search.indexer import engine
from portal.visits.actions.following_up import record_follow_up
from portal.visits.actions.planning import plan_visit
from portal.visits.content import FollowUp, VisitPlan
from portal.visits.models import Visit
from tests.characters import PEOPLE

NOW = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def company(made):
    """`company(person, name)`: a customer of this person with a deal."""

    def one(person, name):
        with transaction():
            customer = record_customer(person.actor, CustomerFacts(name), NOW, owner_id=person.id)
            lead = record_lead(person.actor, customer, LeadFacts("Try it"), NOW,
                               owner_id=person.id)
            return customer.id, lead.id

    return one


def test_every_row_of_a_real_customer_stays(company, alice, all_rows, made):
    sample.remove()
    with transaction():
        customer = record_customer(alice.actor, CustomerFacts("Ours Ltd"), NOW, owner_id=alice.id)
        record_lead(alice.actor, customer, LeadFacts("A deal"), NOW, owner_id=alice.id)
    before = all_rows()
    assert sample.make()
    assert sample.remove() is not None
    assert all_rows() == before
    assert engine().status().documents == 1 + len(PEOPLE)


def test_what_was_tried_out_as_one_of_them_goes(company, staff):
    company(staff("lina"), "Only A Trial Ltd")
    with transaction():
        save_view(staff("lina").actor, "mine", "list", {}, NOW)
    removed = sample.remove()
    assert removed is not None
    assert removed.kept == ()
    for model in (Customer, Lead, Visit, TimelineEntry, IdentityKey, CareTask):
        assert db.session.query(model).count() == 0


def test_what_a_real_person_has_by_now_stays_with_them(company, staff, alice):
    customer_id, lead_id = company(staff("lina"), "Handed Over Ltd")
    with transaction():
        give_lead(None, db.session.get_one(Lead, lead_id), alice.id, NOW, why=HANDED)
    sample.remove()
    db.session.expire_all()
    customer, lead = db.session.get_one(Customer, customer_id), db.session.get_one(Lead, lead_id)
    assert (customer.owner_id, lead.owner_id) == (alice.id, alice.id)
    assert [each.person_id for each in customer.people] == [alice.id]


def test_sample_people_leave_the_files_of_others(company, staff, alice):
    lina = staff("lina")
    customer_id, lead_id = company(alice, "Ours Ltd")
    with transaction():
        customer = db.session.get_one(Customer, customer_id)
        ownership.join(customer, lina.id, "backup", NOW)
        record_follow_up(lina.actor, customer, FollowUp(NOW.date(), "Tried it"), NOW)
        plan_visit(lina.actor, customer, VisitPlan(NOW.date() + timedelta(days=1)), NOW)
        hers = record_lead(lina.actor, customer, LeadFacts("Hers"), NOW, owner_id=lina.id).id
    sample.remove()
    db.session.expire_all()
    customer = db.session.get_one(Customer, customer_id)
    assert {each.person_id for each in customer.people} == {alice.id}
    assert customer.owner_id == alice.id
    assert db.session.get_one(Lead, lead_id).owner_id == alice.id
    assert db.session.get(Lead, hers) is None
    assert db.session.query(Visit).count() == 0
    assert not [entry for entry in db.session.query(TimelineEntry)
                if entry.subject.startswith("visit:") or entry.lead_id == hers]


def test_deals_that_others_gave_them_wait_in_the_pool(company, staff, alice):
    customer_id, lead_id = company(alice, "Lent Ltd")
    with transaction():
        give_lead(alice.id, db.session.get_one(Lead, lead_id), staff("lina").id, NOW, why=HANDED)
    sample.remove()
    db.session.expire_all()
    assert db.session.get_one(Lead, lead_id).in_pool
    assert db.session.get_one(Customer, customer_id).in_pool


def test_rules_of_others_hand_out_to_those_who_stay(made, staff, alice, admin):
    lina = staff("lina")
    both = RuleContent(people=(lina.id, alice.id))
    with transaction():
        kept = add_rule(admin.actor, both, NOW).id
        alone = add_rule(admin.actor, replace(both, people=(lina.id,)), NOW).id
    sample.remove()
    db.session.expire_all()
    rules = {rule.id: rule for rule in db.session.query(AllocationRule)}
    assert set(rules) == {kept, alone}
    assert rules[kept].people == [alice.id]
    assert rules[alone].removed_at is not None
    assert db.session.query(User).filter_by(is_sample=True).count() == 0
