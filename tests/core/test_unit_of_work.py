"""One transaction a request: committed once after the view, or not at all."""

import pytest
from flask import Response, abort, flash, g
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal.core.errors import Conflict, Refused
from portal.core.unit_of_work import GetWroteError, after_commit, transaction
from portal.extensions import db
from portal.people.models import User
from tests.core.conftest import READ, WRITE


def darken():
    g.user.theme = "dark"


def test_a_successful_post_commits_once(view_of, browser, alice, commits, monkeypatch):
    visitor = browser(alice)
    # What indexes the changed person afterwards has a transaction of its own.
    monkeypatch.setattr("portal.core.jobs.wake", lambda name: None)
    commits.clear()

    def view():
        darken()
        return Response(status=204)

    assert visitor.post(view_of(WRITE, view)).status_code == 204
    assert alice.row.theme == "dark"
    assert len(commits) == 1


@pytest.mark.parametrize("status", [400, 404, 409, 422, 500, 503])
def test_an_answer_that_refuses_keeps_nothing(view_of, browser, alice, status):
    def view():
        darken()
        db.session.flush()
        return Response(status=status)

    assert browser(alice).post(view_of(WRITE, view)).status_code == status
    assert alice.row.theme == "system"


@pytest.mark.parametrize(
    ("failure", "status"),
    [(Refused("No."), 422), (Conflict("Somebody was first."), 409)],
)
def test_a_refusal_keeps_nothing_and_says_why(view_of, browser, alice, failure, status):
    def view():
        darken()
        db.session.flush()
        raise failure

    answer = browser(alice).post(view_of(WRITE, view))
    assert answer.status_code == status
    assert str(failure) in answer.text
    assert alice.row.theme == "system"


def test_abort_keeps_nothing(view_of, browser, alice):
    def view():
        darken()
        abort(403)

    assert browser(alice).post(view_of(WRITE, view)).status_code == 403
    assert alice.row.theme == "system"


def test_a_defect_keeps_nothing(view_of, app, browser, alice, monkeypatch):
    monkeypatch.setitem(app.config, "PROPAGATE_DEFECTS", False)

    def view():
        darken()
        db.session.flush()
        raise ZeroDivisionError

    assert browser(alice).post(view_of(WRITE, view)).status_code == 500
    assert alice.row.theme == "system"


def test_what_failed_is_not_told_as_done(view_of, browser, alice, monkeypatch):
    def full(session):
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    def view():
        flash("Published, thank you!", "success")
        return Response(status=303)

    visitor = browser(alice)
    monkeypatch.setattr(Session, "commit", full)
    answer = visitor.post(view_of(WRITE, view))
    assert answer.status_code == 503
    assert "Published" not in answer.text
    monkeypatch.undo()
    assert "Published" not in visitor.get("/help").text


def test_reading_must_not_write(view_of, browser, alice):
    def view():
        darken()
        db.session.flush()
        return "read"

    with pytest.raises(GetWroteError):
        browser(alice).get(view_of(READ, view))
    assert alice.row.theme == "system"


def test_a_change_while_reading_that_nobody_flushed_is_lost(view_of, browser, alice):
    def view():
        darken()
        return "read"

    assert browser(alice).get(view_of(READ, view)).status_code == 200
    assert alice.row.theme == "system"


def test_a_bulk_change_while_reading_is_lost(view_of, browser, alice):
    def view():
        db.session.execute(update(User).values(theme="dark"))
        return "read"

    browser(alice).get(view_of(READ, view))
    assert alice.row.theme == "system"


def test_what_waits_for_the_commit_runs_once_and_sees_it(view_of, app, browser, alice):
    seen = []

    def look():
        with app.app_context():
            seen.append(db.session.get(User, alice.id).theme)

    def view():
        after_commit("look", look)
        after_commit("look", look)
        darken()
        return Response(status=204)

    browser(alice).post(view_of(WRITE, view))
    assert seen == ["dark"]


def test_what_waits_for_the_commit_never_runs_without_one(view_of, browser, alice):
    seen = []

    def view():
        after_commit("look", lambda: seen.append("ran"))
        return Response(status=422)

    browser(alice).post(view_of(WRITE, view))
    browser(alice).post("/preferences", data={"theme": "dark", "locale": ""})
    assert seen == []


def test_a_failure_after_the_commit_does_not_unsay_it(view_of, browser, alice):
    def view():
        darken()
        after_commit("fail", lambda: 1 / 0)
        return Response(status=204)

    assert browser(alice).post(view_of(WRITE, view)).status_code == 204
    assert alice.row.theme == "dark"


def test_a_transaction_of_a_command_commits_or_rolls_back(app, alice):
    with transaction():
        alice.row.theme = "dark"
    assert alice.row.theme == "dark"
    with pytest.raises(ZeroDivisionError), transaction():
        alice.row.theme = "light"
        raise ZeroDivisionError
    assert alice.row.theme == "dark"
