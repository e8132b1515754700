"""Every failure answers in the person's language: what happened, what was kept, what to do."""

import time

import pytest
from bs4 import BeautifulSoup
from flask import abort
from flask_babel import force_locale
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from portal import create_app
from portal.config import Settings
from portal.core import jobs
from portal.core.error_pages import WORDS
from portal.extensions import db
from tests.core.conftest import READ, WRITE

SPOKEN = {"en": "en", "zh": "zh-CN"}


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("code", sorted(WORDS.keys() - {401}))
def test_a_failure_has_its_words_in_both_languages(
    view_of, browser, alice, app, monkeypatch, code, language
):
    monkeypatch.setitem(app.config, "PROPAGATE_DEFECTS", False)
    answer = browser(alice, language=language).get(view_of(READ, lambda: abort(code)))
    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == code
    assert page.html["lang"] == SPOKEN[language]
    with app.test_request_context(), force_locale(language):
        title, text = (str(words) for words in WORDS[code])
    assert title in page.text
    assert text in page.text


@pytest.mark.parametrize("code", [403, 404, 409, 500])
def test_a_part_of_a_page_gets_the_words_alone(view_of, browser, alice, app, monkeypatch, code):
    monkeypatch.setitem(app.config, "PROPAGATE_DEFECTS", False)
    answer = browser(alice).fragment(view_of(READ, lambda: abort(code)))
    assert answer.status_code == code
    assert "<html" not in answer.text
    assert "data-error-text" in answer.text


def test_a_defect_shows_nothing_of_itself(view_of, browser, alice, app, monkeypatch):
    monkeypatch.setitem(app.config, "PROPAGATE_DEFECTS", False)

    def view():
        raise RuntimeError("the password of the database is 1234")

    answer = browser(alice).get(view_of(READ, view))
    assert answer.status_code == 500
    assert "1234" not in answer.text
    assert "Traceback" not in answer.text


def test_a_busy_database_is_told_as_such(view_of, browser, alice):
    def view():
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    answer = browser(alice).post(view_of(WRITE, view))
    assert answer.status_code == 503
    assert "locked" not in answer.text


@pytest.mark.parametrize("address", ["/", "/healthz", "/search?q=x"])
def test_a_database_that_is_gone_altogether_is_told_to_whoever_asks(
    tmp_path, monkeypatch, address
):
    # The jobs stay those of the tests' own portal.
    monkeypatch.setattr(jobs, "_runner", None)
    nobody_listens = "postgresql://127.0.0.1:1/portal"
    app = create_app(Settings(data=tmp_path, database_url=nobody_listens, secret_key="x",
                              jobs="off"))
    browser = app.test_client()
    with browser.session_transaction() as session:
        session.update(_user_id="1", token="x", seen=time.time())
    answer = browser.get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == 503
    assert "The portal is busy" in answer.text


@pytest.mark.parametrize("statement", [
    "INSERT INTO teams (name, is_sample) VALUES ('East', false)",
    "INSERT INTO case_tags (case_id, term_id) VALUES (4711, 4711)",
])
def test_a_name_taken_meanwhile_is_told_and_other_faults_are_defects(
    view_of, browser, alice, app, monkeypatch, statement
):
    monkeypatch.setitem(app.config, "PROPAGATE_DEFECTS", False)
    answer = browser(alice).post(view_of(WRITE, lambda: db.session.execute(text(statement))))
    assert answer.status_code == (409 if "teams" in statement else 500)
    assert "INSERT" not in answer.text


def test_unknown_codes_get_the_words_of_their_class(view_of, browser, alice, app):
    assert browser(alice).get(view_of(READ, lambda: abort(418))).status_code == 418


def test_strangers_get_error_pages_too(browser):
    answer = browser().get("/no/such/page")
    assert answer.status_code == 404
    assert "Not found" in answer.text


def test_a_form_of_an_earlier_session_says_what_to_do(browser, alice):
    answer = browser(alice).post("/preferences", data={"theme": "dark", "locale": ""}, csrf=False)
    assert answer.status_code == 400
    assert "Reload the page" in answer.text


def test_too_large_a_request_is_refused_in_words(app, browser, alice, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 10_000)
    visitor = browser(alice)
    answer = visitor.post("/cases/new/problem", data={"title": "x", "body": "x" * 10_000})
    assert answer.status_code == 413
    assert "Too large" in answer.text


def test_the_allowed_methods_are_named(browser, alice):
    answer = browser(alice).delete("/help")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
