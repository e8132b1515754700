"""What a form says of a colleague's customer is counted and kept like an answer of the check."""

import pytest
from sqlalchemy import select

from portal.core.audit import AuditEntry
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.options.actions import change_option
from tests.customers.test_edit import typed

PHONE = "0512-67778888"


@pytest.fixture
def rival(customer, bob, clock, admin):
    """Bob's customer; ten answers an hour."""
    with transaction():
        change_option(admin.actor, "checking.per_hour", "10", clock())
    return customer(bob, name="无锡锐力传动有限公司", phone=PHONE)


def logged():
    db.session.rollback()
    return db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "customer.checked")).all()


def try_contact(seller, number):
    return seller.post(f"/customers/{number}/contacts/new",
                       data={"name": "王工", "decision_role": "", "phone": PHONE})


def test_a_contact_form_tells_whose_and_it_is_kept(browser, customer, rival, alice, bob):
    mine = customer(alice)
    answer = try_contact(browser(alice), mine)
    assert answer.status_code == 422 and f"belongs to a customer of {bob.name}" in answer.text
    entry, = logged()
    assert (entry.actor_id, entry.subject) == (alice.id, f"customer:{rival}")
    assert entry.detail["answer"] == "theirs" and entry.detail["customers"] == [rival]


def test_the_facts_of_a_customer_too(browser, customer, rival, alice, bob):
    mine = customer(alice)
    answer = browser(alice).post(f"/customers/{mine}/edit", data=typed(
        mine, phone=PHONE, reason="New number"))
    assert answer.status_code == 422 and bob.name in answer.text
    assert len(logged()) == 1


def test_whoever_asks_without_end_learns_no_more(browser, customer, rival, alice, bob):
    mine, seller = customer(alice), browser(alice)
    for _ in range(10):
        assert bob.name in try_contact(seller, mine).text
    answer = try_contact(seller, mine)
    assert answer.status_code == 422 and bob.name not in answer.text
    assert "very often" in answer.text and PHONE in answer.text
    assert seller.fragment("/leads/check?q=company").status_code == 429


def test_a_claim_is_an_answer_too(browser, customer, rival, alice, bob):
    seller = browser(alice)
    for number in range(10):
        seller.fragment(f"/leads/check?q=company{number}")
    answer = seller.post("/leads/new", data={
        "company": "无锡锐力传动有限公司", "title": "WMS", "channel": "web", "currency": "CNY",
        "owner": "me"})
    assert answer.status_code == 429 and bob.name not in answer.text
    assert 'value="无锡锐力传动有限公司"' in answer.text
