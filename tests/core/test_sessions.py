"""Being signed in: limits of time, ending it from afar, guessing, cookies."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people import passwords
from portal.people.actions import deactivate_person, digest, reset_password
from portal.people.models import SignIn
from portal.people.sessions import SEEN_EVERY
from tests.characters import PASSWORD


def is_in(visitor):
    return visitor.get("/preferences").status_code == 200


def test_a_session_ends_when_it_is_not_used(browser, alice, clock, settings):
    visitor = browser(alice)
    clock.move(minutes=settings.idle_minutes)
    assert is_in(visitor)
    clock.move(minutes=settings.idle_minutes, seconds=SEEN_EVERY + 1)
    assert not is_in(visitor)


def test_a_session_in_use_goes_on(browser, alice, clock, settings):
    visitor = browser(alice)
    for _ in range(5):
        clock.move(minutes=settings.idle_minutes - 2)
        assert is_in(visitor)


def test_a_session_ends_at_the_latest_after_its_days(browser, alice, clock, settings):
    visitor = browser(alice)
    end = clock() + timedelta(days=settings.session_days)
    while clock() < end - timedelta(hours=6):
        assert is_in(visitor)
        clock.move(hours=6)
    assert is_in(visitor)
    clock.move(hours=6)
    assert not is_in(visitor)


def test_signing_out_ends_the_session_in_the_database_too(browser, alice):
    visitor = browser(alice)
    with visitor.session_transaction() as kept:
        stolen = dict(kept)
    assert visitor.post("/sign-out").status_code == 303
    assert not is_in(visitor)
    with visitor.session_transaction() as session:
        session.update(stolen)
    assert not is_in(visitor)


def test_another_device_can_be_signed_out(browser, alice):
    here, there = browser(alice), browser(alice)
    first, second = db.session.query(SignIn).order_by(SignIn.id).all()
    here.post(f"/sign-ins/{second.id}/end")
    assert is_in(here)
    assert not is_in(there)
    assert first.ended_at is None


def test_somebody_elses_device_cannot(browser, alice, bob):
    theirs = browser(alice)
    place = db.session.query(SignIn).one()
    assert browser(bob).post(f"/sign-ins/{place.id}/end").status_code == 404
    assert is_in(theirs)


def test_who_leaves_is_out_at_once(browser, alice, admin, clock):
    visitor = browser(alice)
    with transaction():
        deactivate_person(admin.actor, alice.row, clock())
    assert not is_in(visitor)
    form = {"login": alice.login, "password": alice.password}
    assert browser().post("/sign-in", data=form).status_code == 422


def test_a_reset_password_ends_every_session(browser, alice, admin, clock):
    visitor = browser(alice)
    with transaction():
        password = reset_password(admin.id, alice.row, clock())
    assert not is_in(visitor)
    again = browser()
    again.post("/sign-in", data={"login": alice.login, "password": password})
    assert again.get("/").location == "/password", "the first password is good for one thing only"


def test_the_secret_of_a_session_is_new_each_time_and_only_its_digest_is_kept(browser, alice):
    visitor = browser(alice)
    with visitor.session_transaction() as session:
        first = session["token"]
    visitor.sign_in(alice)
    with visitor.session_transaction() as session:
        second = session["token"]
    assert first != second
    kept = {row.token_digest for row in db.session.query(SignIn)}
    assert kept == {digest(first), digest(second)}
    assert first not in kept


def test_what_was_in_the_cookie_before_signing_in_is_gone(browser, alice):
    visitor = browser()
    with visitor.session_transaction() as session:
        session["planted"] = "by somebody else"
    visitor.sign_in(alice)
    with visitor.session_transaction() as session:
        assert "planted" not in session


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser, alice):
    answer = browser().sign_in(alice)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("portal=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_forged_cookie_is_worth_nothing(browser, alice):
    visitor = browser(alice)
    with visitor.session_transaction() as session:
        session["_user_id"] = "8"
    assert not is_in(visitor)


@pytest.mark.parametrize("wrong", [("alice", "wrong password"), ("nobody", "wrong password")])
def test_a_wrong_login_and_a_wrong_password_look_the_same(browser, wrong, app):
    login, password = wrong
    answer = browser().post("/sign-in", data={"login": login, "password": password})
    assert answer.status_code == 422
    assert "Login or password is not right." in answer.text


@pytest.mark.parametrize("password", ["wrong password", PASSWORD])
def test_a_password_is_checked_without_keeping_writers_waiting(
    app, browser, alice, bob, monkeypatch, password
):
    real = passwords.matches

    def write():
        with app.app_context(), transaction():
            bob.row.theme = "dark"

    def check(*args):
        with ThreadPoolExecutor(1) as other:
            other.submit(write).result(timeout=5)
        return real(*args)

    monkeypatch.setattr(passwords, "matches", check)
    answer = browser().post("/sign-in", data={"login": alice.login, "password": password})
    assert answer.status_code == (303 if password == PASSWORD else 422)
    assert bob.row.theme == "dark"


def test_a_password_changed_while_it_is_checked_opens_nothing(
    app, browser, alice, admin, clock, monkeypatch
):
    real = passwords.matches

    def check(*args):
        with app.app_context(), transaction():
            reset_password(admin.id, alice.row, clock())
        return real(*args)

    monkeypatch.setattr(passwords, "matches", check)
    assert browser().sign_in(alice).status_code == 422


def test_guessing_is_slowed_down_for_this_login_only(browser, alice, bob):
    visitor = browser()
    wrong = {"login": alice.login, "password": "guess number one"}
    statuses = [visitor.post("/sign-in", data=wrong).status_code for _ in range(7)]
    assert statuses == [422] * 5 + [429] * 2
    assert browser().sign_in(alice).status_code == 429, "the right password does not help now"
    assert browser().sign_in(bob).status_code == 303


def test_one_address_cannot_try_every_login(browser):
    visitor = browser()
    statuses = [
        visitor.post("/sign-in", data={"login": f"person{n}", "password": "guess"}).status_code
        for n in range(62)
    ]
    assert statuses[:60] == [422] * 60
    assert statuses[60:] == [429] * 2


def test_signing_in_correctly_is_never_slowed_down(browser, alice):
    assert {browser().sign_in(alice).status_code for _ in range(12)} == {303}
