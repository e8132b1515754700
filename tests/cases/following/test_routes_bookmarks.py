"""Bookmarks: private, with a note, found by words and kind; nothing of what one lost."""

import pytest

from portal.cases.following.models import Bookmark
from portal.core.unit_of_work import transaction
from portal.extensions import db
from tests.counting import statements_of


def kept(person, case):
    db.session.rollback()
    return db.session.get(Bookmark, (person.id, case.id))


def test_keeping_and_removing_with_undo(browser, problem, bob):
    reader = browser(bob)
    assert reader.post(f"/bookmarks/{problem.id}").status_code == 303
    reader.post(f"/bookmarks/{problem.id}/note", data={"note": "for the  Monday meeting"})
    assert kept(bob, problem).note == "for the Monday meeting"
    answer = reader.post(f"/bookmarks/{problem.id}/drop")
    assert answer.status_code == 303 and kept(bob, problem) is None
    page = reader.get("/bookmarks").text
    undo = f"/bookmarks/{problem.id}?note=for+the+Monday+meeting"
    assert undo in page
    reader.post(undo)
    assert kept(bob, problem).note == "for the Monday meeting"


def test_the_sign_alone_for_a_page_with_scripts(browser, problem, bob):
    answer = browser(bob).fragment(f"/bookmarks/{problem.id}", method="POST")
    assert 'aria-pressed="true"' in answer.text and "<html" not in answer.text
    answer = browser(bob).fragment(f"/bookmarks/{problem.id}/drop", method="POST")
    assert 'aria-pressed="false"' in answer.text


def test_it_stands_in_lists_and_only_for_oneself(browser, problem, alice, bob):
    browser(bob).post(f"/bookmarks/{problem.id}")
    assert 'aria-pressed="true"' in browser(bob).get("/cases").text
    assert 'aria-pressed="true"' not in browser(alice).get("/cases").text
    assert "No bookmarks yet" in browser(alice).get("/bookmarks").text


def test_what_cannot_be_read_cannot_be_kept(browser, record, draft, alice, carol):
    secret = record(alice, audience="team")
    for case in (secret, draft):
        assert browser(carol).post(f"/bookmarks/{case.id}").status_code == 404
        assert browser(carol).post(f"/bookmarks/{case.id}/drop").status_code == 404
        assert browser(carol).post(f"/bookmarks/{case.id}/note").status_code == 404


def test_the_other_method_and_strangers(browser, problem, bob):
    assert browser(bob).get(f"/bookmarks/{problem.id}").status_code == 405
    assert browser(bob).post("/bookmarks").status_code == 405
    assert browser(bob).post("/bookmarks/99999999999").status_code == 404
    assert browser().get("/bookmarks").status_code == 302


def test_a_note_that_is_too_long_is_shown_again(browser, problem, bob):
    browser(bob).post(f"/bookmarks/{problem.id}")
    answer = browser(bob).post(f"/bookmarks/{problem.id}/note", data={"note": "x" * 201})
    assert answer.status_code == 422
    assert "x" * 201 in answer.text and "at most 200" in answer.text


@pytest.fixture
def some(browser, record, alice, bob):
    cases = [record(alice, title="Price war", kind="problem"),
             record(alice, title="Lost on price", kind="loss"),
             record(alice, title="Secret price", kind="lesson", audience="team")]
    for case in cases:
        browser(bob).post(f"/bookmarks/{case.id}")
    browser(bob).post(f"/bookmarks/{cases[0].id}/note", data={"note": "季度会议"})
    return cases


def test_the_list_is_narrowed_by_words_and_kind(browser, some, bob):
    reader = browser(bob)
    assert "Lost on price" in reader.get("/bookmarks").text
    assert "Lost on price" not in reader.get("/bookmarks?kind=problem").text
    found = reader.fragment("/bookmarks?q=季度").text
    assert "Price war" in found and "Lost on price" not in found
    assert "None of your bookmarks fits" in reader.get("/bookmarks?q=zebra").text


def test_of_a_case_one_lost_nothing_is_shown(browser, some, bob, carol):
    with transaction():
        bob.row.team_id = carol.team_id
    reader = browser(bob)
    page = reader.get("/bookmarks").text
    assert "Secret price" not in page and "A case you can no longer read" in page
    assert "no longer read" not in reader.get("/bookmarks?q=secret").text
    assert "no longer read" not in reader.get("/bookmarks?kind=lesson").text
    assert reader.post(f"/bookmarks/{some[2].id}/drop").status_code == 303
    assert "no longer read" not in reader.get("/bookmarks").text


def test_the_list_takes_the_same_statements_for_many(app, browser, record, alice, bob):
    reader = browser(bob)
    for number in range(3):
        reader.post(f"/bookmarks/{record(alice, title=f'T{number}').id}")
    few = len(statements_of(app, reader, "/bookmarks"))
    for number in range(3, 12):
        reader.post(f"/bookmarks/{record(alice, title=f'T{number}').id}")
    assert len(statements_of(app, reader, "/bookmarks")) == few
