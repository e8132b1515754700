"""The pool: who sees what of it, claiming with one tap, and what stands in the way."""

import pytest
from sqlalchemy import select

from portal.core.audit import AuditEntry
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.actions.giving import give_lead
from portal.leads.models import Lead
from portal.leads.pool.models import PoolStep
from tests.counting import statements as counted


def claim(browser, person, lead, **form):
    return browser(person).post(f"/leads/pool/{lead.id}/claim", data=form)


def test_a_card_says_enough_and_no_more(browser, deal, alice):
    deal(None, "苏州恒通机电有限公司", phone="0512-66668888", note="Wang decides",
         channel="fair", product="erp")
    page = browser(alice).get("/leads/pool").text
    assert "苏州恒通机电有限公司" in page and "换一套仓储系统" in page and "Trade fair" in page
    assert "0 of 5 claimed today, 0 of 50 leads held" in page
    assert "66668888" not in page and "Wang decides" not in page


def test_claiming_makes_it_yours(browser, deal, alice, now_row):
    lead = deal(None)
    answer = claim(browser, alice, lead)
    assert answer.status_code == 303 and answer.headers["Location"].endswith(f"/leads/{lead.id}")
    row = now_row(lead)
    assert row.owner_id == alice.id and row.customer.owner_id == alice.id
    assert row.response_due_at is not None
    assert "1 of 5 claimed today, 1 of 50 leads held" in browser(alice).get("/leads/pool").text
    assert browser(alice).get(f"/leads/{lead.id}").status_code == 200
    assert db.session.scalar(select(AuditEntry).where(AuditEntry.action == "lead.given"))


def test_whoever_is_second_is_told_who_was_quicker(browser, deal, alice, bob, now_row):
    lead = deal(None)
    claim(browser, alice, lead)
    answer = claim(browser, bob, lead)
    assert answer.status_code == 409 and f"{alice.name} was quicker" in answer.text
    assert now_row(lead).owner_id == alice.id
    assert "0 of 5 claimed today" in browser(bob).get("/leads/pool").text


def test_the_daily_limit(browser, deal, alice, set_option, clock, now_row):
    set_option("pool.daily_limit", 1)
    first, second = deal(None), deal(None, "无锡锐力传动有限公司")
    claim(browser, alice, first)
    answer = claim(browser, alice, second)
    assert answer.status_code == 422
    assert "You have claimed 1 leads today" in answer.text and "Jun 2, 2026" in answer.text
    clock.move(days=1)
    assert claim(browser, alice, second).status_code == 303


def test_the_cap_counts_what_one_has(browser, deal, alice, set_option):
    set_option("pool.cap", 1)
    deal(alice, "上海博远数据通信有限公司")
    answer = claim(browser, alice, deal(None))
    assert answer.status_code == 422 and "which is the most. Close or return one" in answer.text


def test_the_former_owner_waits(browser, deal, alice, bob, clock, now_row):
    lead = deal(alice)
    assert browser(alice).post(f"/leads/{lead.id}/return",
                               data={"reason": "No budget"}).status_code == 303
    answer = claim(browser, alice, lead)
    assert answer.status_code == 422 and "again from Jun 8, 2026" in answer.text
    assert "No budget" in browser(bob).get("/leads/pool").text
    clock.move(days=7)
    assert claim(browser, alice, lead).status_code == 303
    assert now_row(lead).owner_id == alice.id


def test_a_claim_is_taken_back(browser, deal, alice, clock, now_row):
    lead = deal(None)
    since = now_row(lead).owned_since
    clock.move(minutes=1)
    claim(browser, alice, lead)
    step = db.session.scalar(select(PoolStep).where(PoolStep.what == "claimed"))
    assert browser(alice).post(f"/leads/pool/steps/{step.id}/undo").status_code == 303
    row = now_row(lead)
    assert row.owner_id is None and row.former_owner_id is None and row.owned_since == since
    assert "1 of 5 claimed today, 0 of 50 leads held" in browser(alice).get("/leads/pool").text
    assert claim(browser, alice, lead).status_code == 303
    assert "1 of 5 claimed today, 1 of 50 leads held" in browser(alice).get("/leads/pool").text


def test_nobody_reads_the_whole_pool_by_claiming_and_undoing(browser, deal, alice, set_option):
    set_option("pool.daily_limit", 2)
    leads = [deal(None, name) for name in
             ("甲子科技有限公司", "无锡锐力传动有限公司", "南通海门纺织有限公司")]
    page = browser(alice)
    for lead in leads[:2]:
        page.post(f"/leads/pool/{lead.id}/claim")
        step = db.session.scalar(select(PoolStep).where(PoolStep.lead_id == lead.id))
        page.post(f"/leads/pool/steps/{step.id}/undo")
    assert "The claim still counts for today" in page.get("/leads/pool").text
    answer = claim(browser, alice, leads[2])
    assert answer.status_code == 422 and "You have claimed 2 leads today" in answer.text
    assert page.get(f"/leads/{leads[2].id}").status_code == 404


def test_an_undo_has_its_time_and_its_person(browser, deal, alice, bob, clock, now_row):
    lead = deal(None)
    claim(browser, alice, lead)
    step = db.session.scalar(select(PoolStep).where(PoolStep.what == "claimed"))
    assert browser(bob).post(f"/leads/pool/steps/{step.id}/undo").status_code == 404
    clock.move(minutes=11)
    answer = browser(alice).post(f"/leads/pool/steps/{step.id}/undo")
    assert answer.status_code == 422 and now_row(lead).owner_id == alice.id


@pytest.mark.parametrize(("query", "found"), [
    ("", {"甲"}), ("channel=fair", {"甲"}), ("channel=web", set()), ("product=erp", {"甲"}),
    ("order=score", {"甲"}), ("order=nonsense", {"甲"}), ("region=" + "x" * 99, set()),
])
def test_filters_stand_in_the_address(browser, deal, alice, query, found):
    deal(None, "甲子科技有限公司", channel="fair", product="erp")
    page = browser(alice).get(f"/leads/pool?{query}").text
    assert ("甲子科技有限公司" in page) is bool(found)


def test_who_may(browser, deal, alice, bob, hr, admin, clock):
    lead, others = deal(None), deal(bob, "无锡锐力传动有限公司")
    for person in (hr, admin):
        assert browser(person).get("/leads/pool").status_code == 403
        assert claim(browser, person, lead).status_code == 404
    assert browser(alice).get(f"/leads/pool/{lead.id}/claim").status_code == 405
    assert claim(browser, alice, lead).status_code == 303
    assert browser(alice).post("/leads/pool/999999/claim").status_code == 404
    clock.move(days=2)
    assert claim(browser, alice, others).status_code == 404


def test_a_fragment_has_the_list_alone(browser, deal, alice):
    deal(None)
    part = browser(alice).fragment("/leads/pool").text
    assert part.strip().startswith('<div id="pool">') and "<html" not in part


def test_statements_do_not_grow(app, browser, deal, alice):
    deal(None)
    asks = browser(alice)
    with counted(app) as few:
        asks.get("/leads/pool")
    for number in range(8):
        deal(None, f"第{number}号机械制造有限公司")
    with counted(app) as many:
        asks.get("/leads/pool")
    assert len(many) <= len(few) + 1


def test_of_what_never_was_in_the_pool_nobody_is_told_anything(browser, deal, alice, bob, carol):
    """A number that is tried tells neither that there is such a lead nor whose it is."""
    own, handed = deal(alice), deal(alice, "无锡锐力传动有限公司")
    with transaction():
        lead = db.session.get_one(Lead, handed.id)
        give_lead(None, lead, bob.id, lead.created_at, why="handed")
    for lead in (own, handed):
        answer = browser(carol).post(f"/leads/pool/{lead.id}/claim")
        assert answer.status_code == 404 and alice.name not in answer.text
