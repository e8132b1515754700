"""Closing a lead: what it needs, what it changes, who is too late."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from portal.core.audit import AuditEntry
from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.customers.models import TimelineEntry
from portal.extensions import db
from portal.leads.actions.steps import set_next_step
from portal.leads.closing.actions import ClosedMeanwhile
from portal.leads.models import Lead, LeadMove
from portal.leads.stages.actions import Missing
from portal.reminders.models import Notification
from tests.leads.closing.conftest import ABANDONED, LOST, TODAY, WON

pytestmark = pytest.mark.usefixtures("english")


def entries(lead, kind="lead.closed"):
    query = select(TimelineEntry).where(TimelineEntry.lead_id == lead.id,
                                        TimelineEntry.kind == kind)
    return db.session.scalars(query).all()


def fresh(lead):
    db.session.expire_all()
    return db.session.get_one(Lead, lead.id)


def test_lost_keeps_its_stage_and_says_why(lead, close, clock):
    close(lead)
    lost = fresh(lead)
    assert (lost.status, lost.lost_reason, lost.stage) == ("lost", "price", "acquired")
    assert lost.closed_at == clock() and lost.closing_note == "Half the price"
    assert lost.competitors == ["Yonyou", "Kingdee"]
    [entry] = entries(lead)
    assert entry.detail["why"] == "price" and entry.text == "Half the price"
    assert db.session.scalar(select(AuditEntry.action).where(
        AuditEntry.action == "lead.closed", AuditEntry.subject == lead.ref))


def test_won_goes_to_the_last_stage_when_a_manager_lets_it_pass(lead, close, mei):
    close(lead, WON, by=mei, pass_reason="A repeat order by phone")
    won = fresh(lead)
    assert (won.status, won.stage) == ("won", "paid")
    assert (won.contract_amount, won.margin, won.signed_on) == (800_000, 160_000, TODAY)
    assert won.customer.customer_since == TODAY
    last = db.session.scalars(select(LeadMove).order_by(LeadMove.id.desc())).first()
    assert last.passed_reason == "A repeat order by phone"


def test_won_lists_what_lacks_and_changes_nothing(lead, close):
    with pytest.raises(Missing) as missing:
        close(lead, WON)
    assert missing.value.items
    left = fresh(lead)
    assert left.is_open and left.contract_amount is None and left.customer.customer_since is None


def test_the_gates_of_a_rep_are_not_passed_by_the_rep(lead, close):
    with pytest.raises(Refused):
        close(lead, WON, pass_reason="I say so")
    assert fresh(lead).is_open


@pytest.mark.parametrize("change", [
    {"contract_amount": Decimal(-1)}, {"contract_amount": None}, {"margin": None},
    {"margin": Decimal(900_000)}, {"margin": Decimal(-5)}, {"signed_on": None},
    {"signed_on": TODAY + timedelta(days=1)}, {"contract_amount": Decimal("NaN")},
    {"contract_amount": Decimal(10**13)},
])
def test_what_a_contract_cannot_say(lead, close, mei, change):
    with pytest.raises(Refused):
        close(lead, replace(WON, **change), by=mei, pass_reason="Because")
    assert fresh(lead).is_open


@pytest.mark.parametrize("ending", [
    replace(LOST, reason=""), replace(LOST, reason="weather"), replace(LOST, status="asleep"),
    replace(LOST, note="x" * 501), replace(LOST, competitors=("y" * 81,)),
])
def test_what_a_loss_cannot_say(lead, close, ending):
    with pytest.raises(Refused):
        close(lead, ending)
    assert fresh(lead).is_open


def test_abandoned_only_after_a_manager_answered(lead, close, alert, mei):
    with pytest.raises(Refused, match="difficulty"):
        close(lead, ABANDONED)
    alert(lead)
    with pytest.raises(Refused, match="difficulty"):
        close(lead, ABANDONED)
    alert(lead, answered_by=mei)
    close(lead, ABANDONED)
    assert fresh(lead).status == "abandoned"


def test_an_alert_of_another_lead_does_not_count(lead, deal, close, alert, alice, mei):
    other = deal(alice, "无锡新科机械有限公司")
    alert(other, answered_by=mei)
    with pytest.raises(Refused):
        close(lead, ABANDONED)


def test_nobody_says_abandoned_without_a_word(lead, close, alert, mei):
    alert(lead, answered_by=mei)
    with pytest.raises(Refused, match="why"):
        close(lead, replace(ABANDONED, note="  "))


def test_who_comes_second_learns_who_was_first(lead, close, mei):
    close(lead)
    with pytest.raises(ClosedMeanwhile, match="李爱丽"):
        close(lead, WON, by=mei, pass_reason="Signed today")
    assert fresh(lead).status == "lost"


def test_nothing_in_the_pool_is_closed(deal, close, mei):
    with pytest.raises(Refused, match="claim"):
        close(deal(None), LOST, by=mei)


def test_the_next_step_is_dropped(lead, close, clock, alice):
    with transaction():
        set_next_step(alice.actor, db.session.get_one(Lead, lead.id), "Call",
                      clock() + timedelta(days=1), clock())
    close(lead)
    assert fresh(lead).next_step == ""


def test_the_manager_hears_of_a_loss_and_the_owner_of_the_retrospective(lead, deal, close, alice,
                                                                        mei):
    close(lead)
    other = deal(alice, "无锡新科机械有限公司")
    close(other, LOST, by=mei)
    told = {(each.person_id, each.kind, each.subject)
            for each in db.session.scalars(select(Notification))}
    assert (mei.id, "lead.closed", lead.ref) in told
    assert (alice.id, "lead.retrospective", other.ref) in told
    assert (alice.id, "lead.retrospective", lead.ref) not in told
