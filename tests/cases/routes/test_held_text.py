"""What was typed survives a session that ended meanwhile."""

import html
import re

import pytest
from itsdangerous import URLSafeSerializer
from sqlalchemy import select

from portal.cases.models import Case, Comment, Solution
from portal.extensions import db
from tests.cases.addresses import form
from tests.characters import PASSWORD


def held_in(page: str) -> str:
    found = re.search(r'name="held" value="([^"]*)"', page)
    assert found, "nothing is held"
    return html.unescape(found.group(1))


def hidden_fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found if name != "csrf_token"}


def sign_in(person, held, password=PASSWORD, login="alice"):
    return person.post("/sign-in", data={"login": login, "password": password, "held": held})


def test_a_case_written_without_session_is_saved_after_signing_in(browser):
    person = browser()
    typed = form(title="Typed “for” an hour <b>", body="line 1\nline 2\n'x' & \"y\"", stage="needs")
    asked = person.post("/cases/new/problem", data=typed)
    assert asked.status_code == 401
    assert db.session.scalars(select(Case)).all() == []
    resume = sign_in(person, held_in(asked.text))
    assert resume.status_code == 200
    assert "Typed “for” an hour &lt;b&gt;" in resume.text
    assert db.session.scalars(select(Case)).all() == []
    assert 'action="/cases/new/problem"' in resume.text
    saved = person.post("/cases/new/problem", data=hidden_fields(resume.text))
    assert saved.status_code == 303
    case = db.session.scalars(select(Case)).one()
    assert (case.title, case.stage) == ("Typed “for” an hour <b>", "needs")
    assert case.body == "line 1\nline 2\n'x' & \"y\""


def test_a_wrong_password_in_between_loses_nothing(browser):
    person = browser()
    held = held_in(person.post("/cases/new/problem", data=form(title="Kept")).text)
    wrong = sign_in(person, held, password="wrong")
    assert wrong.status_code == 422
    assert held_in(wrong.text) == held
    assert "Kept" in sign_in(person, held).text


@pytest.mark.parametrize("forge", [
    lambda held: held[:-1] + ("A" if held[-1] != "A" else "B"), lambda held: "x" + held,
    lambda held: "garbage", lambda held: held.split(".")[0],
    lambda held: URLSafeSerializer("another secret", salt="held-text").dumps(
        {"url": "https://evil.example/", "fields": [["title", "evil"]]}),
])
def test_a_forged_value_is_ignored(browser, forge):
    person = browser()
    held = held_in(person.post("/cases/new/problem", data=form()).text)
    answer = sign_in(person, forge(held))
    assert answer.status_code == 303
    assert answer.location == "/"


@pytest.mark.parametrize(("noun", "model"), [("solutions", Solution), ("comments", Comment)])
def test_an_answer_and_a_remark_are_kept_too(problem, browser, noun, model):
    person, url = browser(), f"/cases/{problem.id}/{noun}"
    asked = person.post(url, data={"body": "An hour of thought"})
    resume = sign_in(person, held_in(asked.text), login="bob")
    assert "An hour of thought" in resume.text
    assert person.post(url, data=hidden_fields(resume.text)).status_code == 303
    assert db.session.scalars(select(model.body)).one() == "An hour of thought"


def test_an_edit_is_kept_with_the_revision_it_began_on(problem, browser):
    person, url = browser(), f"/cases/{problem.id}/edit"
    asked = person.post(url, data=form(base="1", title="New words"))
    resume = sign_in(person, held_in(asked.text))
    assert person.post(url, data=hidden_fields(resume.text)).status_code == 303
    assert (problem.title, problem.revision) == ("New words", 2)


def test_a_form_of_an_earlier_session_is_offered_again(browser, alice):
    """Signed in, but the token belongs to the session before."""
    answer = browser(alice).post("/cases/new/problem", data=form(title="Still here"), csrf=False)
    assert answer.status_code == 400
    assert "Still here" in answer.text
    assert hidden_fields(answer.text)["title"] == "Still here"
    assert db.session.scalars(select(Case)).all() == []


def test_the_idle_clock_ends_the_session_not_the_text(browser, alice, clock):
    person = browser(alice)
    clock.move(hours=13)
    asked = person.post("/cases/new/lesson", data=form(title="Overnight"))
    assert asked.status_code == 401
    assert "Overnight" in sign_in(person, held_in(asked.text)).text


def test_the_text_of_another_person_is_not_saved_in_ones_name_without_a_word(browser, problem):
    person = browser()
    asked = person.post(f"/cases/{problem.id}/edit", data=form(base="1", title="Alice's words"))
    sign_in(person, held_in(asked.text), login="bob")
    assert problem.revision == 1


@pytest.mark.parametrize("url", [
    "/preferences", "/password", "/sign-out", "/cases/1/archive",
    "/cases/1/validate", "/cases/1/helped", "/cases/preview",
])
def test_forms_without_text_are_not_kept(browser, url):
    asked = browser().post(url, data={"title": "x", "new": "secret password"})
    assert asked.status_code == 401
    assert 'name="held"' not in asked.text
    assert "secret password" not in asked.text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_sends_is_offered_to_nobody_as_their_own(browser, alice, site):
    headers = {"Sec-Fetch-Site": site}
    asked = browser().post("/cases/new/problem", data=form(title="Planted"), headers=headers)
    assert asked.status_code == 401
    assert "Planted" not in asked.text and 'name="held"' not in asked.text
    asked = browser(alice).post("/cases/new/problem", data=form(title="Planted"), headers=headers,
                                csrf=False)
    assert asked.status_code == 400
    assert "Planted" not in asked.text


def test_opening_a_form_without_session_asks_to_sign_in_and_comes_back(browser):
    answer = browser().get("/cases/new/problem?title=x")
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=/cases/new/problem?title%3Dx"


def test_more_than_the_longest_text_is_not_carried_along(browser):
    asked = browser().post("/cases/new/problem", data=form(body="x" * 600_001))
    assert asked.status_code == 401
    assert 'name="held"' not in asked.text


def test_a_tap_after_the_session_ended_asks_to_sign_in(record, browser, alice):
    """“Helped me” carries no text; it must not be called a broken form."""
    case = record(alice)
    answer = browser().post(f"/cases/{case.id}/helped", data={"csrf_token": "stale"},
                            headers={"HX-Request": "true"})
    assert answer.status_code == 401
