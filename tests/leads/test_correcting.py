"""Editing a lead, the comparison when two people do, and declaring it void."""

import re

import pytest

from portal.core.unit_of_work import transaction
from portal.customers.actions.customers import add_contact
from portal.customers.content import ContactFacts
from portal.extensions import db
from portal.leads.models import Lead

FORM = {"title": "换一套仓储系统", "channel": "other", "currency": "CNY", "base": "1"}


def row(lead):
    return db.session.get_one(Lead, lead.id, populate_existing=True)


def test_the_form_shows_the_lead(browser, deal, alice):
    lead = deal(alice, title="换一套仓储系统")
    page = browser(alice).get(f"/leads/{lead.id}/edit")
    assert page.status_code == 200 and 'value="换一套仓储系统"' in page.text


@pytest.mark.parametrize(("typed", "amount"), [
    ("120000", "120000.00"), ("120,000", "120000.00"), ("12万", "120000.00"),
    ("¥１２．５万元", "125000.00"), ("1.2亿", "120000000.00"), ("0", "0.00"),
])
def test_amounts_as_people_type_them(browser, deal, alice, typed, amount):
    lead = deal(alice, title="换一套仓储系统")
    answer = browser(alice).post(f"/leads/{lead.id}/edit", data={**FORM, "amount": typed})
    assert answer.status_code == 303
    assert str(row(lead).amount) == amount


@pytest.mark.parametrize(("wrong", "says"), [
    ({"title": ""}, "This is needed."), ({"title": "x" * 121}, "At most 120 characters."),
    ({"amount": "-5"}, "at least 0"), ({"amount": "a lot"}, "This is no amount"),
    ({"amount": "1.234,5"}, "This is no amount"), ({"amount": "NaN"}, "This is no amount"),
    ({"amount": "9" * 14}, "a trillion or more"), ({"expected_close": "2026-05-31"}, "has passed"),
    ({"expected_close": "2062-06-01"}, "Is the year right?"), ({"channel": "pigeon"}, "choice"),
    ({"product": "rocket"}, "choice"), ({"currency": "ZZZ"}, "choice"),
    ({"competitors": "x" * 81}, "80 characters"), ({"contact_id": "4711"}, "choice"),
])
def test_what_cannot_be_is_said_and_kept(browser, deal, alice, wrong, says):
    lead = deal(alice, title="换一套仓储系统")
    answer = browser(alice).post(f"/leads/{lead.id}/edit",
                                 data={**FORM, "note": "Keep this", **wrong})
    assert answer.status_code == 422
    assert says.lower() in answer.text.lower() and "Keep this" in answer.text
    assert row(lead).version == 1


def test_another_customers_contact_is_refused(browser, deal, alice, bob, clock):
    lead, other = deal(alice), deal(bob, "无锡华光电子有限公司")
    with transaction():
        contact = add_contact(bob.actor, row(other).customer, ContactFacts("王工"), clock())
    answer = browser(alice).post(f"/leads/{lead.id}/edit",
                                 data={**FORM, "contact_id": contact.id})
    assert answer.status_code == 422 and "王工" not in answer.text


def test_changing_what_was_known_asks_for_a_reason(browser, deal, alice):
    lead = deal(alice, title="换一套仓储系统")
    typed = {**FORM, "title": "换两套仓储系统"}
    answer = browser(alice).post(f"/leads/{lead.id}/edit", data=typed)
    assert answer.status_code == 422 and "say why" in answer.text
    assert "换两套仓储系统" in answer.text
    answer = browser(alice).post(f"/leads/{lead.id}/edit",
                                 data={**typed, "reason": "They bought a site"})
    assert answer.status_code == 303
    page = browser(alice).get(f"/leads/{lead.id}").text
    assert "<del>换一套仓储系统</del>" in page and "They bought a site" in page


def test_who_saves_second_sees_both(browser, deal, alice):
    lead = deal(alice, title="换一套仓储系统")
    browser(alice).post(f"/leads/{lead.id}/edit", data={**FORM, "note": "First"})
    answer = browser(alice).post(f"/leads/{lead.id}/edit", data={**FORM, "note": "Second"})
    assert answer.status_code == 409
    assert "First" in answer.text and "Second" in answer.text
    assert re.search(r'name="base"[^>]*value="2"', answer.text)
    assert row(lead).note == "First"


def test_sent_twice_it_counts_once(browser, deal, alice):
    lead = deal(alice, title="换一套仓储系统")
    typed = {**FORM, "note": "Once", "draft_key": "a-key-of-a-form", "draft_form": lead.ref}
    both = [browser(alice).post(f"/leads/{lead.id}/edit", data=typed) for _time in range(2)]
    assert [answer.status_code for answer in both] == [303, 303]
    assert row(lead).version == 2


def test_void_with_a_reason_and_back(browser, deal, alice):
    lead = deal(alice)
    assert browser(alice).post(f"/leads/{lead.id}/void").status_code == 422
    answer = browser(alice).post(f"/leads/{lead.id}/void", data={"reason": "Twice"})
    assert answer.status_code == 303 and row(lead).status == "void"
    assert browser(alice).get(f"/leads/{lead.id}/edit").status_code == 403
    assert browser(alice).post(f"/leads/{lead.id}/restore").status_code == 303
    assert row(lead).status == "open"
    assert browser(alice).post(f"/leads/{lead.id}/restore").status_code == 403


def test_who_may(browser, deal, alice, bob, mei, wang, carol):
    lead = deal(alice)
    assert browser(mei).get(f"/leads/{lead.id}/edit").status_code == 403
    assert browser(wang).post(f"/leads/{lead.id}/void").status_code == 403
    for person in (bob, carol):
        for path in ("edit", "void", "restore"):
            assert browser(person).post(f"/leads/{lead.id}/{path}").status_code == 404
    assert browser(mei).post(f"/leads/{lead.id}/void", data={"reason": "x"}).status_code == 303
