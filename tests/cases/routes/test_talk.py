"""Solutions and comments through their forms: propose, comment, edit_solution, edit_comment."""

import pytest
from sqlalchemy import select

from portal.cases.actions.talk import edit_contribution
from portal.cases.models import Comment, Solution
from portal.extensions import db
from tests.cases.addresses import landing


def test_a_solution_is_proposed(problem, browser, bob):
    person = browser(bob)
    answer = person.post(f"/cases/{problem.id}/solutions", data={"body": "看**拜访记录**"})
    solution = db.session.scalars(select(Solution)).one()
    assert answer.location == f"/cases/{problem.id}#solution-{solution.id}"
    assert "<strong>拜访记录</strong>" in landing(person, answer).text
    assert problem.state == "answered"


def test_a_comment_is_added(problem, browser, carol):
    person = browser(carol)
    answer = person.post(f"/cases/{problem.id}/comments", data={"body": "华南也遇到过"})
    comment = db.session.scalars(select(Comment)).one()
    assert answer.location == f"/cases/{problem.id}#comment-{comment.id}"
    assert "华南也遇到过" in landing(person, answer).text


@pytest.mark.parametrize(("noun", "longest"), [("solutions", 100_000), ("comments", 10_000)])
def test_empty_and_endless_texts_come_back_as_typed(problem, browser, bob, noun, longest):
    person, url = browser(bob), f"/cases/{problem.id}/{noun}"
    for body in ("", "   ", "y" * (longest + 1)):
        answer = person.post(url, data={"body": body})
        assert answer.status_code == 422
        assert body in answer.text
        assert problem.title in answer.text
    assert person.post(url, data={"body": "\x00\x01"}).status_code == 422
    assert person.post(url, data={}).status_code == 422
    assert (problem.solutions_count, problem.comments_count) == (0, 0)


def test_only_a_problem_takes_solutions(record, browser, alice, bob):
    lesson = record(alice, kind="lesson", title="t")
    answer = browser(bob).post(f"/cases/{lesson.id}/solutions", data={"body": "x"})
    assert answer.status_code == 422
    assert "comment" in answer.text


@pytest.fixture(params=["solution", "comment"])
def noun(request):
    return request.param


@pytest.fixture
def text(noun, problem, propose, remark, bob):
    """A solution or a comment by bob."""
    return (propose if noun == "solution" else remark)(bob, problem, "First words")


def test_the_author_rewords(noun, text, browser, bob):
    person, url = browser(bob), f"/{noun}s/{text.id}/edit"
    page = person.get(url).text
    assert "First words" in page
    assert 'name="base"' in page
    answer = person.post(url, data={"body": "Better words", "base": "1"})
    assert answer.location == f"/cases/{text.case_id}#{noun}-{text.id}"
    assert (text.body, text.revision) == ("Better words", 2)


@pytest.mark.parametrize("login", ["alice", "mei", "carol", "admin"])
def test_nobody_else_puts_words_into_their_mouth(noun, text, browser, request, login):
    person, url = browser(request.getfixturevalue(login)), f"/{noun}s/{text.id}/edit"
    assert person.get(url).status_code == 403
    assert person.post(url, data={"body": "x", "base": "1"}).status_code == 403


def test_a_stale_form_shows_both_texts_and_saving_again_works(noun, text, browser, bob, act,
                                                              clock):
    person, url = browser(bob), f"/{noun}s/{text.id}/edit"
    act(edit_contribution, bob.actor, text, "Saved on the phone", 1, clock())
    answer = person.post(url, data={"body": "Typed on the desk", "base": "1"})
    assert answer.status_code == 409
    assert "Saved on the phone" in answer.text
    assert "Typed on the desk" in answer.text
    assert 'value="2"' in answer.text
    assert person.post(url, data={"body": "Typed on the desk", "base": "2"}).status_code == 303
    assert text.body == "Typed on the desk"


@pytest.mark.parametrize("base", ["", "x", "²", "-1", "9" * 5000])
def test_a_form_of_no_known_revision_is_a_stale_one(noun, text, browser, bob, base):
    answer = browser(bob).post(f"/{noun}s/{text.id}/edit", data={"body": "x", "base": base})
    assert answer.status_code == 409
    assert text.body == "First words"


@pytest.mark.parametrize("body", ["", "  ", "\x00", "y" * 100_001])
def test_what_is_not_valid_comes_back(noun, text, browser, bob, body):
    answer = browser(bob).post(f"/{noun}s/{text.id}/edit", data={"body": body, "base": "1"})
    assert answer.status_code == 422
    assert (body if body != "\x00" else "Write something") in answer.text
    assert text.body == "First words"


def test_when_the_case_closes_its_door_the_author_no_longer_enters(noun, text, browser, bob, act):
    act(lambda: setattr(text.case, "audience", "managers"))
    assert browser(bob).get(f"/{noun}s/{text.id}/edit").status_code == 404
