"""Moving a lead: what lacks, answers on the way, back with a reason, managers who let it pass."""

from datetime import date
from decimal import Decimal

import pytest

from portal.core.audit import AuditEntry
from portal.core.errors import Conflict, Refused
from portal.core.unit_of_work import transaction
from portal.customers.models import TimelineEntry
from portal.extensions import db
from portal.leads.models import Lead, LeadMove
from portal.leads.stages.actions import Invalid, Missing, answer_items, missing_for
from portal.leads.stages.models import StageAnswer
from portal.leads.stages.queries import stage_map
from portal.lists.models import Term

pytestmark = pytest.mark.usefixtures("english")


def fresh(lead):
    return db.session.get(Lead, lead.id, populate_existing=True)


def kinds(lead):
    return [entry.kind for entry in db.session.query(TimelineEntry).filter_by(lead_id=lead.id)
            .order_by(TimelineEntry.id)]


def test_a_move_says_what_is_missing_and_changes_nothing(lead, alice, move):
    with pytest.raises(Missing) as refused:
        move(alice, lead, "screened")
    assert [(item.stage, item.key) for item in refused.value.items] == [("acquired", "reached")]
    assert "The customer was reached" in str(refused.value)
    assert fresh(lead).stage == "acquired"
    assert db.session.query(LeadMove).count() == 1


def test_answers_come_with_the_move(lead, alice, move, clock):
    clock.move(days=4)
    move(alice, lead, "screened", answers={"acquired.reached": "yes"})
    now = fresh(lead)
    assert (now.stage, now.stage_since, now.last_activity_at) == ("screened", clock(), clock())
    step = db.session.query(LeadMove).order_by(LeadMove.id.desc()).first()
    assert (step.from_stage, step.to_stage, step.stayed_seconds) == (
        "acquired", "screened", 4 * 86400)
    assert kinds(lead)[-2:] == ["lead.answered", "lead.moved"]
    assert db.session.query(AuditEntry).filter_by(action="lead.moved").count() == 1


def test_fields_of_the_lead_are_filled_in(lead, alice, move, answers_until):
    move(alice, lead, "needs", answers=answers_until("screened"))
    assert fresh(lead).product == "erp"
    with transaction():
        answer_items(alice.actor, fresh(lead), {
            "needs.amount": "12.5万", "needs.expected_close": "2026-09-01",
            "needs.competitors": "用友，金蝶", "negotiation.contract_amount": "118,000",
            "signed.signed_on": "2026-05-30", "unknown.thing": "x"}, lead.created_at)
    now = fresh(lead)
    assert (now.amount, now.expected_close) == (Decimal("125000"), date(2026, 9, 1))
    assert (now.contract_amount, now.signed_on) == (Decimal("118000"), date(2026, 5, 30))
    assert now.competitors == ["用友", "金蝶"]
    assert "lead.contract_noted" in kinds(lead)


def test_a_jump_needs_everything_in_between(lead, alice, move, answers_until):
    with pytest.raises(Missing) as refused:
        move(alice, lead, "needs", answers={"acquired.reached": "yes"})
    assert {item.stage for item in refused.value.items} == {"screened"}
    assert db.session.query(StageAnswer).count() == 0
    move(alice, lead, "needs", answers=answers_until("screened"))
    assert fresh(lead).stage == "needs"


def test_what_cannot_be_read_is_told_field_by_field(lead, alice, move):
    with pytest.raises(Invalid) as refused:
        move(alice, lead, "screened", answers={
            "acquired.reached": "yes", "needs.amount": "-1", "signed.signed_on": "2030-01-01"})
    assert set(refused.value.errors) == {"needs.amount", "signed.signed_on"}
    assert db.session.query(StageAnswer).count() == 0 and fresh(lead).amount is None


def test_a_contact_of_another_customer_is_refused(make_lead, alice, bob, move):
    mine = make_lead(alice, contact_id=None)
    theirs = make_lead(bob, name="北京蓝天贸易有限公司")
    with pytest.raises(Refused):
        move(alice, mine, "screened", answers={
            "acquired.reached": "yes", "acquired.contact_id": str(theirs.contact_id)})
    assert fresh(mine).stage == "acquired"


def test_back_needs_a_reason_and_keeps_the_answers(at_needs, alice, move):
    with pytest.raises(Refused):
        move(alice, at_needs, "acquired")
    move(alice, at_needs, "acquired", reason="换了联系人")
    assert fresh(at_needs).stage == "acquired"
    assert missing_for(fresh(at_needs), "needs") == []
    entry = db.session.query(TimelineEntry).filter_by(kind="lead.moved_back").one()
    assert entry.reason == "换了联系人"


def test_the_last_stage_is_reached_by_closing_alone(at_needs, alice, mei, move):
    for more in ({}, {"pass_reason": "快"}):
        with pytest.raises(Refused, match="last stage") as refused:
            move(mei, at_needs, "paid", **more)
        assert not isinstance(refused.value, Missing)
    with pytest.raises(Missing):
        move(alice, at_needs, "paid", closing=True)


def test_closing_moves_when_nothing_lacks(at_needs, alice, mei, move, answers_until):
    move(mei, at_needs, "signed", pass_reason="老客户")
    move(alice, at_needs, "paid", closing=True, answers=answers_until("signed"))
    assert fresh(at_needs).stage == "paid"
    move(alice, at_needs, "paid", closing=True)
    assert fresh(at_needs).stage == "paid"


@pytest.mark.parametrize("stage", ["acquired", "nowhere", ""])
def test_there_is_no_move_to_nowhere(lead, alice, move, stage):
    with pytest.raises(Refused):
        move(alice, lead, stage, reason="x")


def test_a_manager_lets_it_pass_and_everybody_sees_it(lead, alice, mei, wang, chen, move):
    for person in (alice, chen):
        with pytest.raises(Refused, match="Only a manager"):
            move(person, lead, "screened", pass_reason="客户很急")
    move(wang, lead, "screened", pass_reason="客户很急")
    step = db.session.query(LeadMove).order_by(LeadMove.id.desc()).first()
    assert step.passed_reason == "客户很急"
    assert [words["en"] for words in step.lacked] == ["The customer was reached"]
    assert kinds(lead)[-1] == "lead.move_passed"
    move(mei, lead, "acquired", reason="太早")
    assert kinds(lead)[-1] == "lead.moved_back"


def test_a_reason_to_pass_is_not_kept_when_nothing_lacked(lead, mei, move):
    move(mei, lead, "screened", answers={"acquired.reached": "yes"}, pass_reason="急")
    assert db.session.query(LeadMove).order_by(LeadMove.id.desc()).first().passed_reason == ""


def test_who_saw_another_stage_is_told(lead, alice, move):
    move(alice, lead, "screened", answers={"acquired.reached": "yes"})
    with pytest.raises(Conflict):
        move(alice, lead, "screened", seen="acquired", reason="x")


def test_a_retired_stage_keeps_its_leads_and_is_left_freely(at_needs, alice, mei, move):
    with transaction():
        db.session.query(Term).filter_by(list="stage", code="needs").one().active = False
    assert "needs" in stage_map()
    assert [lack.kind for lack in missing_for(fresh(at_needs), "proposal")] == ["gate"]
    with pytest.raises(Refused):
        move(alice, at_needs, "screened") or move(alice, at_needs, "needs", reason="x")
    move(mei, at_needs, "proposal", pass_reason="评审在会上做了")
    with pytest.raises(Refused):
        move(alice, at_needs, "needs", reason="回去")


def test_an_answer_can_be_taken_back_and_the_old_one_stays(lead, alice):
    for value in ("yes", "yes", ""):
        with transaction():
            answer_items(alice.actor, fresh(lead), {"acquired.reached": value}, lead.created_at)
    rows = db.session.query(StageAnswer).order_by(StageAnswer.id).all()
    assert [row.value for row in rows] == ["yes", ""]
    assert missing_for(fresh(lead), "screened")
