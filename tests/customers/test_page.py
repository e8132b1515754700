"""The file of a customer: who reads it, what it shows."""

from datetime import timedelta

from flask import Flask

from portal.core.unit_of_work import transaction
from portal.customers.actions.customers import void_customer
from portal.customers.actions.notes import correct_note, write_note
from portal.customers.actions.timeline import note
from portal.customers.models import Customer, TimelineEntry
from portal.extensions import db
from tests.counting import statements_of
from tests.customers.conftest import row_of


def test_works(browser, customer, alice, app: Flask) -> None:
    found = customer(alice, team={"bob": "backup"}, industry="manufacturing", aliases=("恒通",))
    page = browser(alice).get(f"/customers/{found}")
    assert page.status_code == 200
    for word in ("苏州恒通机电有限公司", "恒通", "Class B", alice.name, "张博", "Backup",
                 "Manufacturing", "tel:+8651262345678", "Customer recorded"):
        assert word in page.text, word


def test_its_timeline_alone_is_a_fragment(browser, customer, alice) -> None:
    page = browser(alice).fragment(f"/customers/{customer(alice)}")
    assert page.text.lstrip().startswith('<div id="timeline">')
    assert "HX-Request" in page.headers["Vary"]


def test_who_reads_it(browser, customer, alice, bob, carol, mei, wang, chen, hr, admin) -> None:
    found = customer(alice)
    for person, status in ((alice, 200), (mei, 200), (wang, 200), (bob, 404), (carol, 404),
                           (chen, 404), (hr, 404), (admin, 404)):
        assert browser(person).get(f"/customers/{found}").status_code == status, person.login


def test_the_pool_is_read_by_who_allocates(browser, customer, alice, chen, hr) -> None:
    found = customer(None)
    assert browser(chen).get(f"/customers/{found}").status_code == 200
    assert browser(alice).get(f"/customers/{found}").status_code == 404
    assert browser(hr).get(f"/customers/{found}").status_code == 404


def test_unknown_ids_and_wrong_methods(browser, customer, alice) -> None:
    found = customer(alice)
    assert browser(alice).get("/customers/99999").status_code == 404
    assert browser(alice).get("/customers/99999999999999").status_code == 404
    assert browser(alice).post(f"/customers/{found}").status_code == 405


def test_older_entries_come_page_by_page(browser, customer, clock, alice) -> None:
    found = customer(alice)
    with transaction():
        for number in range(60):
            note(found, "note.written", alice.id, clock() + timedelta(minutes=number),
                 text=f"entry number {number:02}")
    mine = browser(alice)
    page = mine.get(f"/customers/{found}")
    seen = [number for number in range(60) if f"entry number {number:02}" in page.text]
    assert seen == list(range(35, 60))
    address = page.text.split('class="btn" href="')[-1].split('"')[0].replace("&amp;", "&")
    older = mine.fragment(address)
    assert "entry number 34" in older.text and "entry number 35" not in older.text
    assert "timeline_filters" not in older.text


def test_filters_stand_in_the_address(browser, customer, clock, alice, mei) -> None:
    found = customer(alice)
    with transaction():
        write_note(alice.actor, row_of(found), "by alice", clock())
        write_note(mei.actor, row_of(found), "by mei", clock())
    mine = browser(alice)
    assert "by mei" not in mine.get(f"/customers/{found}?person={alice.id}").text
    assert "by alice" not in mine.get(f"/customers/{found}?group=file").text
    assert "Customer recorded" in mine.get(f"/customers/{found}?group=file").text
    for odd in ("group=nonsense", "person=x", "before=999999", "before=-1", "deal=1"):
        assert mine.get(f"/customers/{found}?{odd}").status_code == 200, odd


def test_another_files_entry_is_no_cursor(browser, customer, clock, alice) -> None:
    found = customer(alice)
    other = customer(alice, name="无锡华新电子有限公司", phone="0510-82345678")
    with transaction():
        entry = note(other, "note.written", alice.id, clock() - timedelta(days=900), text="old")
        db.session.flush()
        number = entry.id
    assert "Customer recorded" in browser(alice).get(f"/customers/{found}?before={number}").text


def test_a_correction_shows_old_and_new(browser, customer, clock, alice) -> None:
    found = customer(alice)
    with transaction():
        wrong = write_note(alice.actor, row_of(found), "in August", clock())
        right = correct_note(alice.actor, wrong, "in September", "misheard", clock())
        assert right is not None
    text = browser(alice).get(f"/customers/{found}").text
    assert "<del class=\"timeline-text\">in August</del>" in text
    assert "misheard" in text and f"/customers/{found}/timeline/{right.id}" in text
    chain = browser(alice).get(f"/customers/{found}/timeline/{wrong.id}")
    assert "in August" in chain.text and "in September" in chain.text


def test_a_void_file_says_so(browser, customer, clock, alice) -> None:
    found = customer(alice)
    with transaction():
        void_customer(alice.actor, row_of(found), "entered twice", clock())
    page = browser(alice).get(f"/customers/{found}")
    assert "entered twice" in page.text and "Bring it back" in page.text
    assert browser(alice).get(f"/customers/{found}/edit").status_code == 403


def test_statements_do_not_grow_with_the_timeline(app, browser, customer, clock, alice) -> None:
    found = customer(alice)
    mine, url = browser(alice), f"/customers/{found}"
    few = len(statements_of(app, mine, url))
    with transaction():
        for number in range(40):
            write_note(alice.actor, db.session.get_one(Customer, found), f"note {number}", clock())
    assert db.session.query(TimelineEntry).count() > 40
    assert len(statements_of(app, mine, url)) <= few + 1
