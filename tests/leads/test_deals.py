"""The deals of a customer, and a new one with somebody who is here already."""

import pytest

from portal.core.unit_of_work import transaction
from portal.customers.actions.customers import add_contact
from portal.customers.content import ContactFacts
from portal.extensions import db
from portal.leads.actions.leads import record_lead, void_lead
from portal.leads.content import LeadFacts
from portal.leads.models import Lead
from tests.counting import statements_of

FORM = {"title": "MES", "channel": "phone", "currency": "CNY", "owner": "me"}


def row(lead):
    return db.session.get_one(Lead, lead.id, populate_existing=True)


def newest():
    return db.session.scalars(db.select(Lead).order_by(Lead.id.desc()).limit(1)).one()


def test_open_ones_come_first(browser, deal, alice, clock):
    lead = deal(alice, title="First")
    with transaction():
        record_lead(alice.actor, row(lead).customer, LeadFacts("Second"), clock(),
                    owner_id=alice.id)
        void_lead(alice.actor, newest(), "Twice", clock())
        record_lead(alice.actor, row(lead).customer, LeadFacts("Third"), clock(),
                    owner_id=alice.id)
    page = browser(alice).get(f"/customers/{lead.customer_id}/deals")
    assert page.status_code == 200
    places = [page.text.index(f">{title}<") for title in ("Third", "First", "Second")]
    assert places == sorted(places)
    part = browser(alice).fragment(f"/customers/{lead.customer_id}/deals")
    assert part.text.lstrip().startswith('<div id="deals"')


def test_the_list_is_paged_and_its_statements_do_not_grow(app, browser, deal, alice, clock):
    lead = deal(alice)
    address = f"/customers/{lead.customer_id}/deals"
    before = statements_of(app, browser(alice), address)
    with transaction():
        for number in range(30):
            record_lead(alice.actor, row(lead).customer, LeadFacts(f"Deal {number}"), clock(),
                        owner_id=alice.id)
    # A full page asks how many there are besides.
    assert len(statements_of(app, browser(alice), address)) <= len(before) + 1
    assert "1–25 of 31" in browser(alice).get(address).text


def test_a_new_deal_with_a_known_contact(browser, deal, alice, clock):
    lead = deal(alice)
    with transaction():
        contact = add_contact(alice.actor, row(lead).customer, ContactFacts("王工"), clock())
    address = f"/customers/{lead.customer_id}/deals/new"
    assert "王工" in browser(alice).get(address).text
    answer = browser(alice).post(address, data={**FORM, "contact_id": contact.id})
    assert answer.status_code == 303
    assert (newest().customer_id, newest().title, newest().contact_id) == (
        lead.customer_id, "MES", contact.id)


def test_a_new_deal_with_a_new_contact(browser, deal, alice):
    lead = deal(alice)
    answer = browser(alice).post(f"/customers/{lead.customer_id}/deals/new", data={
        **FORM, "contact_name": "钱敏", "contact_phone": "13800138000"})
    assert answer.status_code == 303 and newest().contact.name == "钱敏"


@pytest.mark.parametrize("wrong", [
    {"title": " "}, {"channel": ""}, {"contact_id": "4711"}, {"contact_phone": "13800138000"},
    {"owner": "pool"}, {"owner": "colleague"}, {"amount": "-1"},
])
def test_what_cannot_be_is_said_and_kept(browser, deal, alice, wrong):
    lead = deal(alice)
    answer = browser(alice).post(f"/customers/{lead.customer_id}/deals/new",
                                 data={**FORM, "note": "Keep this", **wrong})
    assert answer.status_code == 422 and "Keep this" in answer.text
    assert newest().id == lead.id


def test_a_contact_whose_phone_is_anothers_customers(browser, deal, alice, bob):
    lead = deal(alice)
    deal(bob, "无锡华光电子有限公司", phone="13800138000")
    answer = browser(alice).post(f"/customers/{lead.customer_id}/deals/new", data={
        **FORM, "contact_name": "钱敏", "contact_phone": "13800138000", "note": "Keep this"})
    assert answer.status_code in (409, 422) and "Keep this" in answer.text
    assert db.session.scalar(db.select(db.func.count(Lead.id))) == 2


def test_a_leader_gives_the_new_deal_to_the_owner(browser, deal, alice, mei):
    lead = deal(alice)
    address = f"/customers/{lead.customer_id}/deals/new"
    assert f'value="{alice.name}"' in browser(mei).get(address).text
    answer = browser(mei).post(address, data={**FORM, "owner": "colleague", "asked": alice.name})
    assert answer.status_code == 303 and newest().owner_id == alice.id


def test_who_may(browser, deal, alice, bob, wang, carol, hr):
    lead = deal(alice)
    address = f"/customers/{lead.customer_id}/deals"
    assert browser(wang).get(address).status_code == 200
    assert browser(wang).get(f"{address}/new").status_code == 403
    for person in (bob, carol, hr):
        assert browser(person).get(address).status_code == 404
        assert browser(person).post(f"{address}/new", data=FORM).status_code == 404
    assert browser(alice).post(address).status_code == 405
