"""Who of us works for a customer: backup, team, another owner, and customers left behind."""

import pytest

from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.customers.actions import ownership
from portal.customers.models import TimelineEntry
from portal.customers.today import rows
from portal.extensions import db
from portal.options.actions import change_option
from portal.people.actions import deactivate_person
from tests.customers.conftest import row_of


def parts_of(customer_id: int) -> set[tuple[str, str]]:
    return {(each.person.login, each.part) for each in row_of(customer_id).people}


def test_a_backup_takes_the_place_of_the_one_before(browser, customer, alice, bob, mei) -> None:
    found = customer(alice)
    mine, url = browser(alice), f"/customers/{found}/people"
    assert mine.get(url).status_code == 200
    assert mine.post(url, data={"asked": "bob", "part": "backup"}).status_code == 303
    assert mine.post(url, data={"asked": mei.name, "part": "backup"}).status_code == 303
    assert parts_of(found) == {("alice", "owner"), ("mei", "backup")}
    assert browser(bob).get(f"/customers/{found}").status_code == 404
    text = mine.get(f"/customers/{found}").text
    assert "张博 joined: Backup" in text and "张博 left: Backup" in text


@pytest.mark.parametrize(("asked", "part", "says"), [
    ("nobody at all", "rep", "No rep or manager here is called"),
    ("", "rep", "Write the name of a colleague."),
    ("hr", "rep", "No rep or manager here is called"),
    ("alice", "backup", "is that already"),
    ("bob", "owner", "Not a valid choice"),
])
def test_what_cannot_be(browser, customer, alice, asked, part, says) -> None:
    found = customer(alice)
    answer = browser(alice).post(f"/customers/{found}/people", data={"asked": asked, "part": part})
    assert answer.status_code == 422 and says in answer.text
    assert parts_of(found) == {("alice", "owner")}


def test_leaving(browser, customer, alice, bob) -> None:
    found = customer(alice, team={"bob": "product_expert"})
    url = f"/customers/{found}/people/{bob.id}/product_expert/leave"
    assert browser(bob).post(url).status_code == 403
    assert browser(alice).post(url).status_code == 303
    assert parts_of(found) == {("alice", "owner")}
    assert browser(alice).post(url).status_code == 303
    assert browser(alice).post(
        f"/customers/{found}/people/{alice.id}/owner/leave").status_code == 303
    assert parts_of(found) == {("alice", "owner")}


def test_the_line_manager_hands_over(browser, customer, alice, bob, mei, wang, chen) -> None:
    found = customer(alice)
    url = f"/customers/{found}/hand-over"
    for person, status in ((alice, 403), (wang, 403), (chen, 404), (mei, 200)):
        assert browser(person).get(url).status_code == status, person.login
    answer = browser(mei).post(url, data={"asked": "bob", "reason": ""})
    assert answer.status_code == 422 and "Say why." in answer.text
    answer = browser(mei).post(url, data={"asked": "bob", "reason": "alice is ill"})
    assert answer.status_code == 303 and parts_of(found) == {("bob", "owner")}
    assert browser(alice).get(f"/customers/{found}").status_code == 404
    text = browser(bob).get(f"/customers/{found}").text
    assert f"Handed over from {alice.name} to {bob.name}" in text and "alice is ill" in text


def test_open_deals_go_along(browser, deal, alice, bob, mei) -> None:
    lead = deal(alice)
    number, found = lead.id, lead.customer_id
    browser(mei).post(f"/customers/{found}/hand-over", data={"asked": "bob", "reason": "moved"})
    db.session.rollback()
    assert db.session.get_one(type(lead), number).owner_id == bob.id


def test_whoever_is_more_stays_it(customer, clock, alice, bob) -> None:
    found = customer(alice, team={"bob": "backup"})
    with transaction():
        row = row_of(found)
        assert not ownership.join(row, bob.id, "rep", clock())
        assert ownership.join(row, bob.id, "delivery_manager", clock())
        ownership.give(row, bob.id, alice.id, clock())
    assert parts_of(found) == {("bob", "owner"), ("bob", "delivery_manager")}
    with transaction():
        ownership.give(row_of(found), None, alice.id, clock())
    assert row_of(found).in_pool and row_of(found).next_contact_on is None
    assert db.session.query(TimelineEntry).filter_by(kind="customer.given").count() == 3
    with transaction(), pytest.raises(Refused):
        ownership.join(row_of(found), bob.id, "owner", clock())


def test_customers_of_somebody_who_left(
    app, browser, customer, clock, alice, bob, mei, wang, admin
) -> None:
    found = customer(alice)
    other = customer(alice, name="无锡华新电子有限公司", phone="")
    assert list(rows(mei.actor, clock())) == []
    with transaction():
        deactivate_person(admin.actor, alice.row, clock())
    with app.test_request_context():
        (row,) = rows(mei.actor, clock())
        assert list(rows(wang.actor, clock())) == []
    assert "2" in row.title
    assert browser(bob).get("/customers/without-owner").status_code == 403
    theirs = browser(mei)
    assert "无锡华新" in theirs.get(row.target).text
    assert "无锡华新" not in browser(wang).get(row.target).text
    answer = theirs.post(row.target, data={"asked": "bob", "reason": "left"})
    assert answer.status_code == 422 and "Choose at least one" in answer.text
    answer = theirs.post(row.target, data={"customer": [str(found), "77", "x"], "asked": "bob",
                                           "reason": "left"})
    assert answer.status_code == 303
    assert parts_of(found) == {("bob", "owner")} and parts_of(other) == {("alice", "owner")}


def test_deals_that_come_along_count_towards_the_cap(browser, deal, alice, bob, mei, admin,
                                                     clock) -> None:
    deal(bob, "无锡锐力传动有限公司")
    lead = deal(alice)
    number, found, url = lead.id, lead.customer_id, f"/customers/{lead.customer_id}/hand-over"
    form = {"asked": "bob", "reason": "moved"}
    with transaction():
        change_option(admin.actor, "pool.cap", "1", clock())
    answer = browser(mei).post(url, data=form)
    assert answer.status_code == 422 and "1 open leads, which is the most" in answer.text
    assert parts_of(found) == {("alice", "owner")}
    with transaction():
        change_option(admin.actor, "pool.cap", "2", clock())
    assert browser(mei).post(url, data=form).status_code == 303
    assert db.session.get_one(type(lead), number).owner_id == bob.id


def test_a_void_customer_comes_back_with_words_about_who_has_its_name(
        browser, customer, alice, carol) -> None:
    found = customer(alice)
    mine = browser(alice)
    assert mine.post(f"/customers/{found}/void", data={"reason": "twice"}).status_code == 303
    customer(carol, note="secret")
    answer = mine.post(f"/customers/{found}/restore")
    assert answer.status_code in (409, 422) and carol.name in answer.text
    assert "secret" not in answer.text and row_of(found).voided_at is not None
