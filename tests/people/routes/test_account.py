"""Signing in and out, the password, preferences, and where one is signed in."""

from itertools import pairwise

import pytest

from portal.core.audit import AuditEntry
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.actions import reset_password
from portal.people.models import SignIn
from tests.characters import PASSWORD

NEW = "a new and longer one"


def change(browser, current, new=NEW, again=None):
    return browser.post("/password", data={"current": current, "new": new, "again": again or new})


def test_sign_in_says_the_same_for_a_wrong_login_and_a_wrong_password(browser, alice):
    for login, password in (("alice", "wrong"), ("nobody", alice.password)):
        answer = browser().post("/sign-in", data={"login": login, "password": password})
        assert answer.status_code == 422
        assert "Login or password is not right." in answer.text


def test_sign_in_goes_on_to_where_one_was_heading_but_never_elsewhere(browser, alice):
    form = {"login": "Alice ", "password": alice.password}
    assert browser().post("/sign-in", data={**form, "next": "/cases"}).location == "/cases"
    away = browser().post("/sign-in", data={**form, "next": "//evil.example"})
    assert away.location == "/"


def test_the_first_password_must_be_changed_and_the_page_says_why(app, browser, alice, clock):
    with transaction():
        first = reset_password(None, alice.row, clock())
    visitor = browser()
    visitor.post("/sign-in", data={"login": "alice", "password": first})
    assert visitor.get("/cases").location == "/password"
    page = visitor.get("/password").text
    assert "Choose your own password" in page
    assert "李爱丽" in page
    assert change(visitor, first).status_code == 303
    assert visitor.get("/cases").status_code == 200
    assert not alice.row.must_change_password


@pytest.mark.parametrize(("new", "again", "words"), [
    ("short", "short", "at least 10"), ("alice in the city", None, "must not contain the login"),
    ("aaaaaaaaaaaa", None, "too few different"), (NEW, "another long one", "differ"),
])
def test_a_weak_password_is_refused_with_the_reason(browser, alice, new, again, words):
    answer = change(browser(alice), alice.password, new, again)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_wrong_current_password_is_said_at_its_field(browser, alice):
    answer = change(browser(alice), "not this")
    assert answer.status_code == 422
    assert "The current password is not right." in answer.text
    assert 'id="current-error"' in answer.text


def test_a_whole_office_can_choose_passwords_at_once(browser, alice):
    person = browser(alice)
    passwords = [PASSWORD, *(f"a good sentence {number}" for number in range(12))]
    for current, new in pairwise(passwords):
        form = {"current": current, "new": new, "again": new}
        assert person.post("/password", data=form).status_code == 303


def test_guessing_the_current_password_is_slowed_down_for_this_person_only(browser, alice, bob):
    wrong = {"current": "a guess", "new": "a new sentence", "again": "a new sentence"}
    person = browser(alice)
    statuses = [person.post("/password", data=wrong).status_code for _ in range(12)]
    assert statuses == [422] * 10 + [429] * 2
    assert browser(bob).post("/password", data=wrong).status_code == 422


def test_a_changed_password_signs_other_devices_out(browser, alice):
    here, there = browser(alice), browser(alice)
    assert change(here, alice.password).status_code == 303
    assert here.get("/preferences").status_code == 200
    assert there.get("/preferences").status_code == 302


def test_preferences_are_kept_and_wrong_ones_refused(browser, alice):
    visitor = browser(alice)
    answer = visitor.post("/preferences", data={"locale": "zh", "theme": "dark"})
    assert answer.status_code == 303
    assert (alice.row.locale, alice.row.theme) == ("zh", "dark")
    assert 'lang="zh-CN"' in visitor.get("/preferences").text
    assert visitor.post("/preferences", data={"locale": "xx", "theme": "pink"}).status_code == 422


def test_preferences_show_where_one_is_signed_in_and_mark_this_device(browser, alice):
    phone = browser()
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
    phone.post("/sign-in", data={"login": "alice", "password": alice.password},
               headers={"User-Agent": agent})
    page = browser(alice).get("/preferences").text
    assert "Safari on iPhone" in page
    assert page.count("This device") == 1
    assert page.count("Sign out there") == 1


def test_one_can_sign_out_elsewhere(browser, alice, bob):
    here, there = browser(alice), browser(alice)
    places = db.session.query(SignIn).filter_by(user_id=alice.id).order_by(SignIn.id)
    ids = [place.id for place in places]
    assert browser(bob).post(f"/sign-ins/{ids[1]}/end").status_code == 404
    assert here.post(f"/sign-ins/{ids[1]}/end").status_code == 303
    assert there.get("/preferences").status_code == 302
    assert here.get("/preferences").status_code == 200
    assert here.post(f"/sign-ins/{2**40}/end").status_code == 404


def test_one_can_sign_out_everywhere_else_at_once(browser, alice, bob):
    here, there, other = browser(alice), browser(alice), browser(bob)
    assert here.post("/sign-ins/end-others").status_code == 303
    assert there.get("/preferences").status_code == 302
    assert here.get("/preferences").status_code == 200
    assert other.get("/preferences").status_code == 200


def test_signing_out_ends_the_session_in_the_database(browser, alice):
    visitor = browser(alice)
    with visitor.session_transaction() as session:
        stolen = dict(session)
    assert visitor.post("/sign-out").status_code == 303
    with visitor.session_transaction() as session:
        session.update(stolen)
    assert visitor.get("/preferences").status_code == 302
    actions = [entry.action for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert actions[-2:] == ["person.signed_in", "person.signed_out"]


@pytest.mark.parametrize("address", ["/sign-ins/1/end", "/sign-ins/end-others", "/sign-out"])
def test_what_writes_takes_no_get(browser, alice, address):
    assert browser(alice).get(address).status_code == 405
