"""Back to the pool with a reason, and taking that back."""

import pytest
from sqlalchemy import select

from portal.core.unit_of_work import transaction
from portal.customers.models import TimelineEntry
from portal.extensions import db
from portal.leads.actions.giving import give_lead
from portal.leads.models import Lead
from portal.leads.pool.models import PoolStep


def send_back(browser, person, lead, reason="The plant closes"):
    return browser(person).post(f"/leads/{lead.id}/return", data={"reason": reason})


def step_of(what="returned"):
    return db.session.scalar(
        select(PoolStep).where(PoolStep.what == what).order_by(PoolStep.id.desc()))


@pytest.mark.parametrize("who", ["alice", "mei"])
def test_the_owner_and_the_manager_may(browser, deal, alice, bob, now_row, request, who):
    lead = deal(alice)
    person = request.getfixturevalue(who)
    assert browser(person).get(f"/leads/{lead.id}/return").status_code == 200
    assert send_back(browser, person, lead).status_code == 303
    row = now_row(lead)
    assert row.owner_id is None and row.former_owner_id == alice.id
    assert row.customer.owner_id is None
    assert "The plant closes" in browser(bob).get("/leads/pool").text
    entry = db.session.scalar(select(TimelineEntry).where(TimelineEntry.kind == "lead.returned"))
    assert entry is not None and entry.reason == "The plant closes"


def test_others_may_not(browser, deal, alice, bob, wang, hr):
    lead = deal(alice)
    for person, status in ((bob, 404), (hr, 404), (wang, 403)):
        assert send_back(browser, person, lead).status_code == status
        assert browser(person).get(f"/leads/{lead.id}/return").status_code == status


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_a_reason_is_needed(browser, deal, alice, now_row, reason):
    lead = deal(alice)
    answer = send_back(browser, alice, lead, reason)
    assert answer.status_code == 422 and now_row(lead).owner_id == alice.id
    assert reason.strip() in answer.text


def test_undone_as_long_as_nobody_claimed_it(browser, deal, alice, mei, now_row, clock):
    lead = deal(alice)
    send_back(browser, mei, lead)
    assert browser(alice).post(f"/leads/pool/steps/{step_of().id}/undo").status_code == 404
    assert browser(mei).post(f"/leads/pool/steps/{step_of().id}/undo").status_code == 303
    row = now_row(lead)
    assert row.owner_id == alice.id and row.response_due_at is None
    assert row.customer.owner_id == alice.id
    assert browser(mei).post(f"/leads/pool/steps/{step_of().id}/undo").status_code == 422


def test_not_undone_when_somebody_has_it(browser, deal, alice, bob, now_row):
    lead = deal(alice)
    send_back(browser, alice, lead)
    browser(bob).post(f"/leads/pool/{lead.id}/claim")
    answer = browser(alice).post(f"/leads/pool/steps/{step_of().id}/undo")
    assert answer.status_code == 422 and bob.name in answer.text
    assert now_row(lead).owner_id == bob.id


def test_the_pool_also_knows_what_else_sends_a_lead_back(browser, deal, alice, mei, bob, clock):
    lead = deal(alice)
    with transaction():
        give_lead(mei.id, db.session.get_one(Lead, lead.id), None, clock(), why="left")
    assert step_of().person_id == alice.id
    assert "The owner left" in browser(bob).get("/leads/pool").text
