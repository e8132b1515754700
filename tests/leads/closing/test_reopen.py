"""Opening a lead again, and the retrospective that is written, waived or wanted."""

import pytest
from sqlalchemy import select

from portal.cases.actions.cases import record_case
from portal.cases.content import CaseContent
from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.customers.models import TimelineEntry
from portal.extensions import db
from portal.leads.closing.actions import reopen_lead, waive_retrospective, want_retrospective
from portal.leads.closing.queries.endings import unwritten, waiver_of
from portal.leads.models import Lead
from tests.leads.closing.conftest import WON


def fresh(lead):
    db.session.expire_all()
    return db.session.get_one(Lead, lead.id)


@pytest.fixture
def reopen(app, clock, alice):
    def reopen_one(lead, reason="They called again", by=alice):
        with transaction():
            reopen_lead(by.actor, db.session.get_one(Lead, lead.id), reason, clock())
    return reopen_one


def waiting(person, clock):
    return [lead.id for lead in unwritten(person.actor, clock())]


def test_lost_is_open_again_and_the_timeline_keeps_how_it_ended(lead, close, reopen):
    close(lead)
    reopen(lead)
    again = fresh(lead)
    assert (again.status, again.closed_at, again.lost_reason) == ("open", None, None)
    kinds = db.session.scalars(select(TimelineEntry.kind).where(
        TimelineEntry.lead_id == lead.id)).all()
    assert "lead.closed" in kinds and "lead.reopened" in kinds


def test_won_goes_back_to_its_stage_and_is_no_customer_yet(lead, close, reopen, mei):
    close(lead, WON, by=mei, pass_reason="Urgent")
    reopen(lead, by=mei)
    again = fresh(lead)
    assert (again.status, again.stage) == ("open", "acquired")
    assert again.customer.customer_since is None
    assert again.contract_amount == WON.contract_amount


def test_another_won_deal_keeps_the_day(lead, deal, close, reopen, mei, alice):
    close(lead, WON, by=mei, pass_reason="Urgent")
    reopen(lead, by=mei)
    close(lead, WON, by=mei, pass_reason="Urgent again")
    assert fresh(lead).customer.customer_since == WON.signed_on


def test_a_reason_is_needed(lead, close, reopen):
    close(lead)
    with pytest.raises(Refused):
        reopen(lead, "  ")
    assert fresh(lead).status == "lost"


def test_the_owner_is_asked_until_it_is_written(lead, close, clock, alice, bob):
    close(lead)
    assert waiting(alice, clock) == [lead.id]
    assert waiting(bob, clock) == []
    with transaction():
        record_case(alice.actor, CaseContent("loss", "Too dear"), clock(), source_ref=lead.ref,
                    draft=True)
    assert waiting(alice, clock) == [lead.id]
    with transaction():
        record_case(alice.actor, CaseContent("loss", "Too dear"), clock(), source_ref=lead.ref)
    assert waiting(alice, clock) == []


def test_waived_with_a_reason_and_wanted_again(lead, close, clock, alice):
    close(lead)
    with pytest.raises(Refused), transaction():
        waive_retrospective(alice.actor, db.session.get_one(Lead, lead.id), " ", clock())
    with transaction():
        waive_retrospective(alice.actor, db.session.get_one(Lead, lead.id), "A slip", clock())
    assert waiting(alice, clock) == []
    with transaction():
        want_retrospective(alice.actor, db.session.get_one(Lead, lead.id), clock())
    assert waiting(alice, clock) == [lead.id]
    assert waiver_of(fresh(lead)) is None


def test_a_second_ending_asks_anew(lead, close, reopen, clock, alice):
    close(lead)
    with transaction():
        waive_retrospective(alice.actor, db.session.get_one(Lead, lead.id), "A slip", clock())
    clock.move(days=1)
    reopen(lead)
    clock.move(days=1)
    close(lead)
    assert waiting(alice, clock) == [lead.id]


def test_nobody_is_asked_for_ever(lead, close, clock, alice):
    close(lead)
    clock.move(days=91)
    assert waiting(alice, clock) == []
