"""Scores follow what is answered, corrected and decided."""

from dataclasses import replace

import pytest

from portal.core.audit import AuditEntry
from portal.core.errors import Conflict, Refused
from portal.core.unit_of_work import transaction
from portal.customers.actions.customers import correct_customer
from portal.customers.content import facts_of
from portal.customers.models import Customer, TimelineEntry
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.scoring.actions import answer_score, change_scoring, restore_scoring
from portal.leads.scoring.models import ScoringVersion
from portal.leads.scoring.rules import SHIPPED
from portal.tasks.models import Task


@pytest.fixture
def answer(clock):
    def one(person, lead, **levels):
        with transaction():
            return answer_score(person.actor, db.session.get(Lead, lead.id), levels, clock())

    return one


def heavy(dimension):
    """All weight on one dimension."""
    return replace(SHIPPED, weights={**dict.fromkeys(SHIPPED.weights, 0), dimension: 100})


def test_a_new_lead_is_scored_by_what_fits(lead, fresh):
    assert fresh(lead).score == 35
    assert fresh(lead).score_parts == {"industry": 100, "region": 100, "size": 100}


def test_answers_count_and_stand_in_the_timeline(lead, alice, answer, fresh):
    assert answer(alice, lead, budget=3, urgency=1)
    assert fresh(lead).score == 35 + 25 + 6
    entry = db.session.query(TimelineEntry).filter_by(kind="lead.scored").one()
    assert entry.detail["changes"] == {"budget": [None, 3], "urgency": [None, 1]}
    assert (entry.detail["before"], entry.detail["after"]) == (35, 66)
    assert not answer(alice, lead, budget=3)
    assert answer(alice, lead, budget=None, urgency=1)
    assert fresh(lead).score == 41


@pytest.mark.parametrize("levels", [{"budget": 4}, {"budget": -1}, {"industry": 3}, {"x": 1}])
def test_other_answers_are_refused(lead, alice, answer, levels, fresh):
    with pytest.raises(Refused):
        answer(alice, lead, **levels)
    assert fresh(lead).score == 35


def test_a_closed_lead_keeps_its_score(lead, alice, answer):
    with transaction():
        db.session.get(Lead, lead.id).status = "lost"
    with pytest.raises(Refused):
        answer(alice, lead, budget=3)


def test_what_is_corrected_about_the_customer_counts_at_once(lead, alice, clock, fresh):
    with transaction():
        customer = db.session.get(Customer, lead.customer_id)
        facts = replace(facts_of(customer), employees=20, industry="it")
        correct_customer(alice.actor, customer, facts, "查证", clock(), version=customer.version)
    assert fresh(lead).score_parts == {"industry": 50, "region": 100, "size": 0}
    assert fresh(lead).score == 18


def test_new_weights_count_every_open_lead_anew(lead, make_lead, alice, bob, admin, clock, fresh):
    closed = make_lead(bob, "北京蓝天贸易有限公司", region="overseas")
    with transaction():
        db.session.get(Lead, closed.id).status = "won"
    with transaction():
        task = change_scoring(admin.actor, heavy("region"), clock(), base=0, language="zh")
    assert task is not None
    assert fresh(lead).score == 100 and fresh(closed).score == 5
    done = db.session.get(Task, task.id, populate_existing=True)
    assert (done.status, done.total, done.result["changed"]) == ("done", 1, 1)
    assert db.session.query(AuditEntry).filter_by(action="scoring.changed").count() == 1


def test_a_former_version_holds_again(lead, admin, clock, fresh):
    with transaction():
        change_scoring(admin.actor, heavy("size"), clock(), base=0, language="zh")
    with transaction():
        restore_scoring(admin.actor, 0, clock(), base=1, language="zh")
    assert fresh(lead).score == 35
    assert [row.number for row in db.session.query(ScoringVersion).order_by("number")] == [1, 2]
    with pytest.raises(Refused):
        restore_scoring(admin.actor, 99, clock(), base=2, language="zh")


def test_who_saves_second_is_told(admin, clock):
    with transaction():
        change_scoring(admin.actor, heavy("size"), clock(), base=0, language="zh")
    with pytest.raises(Conflict), transaction():
        change_scoring(admin.actor, heavy("region"), clock(), base=0, language="zh")
    with transaction():
        assert change_scoring(admin.actor, heavy("size"), clock(), base=1, language="zh") is None


def test_weights_that_do_not_add_up_are_refused(admin, clock):
    wrong = replace(SHIPPED, weights={**SHIPPED.weights, "budget": 90})
    with pytest.raises(Refused):
        change_scoring(admin.actor, wrong, clock(), base=0, language="zh")
