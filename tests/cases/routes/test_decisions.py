"""One tap each: praise, validate, archive, unarchive, accept, unaccept, withdraw, put back."""

import re

import pytest

from portal.cases.actions.cases import validate_case
from tests.cases.addresses import landing


def undo_in(page: str) -> str:
    found = re.search(r'action="(/[^"]*(?:put-back|unarchive|unaccept))"', page)
    assert found, "no undo is offered"
    return found.group(1)


def test_praise_counts_and_is_taken_back(problem, browser, bob):
    person, url = browser(bob), f"/cases/{problem.id}/helped"
    assert person.post(url).status_code == 303
    assert problem.helped == 1
    assert person.post(url).status_code == 303
    assert problem.helped == 0


def test_praise_of_a_solution(problem, propose, browser, bob, carol):
    solution = propose(bob, problem)
    answer = browser(carol).post(f"/solutions/{solution.id}/helped")
    assert answer.status_code == 303
    assert answer.location == f"/cases/{problem.id}"
    assert (solution.helped, problem.helped) == (1, 1)


def test_praise_by_script_gets_the_button_back(problem, propose, browser, bob, carol):
    solution = propose(bob, problem)
    for url, part in ((f"/cases/{problem.id}/helped", "helped-case"),
                      (f"/solutions/{solution.id}/helped", f"helped-{solution.id}")):
        answer = browser(carol).fragment(url, method="POST")
        assert answer.status_code == 200
        assert answer.text.lstrip().startswith(f'<form class="helped" id="{part}"')
        assert 'aria-pressed="true"' in answer.text
        assert "· 1" in answer.text


def test_nobody_praises_their_own(problem, propose, browser, alice, bob):
    solution = propose(bob, problem)
    assert browser(alice).post(f"/cases/{problem.id}/helped").status_code == 422
    assert browser(bob).post(f"/solutions/{solution.id}/helped").status_code == 422


def test_a_manager_vouches_for_a_case(problem, browser, mei):
    answer = browser(mei).post(f"/cases/{problem.id}/validate")
    assert answer.status_code == 303
    assert problem.confidence == "validated"


def test_the_owner_verifies_only_what_was_validated_once(problem, browser, alice, mei, act, clock):
    person, url = browser(alice), f"/cases/{problem.id}/validate"
    assert person.post(url).status_code == 403
    act(validate_case, mei.actor, problem, clock())
    clock.move(days=91)
    person = browser(alice)
    assert person.post(url).status_code == 303
    assert not problem.is_overdue(clock().date())


@pytest.mark.parametrize(("asked", "goes_to"), [
    ("/", "/"), ("/cases?kind=win", "/cases?kind=win"), ("https://evil.example/", None),
    ("//evil.example/", None), ("/\\evil.example", None), ("\\\\evil.example", None),
    ("javascript:alert(1)", None), ("/\t/evil.example", None), ("", None), ("evil", None),
    ("/\n/evil.example", None),
])
def test_it_goes_back_to_a_page_of_the_portal_only(problem, browser, mei, asked, goes_to):
    answer = browser(mei).post(f"/cases/{problem.id}/validate", query_string={"next": asked})
    assert answer.location == (goes_to or f"/cases/{problem.id}")
    answer = browser(mei).post(f"/cases/{problem.id}/validate", data={"next": asked})
    assert answer.location == (goes_to or f"/cases/{problem.id}")


def test_archiving_is_undone_with_one_tap(problem, browser, alice, bob):
    person = browser(alice)
    page = landing(person, person.post(f"/cases/{problem.id}/archive"))
    assert problem.confidence == "archived"
    assert problem.title not in browser(bob).get("/cases").text
    assert person.post(undo_in(page.text)).status_code == 303
    assert problem.confidence == "not_validated"


def test_a_draft_is_discarded_and_brought_back_and_never_anybody_elses(draft, browser, alice, bob):
    person = browser(alice)
    page = landing(person, person.post(f"/cases/{draft.id}/archive"))
    assert "Discarded" in page.text
    assert draft.title not in person.get("/drafts").text + person.get("/").text
    assert browser(bob).get(f"/cases/{draft.id}").status_code == 404
    assert f"/cases/{draft.id}" not in browser(bob).get("/search?q=&archive=1").text
    person.post(undo_in(page.text))
    assert draft.title in person.get("/drafts").text


def test_accepting_is_undone_with_one_tap(problem, propose, browser, alice, bob):
    solution = propose(bob, problem)
    person = browser(alice)
    page = landing(person, person.post(f"/solutions/{solution.id}/accept"))
    assert problem.state == "solved"
    person.post(undo_in(page.text))
    assert problem.state == "answered"


@pytest.mark.parametrize(("login", "status"), [
    ("alice", 303), ("mei", 303), ("chen", 303), ("bob", 403), ("carol", 403), ("hr", 403),
    ("admin", 403),
])
def test_the_asker_or_a_manager_accepts(problem, propose, browser, bob, request, login, status):
    solution = propose(bob, problem)
    answer = browser(request.getfixturevalue(login)).post(f"/solutions/{solution.id}/accept")
    assert answer.status_code == status


def test_a_withdrawn_solution_is_not_accepted(problem, propose, browser, alice, bob):
    solution = propose(bob, problem)
    browser(bob).post(f"/solutions/{solution.id}/withdraw")
    assert browser(alice).post(f"/solutions/{solution.id}/accept").status_code == 422
    assert problem.state == "open"


@pytest.mark.parametrize("noun", ["solution", "comment"])
def test_withdrawing_is_undone_with_one_tap(problem, propose, remark, browser, bob, noun):
    text = (propose if noun == "solution" else remark)(bob, problem, "Said too early")
    person = browser(bob)
    page = landing(person, person.post(f"/{noun}s/{text.id}/withdraw")).text
    assert text.withdrawn_at is not None
    assert "Said too early" not in page
    answer = person.post(undo_in(page))
    assert answer.location == f"/cases/{problem.id}#{noun}-{text.id}"
    assert text.withdrawn_at is None


@pytest.mark.parametrize(("login", "status"), [
    ("bob", 303), ("alice", 303), ("mei", 303), ("carol", 403), ("chen", 403), ("admin", 403),
])
def test_who_may_withdraw(problem, remark, browser, bob, request, login, status):
    comment = remark(bob, problem)
    answer = browser(request.getfixturevalue(login)).post(f"/comments/{comment.id}/withdraw")
    assert answer.status_code == status
