"""The people at a customer: recorded, corrected, void."""

from typing import Any

import pytest

from portal.customers.content import ContactFacts
from portal.customers.models import Contact
from portal.extensions import db
from tests.customers.conftest import row_of

QIAN = ContactFacts("钱敏", "采购经理", "13800138000", decision_role="procurement")


def contact_of(customer_id: int) -> Contact:
    return row_of(customer_id).contacts[0]


def typed(contact: Contact, **changed: Any) -> dict[str, Any]:
    facts = {"name": contact.name, "job_title": contact.job_title, "phone": contact.phone,
             "decision_role": contact.decision_role, "version": str(contact.version)}
    return {**facts, **changed}


def test_works(browser, customer, alice) -> None:
    found = customer(alice)
    mine = browser(alice)
    assert mine.get(f"/customers/{found}/contacts/new").status_code == 200
    answer = mine.post(f"/customers/{found}/contacts/new", data={
        "name": "王建国", "job_title": "总经理", "phone": "13800138000 / 021-62345678转803",
        "email": "wang@example.com", "decision_role": "decision_maker", "birth_month": "2",
        "birth_day": "29", "preferences": "call in the afternoon"})
    assert answer.status_code == 303
    page = mine.get(f"/customers/{found}/contacts").text
    for word in ("王建国", "tel:+8613800138000", "tel:+862162345678;ext=803",
                 "mailto:wang@example.com", "Decision maker", "2/29"):
        assert word in page, word
    assert "Contact recorded: 王建国" in mine.get(f"/customers/{found}").text


@pytest.mark.parametrize(("changed", "says"), [
    ({"name": ""}, "This is needed."),
    ({"phone": "1234567890123456"}, "does not look like a phone number"),
    ({"email": "nobody"}, "This is not an e-mail address."),
    ({"birth_month": "2", "birth_day": "30"}, "There is no such day."),
    ({"birth_month": "2", "birth_day": "29", "birth_year": "1999"}, "There is no such day."),
    ({"birth_month": "2"}, "Give month and day"),
    ({"birth_year": "1980"}, "Give month and day"),
    ({"birth_month": "1", "birth_day": "1", "birth_year": "2031"}, "still to come"),
    ({"birth_month": "12", "birth_day": "1", "birth_year": "2026"}, "still to come"),
    ({"birth_month": "13", "birth_day": "1"}, ""),
    ({"birth_month": "1", "birth_day": "1", "birth_year": "85"}, "Write a year such as 1985."),
    ({"decision_role": "king"}, "Not a valid choice"),
])
def test_what_cannot_be_is_told_and_kept(browser, customer, alice, changed, says) -> None:
    found = customer(alice)
    answer = browser(alice).post(
        f"/customers/{found}/contacts/new", data={"name": "王", "job_title": "typed", **changed})
    assert answer.status_code == 422
    assert says in answer.text and "typed" in answer.text
    assert row_of(found).contacts == []


def test_correcting_asks_why(browser, customer, alice) -> None:
    found = customer(alice, contacts=[QIAN])
    contact = contact_of(found)
    mine, url = browser(alice), f"/customers/{found}/contacts/{contact.id}/edit"
    fields = typed(contact)
    assert mine.get(url).status_code == 200
    assert mine.post(url, data={**fields, "email": "qian@example.com"}).status_code == 303
    answer = mine.post(url, data={**fields, "version": "2", "email": "qian@example.com",
                                  "job_title": "财务总监"})
    assert answer.status_code == 422 and "Known so far" in answer.text
    answer = mine.post(url, data={**fields, "version": "2", "email": "qian@example.com",
                                  "job_title": "财务总监", "reason": "promoted"})
    assert answer.status_code == 303 and contact_of(found).job_title == "财务总监"
    assert "promoted" in mine.get(f"/customers/{found}").text


def test_who_saves_second_compares(browser, customer, alice) -> None:
    found = customer(alice, contacts=[QIAN])
    contact = contact_of(found)
    mine, url = browser(alice), f"/customers/{found}/contacts/{contact.id}/edit"
    fields = typed(contact)
    mine.post(url, data={**fields, "wechat": "one"})
    answer = mine.post(url, data={**fields, "wechat": "two"})
    assert answer.status_code == 409 and "one" in answer.text and 'value="two"' in answer.text


def test_void_frees_the_phone_and_is_brought_back(browser, customer, alice, carol) -> None:
    found = customer(alice, contacts=[QIAN])
    number = contact_of(found).id
    mine = browser(alice)
    at = f"/customers/{found}/contacts/{number}"
    assert mine.post(f"{at}/void", data={"reason": ""}).status_code == 422
    assert mine.post(f"{at}/void", data={"reason": "left"}).status_code == 303
    other = customer(carol, name="无锡华新电子有限公司", phone="13800138000")
    answer = mine.post(f"{at}/restore")
    assert answer.status_code >= 400 and carol.name in answer.text
    browser(carol).post(f"/customers/{other}/void", data={"reason": "x"})
    assert mine.post(f"{at}/restore").status_code == 303
    assert contact_of(found).voided_at is None


def test_a_phone_of_somebody_else(browser, customer, alice, carol) -> None:
    customer(carol, name="无锡华新电子有限公司", phone="13800138000")
    found = customer(alice)
    answer = browser(alice).post(f"/customers/{found}/contacts/new",
                                 data={"name": "钱敏", "phone": "138 0013 8000",
                                       "decision_role": ""})
    assert answer.status_code == 422 and carol.name in answer.text
    assert row_of(found).contacts == []


def test_who_may(browser, customer, alice, mei, carol) -> None:
    found = customer(alice, contacts=[QIAN])
    other = customer(alice, name="无锡华新电子有限公司", phone="")
    number = contact_of(found).id
    assert browser(mei).get(f"/customers/{found}/contacts").status_code == 200
    assert browser(carol).get(f"/customers/{found}/contacts").status_code == 404
    url = f"/customers/{found}/contacts/{number}/edit"
    assert browser(mei).get(url).status_code == 403
    assert browser(carol).get(url).status_code == 404
    assert browser(alice).get(f"/customers/{other}/contacts/{number}/edit").status_code == 404
    assert browser(alice).get(f"/customers/{found}/contacts/999/edit").status_code == 404
    assert db.session.query(Contact).count() == 1
