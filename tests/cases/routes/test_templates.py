"""The text with which a new case starts, changed by administrators."""

import re

import pytest

from portal.cases.models import CaseTemplate
from portal.extensions import db

LIST = "/manage/lists/templates"
WIN = f"{LIST}/win/en"


def body(kind="win", language="en"):
    db.session.rollback()
    return db.session.query(CaseTemplate).filter_by(kind=kind, language=language).one().body


def test_all_kinds_are_there_in_both_languages(browser, admin):
    page = browser(admin).get(LIST).text
    for kind in ("problem", "win", "loss", "lesson", "playbook", "intel"):
        for language in ("zh", "en"):
            assert f'href="{LIST}/{kind}/{language}"' in page


def test_a_new_case_starts_with_the_changed_text(app, browser, admin, alice):
    shipped = body()
    answer = browser(admin).post(WIN, data={"body": "## Why us\r\n\r\nIn their words  "})
    assert answer.status_code == 303
    assert body() == "## Why us\n\nIn their words"
    assert "In their words" in browser(alice).get("/cases/new/win").text
    assert "changed" in browser(admin).get(LIST).text
    page = browser(admin).get(WIN).text
    assert "The text that came with the portal" in page
    browser(admin).post(WIN, data={"body": shipped})
    assert body() == shipped


def test_a_template_may_be_empty(app, browser, admin, alice):
    assert browser(admin).post(WIN, data={"body": ""}).status_code == 303
    assert body() == ""
    assert browser(alice).get("/cases/new/win").status_code == 200


def test_too_long_a_text_is_refused_and_kept_on_the_page(app, browser, admin):
    before = body()
    answer = browser(admin).post(WIN, data={"body": "long" * 25_001})
    assert answer.status_code == 422
    assert "longlong" in answer.text
    assert body() == before


def test_a_stale_form_overwrites_nothing_before_it_is_sent_again(app, browser, admin):
    base = re.search(r'name="base"[^>]*value="([^"]+)"', browser(admin).get(WIN).text)[1]
    browser(admin).post(WIN, data={"body": "first"})
    answer = browser(admin).post(WIN, data={"body": "second", "base": base})
    assert answer.status_code == 409
    assert "second" in answer.text
    assert body() == "first"


def test_others_may_not(browser, alice, mei, hr):
    for person in (alice, mei, hr):
        assert browser(person).get(LIST).status_code == 403
        assert browser(person).get(WIN).status_code == 403
        assert browser(person).post(WIN, data={"body": "x"}).status_code == 403
    assert browser().get(LIST).status_code == 302


@pytest.mark.parametrize("address", [f"{LIST}/dream/en", f"{LIST}/win/fr"])
def test_other_kinds_and_languages_are_not_found(browser, admin, address):
    assert browser(admin).get(address).status_code == 404


def test_wrong_method(browser, admin):
    assert browser(admin).post(LIST).status_code == 405
