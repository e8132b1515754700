"""Search finds a customer by name, contact, phone or deal, for whoever reads its file."""

import pytest

from portal.core.unit_of_work import transaction
from portal.customers.actions import ownership
from portal.customers.actions.customers import void_customer
from portal.customers.append_only import TimelineChangedError
from portal.customers.content import ContactFacts
from portal.customers.models import TimelineEntry
from portal.extensions import db
from portal.people.actions import move_people
from portal.people.models import Team
from portal.search.indexer import index_pending
from tests.characters import Character
from tests.customers.conftest import row_of

QIAN = ContactFacts("钱敏敏", phone="138-0013-8000")


def finds(browser, person: Character, text: str) -> bool:
    index_pending()
    page = browser(person).get("/search", query_string={"q": text, "scope": "customers"})
    offered = browser(person).get("/search/suggest", query_string={"q": text})
    assert page.status_code == offered.status_code == 200
    in_page, in_offers = ("customers/" in each.text.split("<main")[-1] and "恒通" in each.text
                          for each in (page, offered))
    assert in_page == in_offers or text not in ("恒通",), (person.login, text)
    return in_page


@pytest.mark.parametrize("text", ["恒通", "恆通", "hengtong", "钱敏敏", "13800138000",
                                  "138 0013 8000", "Hengtong Electro"])
def test_by_every_name(browser, customer, alice, text) -> None:
    customer(alice, aliases=("Hengtong Electro",), contacts=[QIAN])
    assert finds(browser, alice, text)


def test_a_deal_leads_to_the_file(browser, deal, alice, carol) -> None:
    deal(alice, title="换一套仓储系统")
    assert finds(browser, alice, "仓储系统")
    assert not finds(browser, carol, "仓储系统")


def test_nobody_else_finds_it(
    browser, customer, alice, bob, carol, mei, wang, chen, hr, admin
) -> None:
    customer(alice, contacts=[QIAN])
    for person, may in ((alice, True), (mei, True), (wang, True), (bob, False), (carol, False),
                        (chen, False), (hr, False), (admin, False)):
        assert finds(browser, person, "恒通") == may, person.login
        assert finds(browser, person, "钱敏敏") == may, person.login


def test_the_pool_is_found_by_who_allocates(browser, customer, alice, chen, hr) -> None:
    customer(None)
    assert finds(browser, chen, "恒通") and not finds(browser, alice, "恒通")
    assert not finds(browser, hr, "恒通")


def test_who_finds_it_changes_with_owner_team_and_void(
    browser, customer, clock, alice, bob, chen, admin
) -> None:
    found = customer(alice)
    with transaction():
        ownership.give(row_of(found), bob.id, alice.id, clock())
    assert finds(browser, bob, "恒通") and not finds(browser, alice, "恒通")
    with transaction():
        south = db.session.query(Team).filter_by(name="South").one()
        move_people(admin.actor, [bob.row], south, clock())
    assert finds(browser, chen, "恒通")
    with transaction():
        void_customer(bob.actor, row_of(found), "twice", clock())
    assert not finds(browser, bob, "恒通")


def test_the_timeline_only_grows(customer, alice) -> None:
    customer(alice)
    with pytest.raises(TimelineChangedError), transaction():
        db.session.query(TimelineEntry).first().text = "other"
    with pytest.raises(TimelineChangedError), transaction():
        db.session.delete(db.session.query(TimelineEntry).first())


def test_the_scope_is_offered_to_those_who_sell(browser, customer, alice, hr, admin) -> None:
    customer(alice)
    for person, sees in ((alice, True), (hr, False), (admin, False)):
        page = browser(person).get("/search?q=恒通").text
        assert ("scope=customers" in page) == sees, person.login
        assert "恒通精密" not in browser(person).get("/search?q=恒通&scope=customers").text or sees
