"""What becomes of a claim, all of it or nothing."""

import pytest
from sqlalchemy import func, select

from portal.core.audit import AuditEntry, broken_links
from portal.core.unit_of_work import transaction
from portal.customers.models import Customer, TimelineEntry
from portal.extensions import db
from portal.leads.actions.leads import record_lead
from portal.leads.claims.content import typed_of
from portal.leads.content import LeadFacts
from portal.leads.models import Lead
from portal.leads.pool.actions import return_lead
from tests.leads.claims.conftest import NAME, PHONE

SAID = {"reaches": "王总", "decision_role": ""}


def decide(browser, person, claim, outcome, reason="他们先见到决策人", name=""):
    return browser(person).post(f"/claims/{claim.id}/decide",
                                data={"outcome": outcome, "reason": reason, "name": name})


def lead_now(lead):
    db.session.rollback()
    return db.session.get_one(Lead, lead.id, populate_existing=True)


def test_to_the_claimant(browser, sent, hers, again, alice, bob, mei):
    assert decide(browser, mei, sent, "moves").status_code == 303
    row, lead = again(sent), lead_now(hers)
    assert (row.state, row.outcome, row.lead_id) == ("decided", "moves", hers.id)
    assert lead.owner_id == bob.id and lead.customer.owner_id == bob.id
    assert lead.response_due_at is None
    assert [contact.name for contact in lead.customer.contacts] == ["王总"]
    assert "他们先见到决策人" in browser(alice).get(f"/claims/{sent.id}").text
    for person in (alice, bob):
        assert "duplicate claim is decided" in browser(person).get("/notifications").text
    assert browser(bob).get(f"/leads/{hers.id}").status_code == 200
    assert browser(alice).get(f"/leads/{hers.id}").status_code == 404
    entry = db.session.scalar(select(TimelineEntry).where(TimelineEntry.kind == "claim.decided"))
    assert entry.customer_id == hers.customer_id and entry.text == "他们先见到决策人"
    assert db.session.scalar(select(AuditEntry).where(AuditEntry.action == "claim.decided"))
    assert list(broken_links()) == []


def test_it_stays_and_what_was_typed_too(browser, sent, hers, again, alice, bob, mei):
    assert decide(browser, mei, sent, "stays").status_code == 303
    assert lead_now(hers).owner_id == alice.id
    page = browser(bob).get(f"/claims/{sent.id}").text
    assert "他们要换 WMS" in page and "他们先见到决策人" in page
    assert typed_of(again(sent).typed).contacts[0].name == "王总"
    assert browser(bob).get(f"/customers/{hers.customer_id}").status_code == 404


def test_both_work_together(browser, sent, hers, alice, bob, mei):
    assert decide(browser, mei, sent, "together").status_code == 303
    customer = lead_now(hers).customer
    assert customer.owner_id == alice.id
    assert (bob.id, "rep") in {(each.person_id, each.part) for each in customer.people}
    assert browser(bob).get(f"/customers/{customer.id}").status_code == 200


def test_two_companies(browser, sent, hers, again, alice, bob, mei):
    answer = decide(browser, mei, sent, "both")
    assert answer.status_code == 422 and "still called the same" in answer.text
    assert again(sent).state == "sent"
    assert decide(browser, mei, sent, "both", name="广州恒通机电有限公司").status_code == 303
    lead = db.session.get_one(Lead, again(sent).lead_id)
    assert lead.owner_id == bob.id and lead.customer.name == "广州恒通机电有限公司"
    assert lead.title == "他们要换 WMS" and lead.channel == "fair"
    assert lead_now(hers).owner_id == alice.id


def test_two_companies_with_one_number(browser, type_it, deal, again, alice, bob, mei):
    deal(alice, "上海博远数据通信有限公司", phone=PHONE)
    claim = type_it(bob, "苏州工业园物业有限公司", phone=PHONE, contact=PHONE)
    browser(bob).post(f"/claims/{claim.id}/send", data=SAID)
    assert decide(browser, mei, claim, "both").status_code == 303
    customer = db.session.get_one(Lead, again(claim).lead_id).customer
    assert customer.name == "苏州工业园物业有限公司" and customer.phone == ""
    assert PHONE in customer.note and PHONE in customer.contacts[0].preferences


@pytest.mark.parametrize(("outcome", "reason"), [
    ("", "x"), ("nonsense", "x"), ("moves", ""), ("moves", "  "), ("moves", "x" * 2001),
])
def test_what_is_missing_is_said(browser, sent, hers, again, mei, alice, outcome, reason):
    answer = decide(browser, mei, sent, outcome, reason)
    assert answer.status_code == 422 and reason.strip() in answer.text
    assert again(sent).state == "sent" and lead_now(hers).owner_id == alice.id


def test_who_decides(browser, sent, again, alice, bob, carol, mei, wang, chen, hr):
    for person, status in ((alice, 403), (bob, 403), (carol, 404), (chen, 404), (hr, 404)):
        assert decide(browser, person, sent, "stays").status_code == status
    assert decide(browser, wang, sent, "stays").status_code == 303
    assert decide(browser, mei, sent, "moves").status_code == 422
    assert again(sent).outcome == "stays"


def test_across_the_department_a_head_decides(browser, hers, type_it, again, carol, chen, wang):
    claim = type_it(carol)
    browser(carol).post(f"/claims/{claim.id}/send", data=SAID)
    found = again(claim).decider_id
    assert found in (chen.id, wang.id)
    decider = chen if found == chen.id else wang
    assert decide(browser, decider, claim, "moves").status_code == 303
    assert lead_now(hers).owner_id == carol.id


def test_a_manager_who_owns_it_does_not_decide(browser, deal, type_it, again, bob, mei, wang):
    deal(mei, NAME)
    claim = type_it(bob)
    browser(bob).post(f"/claims/{claim.id}/send", data=SAID)
    assert again(claim).decider_id == wang.id
    assert decide(browser, mei, claim, "stays").status_code == 403


def test_in_the_pool_nobody_need_decide(browser, claim, hers, again, alice, bob, clock):
    with transaction():
        return_lead(alice.actor, db.session.get_one(Lead, hers.id), "No time", clock())
    page = browser(bob).get(f"/claims/{claim.id}").text
    assert "nobody need decide" in page and "0 of 5 claimed today" in page
    assert browser(bob).post(f"/claims/{claim.id}/send",
                             data=SAID).status_code == 422
    assert browser(alice).post(f"/claims/{claim.id}/take").status_code == 404
    assert browser(bob).post(f"/claims/{claim.id}/take").status_code == 303
    row = again(claim)
    assert row.state == "decided" and row.lead_id == hers.id
    lead = lead_now(hers)
    assert lead.owner_id == bob.id and lead.customer.contacts[0].name == "王总"


def test_the_pools_limits_hold_there_too(browser, deal, type_it, again, bob, set_limit):
    deal(bob, "无锡锐力传动有限公司")
    deal(None, NAME)
    set_limit("pool.cap", 1)
    claim = type_it(bob)
    assert browser(bob).post(f"/claims/{claim.id}/take").status_code == 422
    assert again(claim).state == "typed"
    assert db.session.scalar(select(func.count()).select_from(Customer)) == 2


def test_what_comes_along_from_the_pool_counts(browser, deal, type_it, again, bob, mei, set_limit,
                                              clock):
    first = deal(None, NAME)
    with transaction():
        record_lead(mei.actor, db.session.get_one(Customer, first.customer_id),
                    LeadFacts("One more", "web"), clock(), owner_id=None)
    set_limit("pool.cap", 1)
    claim = type_it(bob)
    assert browser(bob).post(f"/claims/{claim.id}/take").status_code == 422
    assert lead_now(first).owner_id is None
    set_limit("pool.cap", 2)
    assert browser(bob).post(f"/claims/{claim.id}/take").status_code == 303
    assert lead_now(first).owner_id == bob.id


@pytest.fixture
def set_limit(app, clock, admin):
    from portal.options.actions import change_option

    def change(name, value):
        with transaction():
            change_option(admin.actor, name, str(value), clock())

    return change
