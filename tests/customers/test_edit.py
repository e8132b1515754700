"""Correcting the facts of a customer: blanks, reasons, two people at once, keys."""

from typing import Any

import pytest

from portal.customers.models import IdentityKey, TimelineEntry
from portal.extensions import db
from tests.customers.conftest import row_of

NAME = "苏州恒通机电有限公司"


def typed(customer_id: int, **changed: Any) -> dict[str, Any]:
    """The form as it opens, with these changes."""
    row = row_of(customer_id)
    facts = {"name": row.name, "aliases": "\n".join(row.aliases), "phone": row.phone,
             "tier": row.tier, "segment": row.segment, "industry": row.industry or "",
             "region": row.region or "", "version": str(row.version)}
    return {**facts, **changed}


def test_filling_a_blank_needs_no_reason(browser, customer, alice) -> None:
    found = customer(alice)
    mine, url = browser(alice), f"/customers/{found}/edit"
    assert mine.get(url).status_code == 200
    answer = mine.post(url, data=typed(found, region="east", website="www.hengtong.cn"))
    assert answer.status_code == 303
    row = row_of(found)
    assert (row.region, row.website, row.version) == ("east", "https://www.hengtong.cn", 2)
    entry = db.session.query(TimelineEntry).filter_by(kind="customer.corrected").one()
    assert entry.detail["changes"]["region"] == [None, "east"]
    assert "File corrected" in mine.get(f"/customers/{found}").text


def test_changing_what_was_known_asks_why(browser, customer, alice) -> None:
    found = customer(alice, region="east")
    mine, url = browser(alice), f"/customers/{found}/edit"
    answer = mine.post(url, data=typed(found, region="south", address="星湖街 328 号"))
    assert answer.status_code == 422
    assert "Known so far" in answer.text and "星湖街 328 号" in answer.text
    assert row_of(found).region == "east" and row_of(found).address == ""
    answer = mine.post(url, data=typed(found, region="south", reason="They moved."))
    assert answer.status_code == 303
    page = mine.get(f"/customers/{found}").text
    assert "<del>East" in page and "They moved." in page


def test_who_saves_second_compares(browser, customer, alice, bob) -> None:
    found = customer(alice, team={"bob": "backup"})
    url, opened = f"/customers/{found}/edit", typed(found)
    assert browser(bob).post(url, data={**opened, "address": "by bob"}).status_code == 303
    answer = browser(alice).post(url, data={**opened, "address": "by alice"})
    assert answer.status_code == 409
    assert "by bob" in answer.text and 'value="by alice"' in answer.text
    assert 'name="version" type="hidden" value="2"' in answer.text
    assert row_of(found).address == "by bob"
    answer = browser(alice).post(
        url, data={**opened, "address": "by alice", "version": "2", "reason": "I was there."})
    assert answer.status_code == 303 and row_of(found).address == "by alice"


def test_a_name_of_somebody_else_is_told_with_owner_alone(browser, customer, alice, carol) -> None:
    found = customer(alice)
    customer(carol, name="无锡华新电子有限公司", phone="0510-82345678", note="secret")
    answer = browser(alice).post(
        f"/customers/{found}/edit", data=typed(found, aliases="无锡华新电子有限公司"))
    assert answer.status_code == 422
    assert carol.name in answer.text and "secret" not in answer.text
    assert "无锡华新电子有限公司" in answer.text
    assert row_of(found).aliases == []


def test_keys_follow(browser, customer, alice) -> None:
    found = customer(alice)
    browser(alice).post(f"/customers/{found}/edit",
                        data=typed(found, phone="0512-66660000", reason="new line"))
    kept = db.session.query(IdentityKey.value).filter_by(customer_id=found, kind="phone").all()
    assert [value for value, in kept] == ["+8651266660000"]


@pytest.mark.parametrize(("changed", "says"), [
    ({"name": ""}, "This is needed."),
    ({"name": " \u200b "}, "This is needed."),
    ({"name": "长" * 121}, ""),
    ({"phone": "12345"}, "does not look like a phone number"),
    ({"credit_code": "91310000MA1FL0000X1"}, ""),
    ({"employees": "-4"}, "Write a number of people"),
    ({"website": "javascript:alert(1)"}, "Write an address"),
    ({"website": "http://"}, "Write an address"),
    ({"industry": "no such"}, "Not a valid choice"),
    ({"tier": "D"}, "Not a valid choice"),
    ({"introduced_by": "nobody here"}, "You have no customer of exactly this name"),
    ({"aliases": "\n".join(map(str, range(30)))}, "At most 20 other names."),
    ({"version": "x"}, ""),
])
def test_what_cannot_be_is_told_and_kept(browser, customer, alice, changed, says) -> None:
    found = customer(alice)
    answer = browser(alice).post(f"/customers/{found}/edit",
                                 data=typed(found, address="typed", **changed))
    assert answer.status_code in (409, 422)
    assert says in answer.text and "typed" in answer.text
    assert row_of(found).version == 1


def test_who_may(browser, customer, alice, bob, carol, mei, hr) -> None:
    found = customer(alice, team={"bob": "backup"})
    url = f"/customers/{found}/edit"
    for person, status in ((alice, 200), (bob, 200), (mei, 403), (carol, 404), (hr, 404)):
        assert browser(person).get(url).status_code == status, person.login


def test_an_introducer_one_may_not_read_stays_nameless(browser, customer, alice, carol) -> None:
    hidden = customer(carol, name="无锡华新电子有限公司", phone="0510-82345678")
    found = customer(alice, introduced_by_id=hidden)
    mine = browser(alice)
    for url in (f"/customers/{found}", f"/customers/{found}/edit"):
        assert "无锡华新" not in mine.get(url).text
        assert "another customer" in mine.get(url).text
    answer = mine.post(f"/customers/{found}/edit",
                       data=typed(found, introduced_by="another customer", address="x"))
    assert answer.status_code == 303 and row_of(found).introduced_by_id == hidden


def test_void_and_bring_back(browser, customer, alice, bob, carol) -> None:
    found = customer(alice, team={"bob": "backup"})
    assert browser(bob).post(f"/customers/{found}/void", data={"reason": "x"}).status_code == 403
    mine = browser(alice)
    assert mine.post(f"/customers/{found}/void", data={"reason": ""}).status_code == 422
    assert mine.post(f"/customers/{found}/void", data={"reason": "twice"}).status_code == 303
    assert row_of(found).voided_at is not None
    # The name is free.
    other = customer(carol)
    answer = mine.post(f"/customers/{found}/restore")
    assert answer.status_code >= 400 and row_of(found).voided_at is not None
    browser(carol).post(f"/customers/{other}/void", data={"reason": "mine no more"})
    assert mine.post(f"/customers/{found}/restore").status_code == 303
    assert row_of(found).voided_at is None


def test_no_void_with_open_deals(browser, deal, alice) -> None:
    found = deal(alice).customer_id
    answer = browser(alice).post(f"/customers/{found}/void", data={"reason": "twice"})
    assert answer.status_code == 422 and "open deals" in answer.text
    assert row_of(found).voided_at is None
