"""Problem → solution: states and counters follow what is proposed, accepted, withdrawn (K2)."""

import pytest
from sqlalchemy import select

from portal.cases.actions import talk
from portal.cases.models import Revision
from portal.core.errors import Conflict, Refused
from portal.extensions import db


def standing(case):
    return (case.state, case.solutions_count, case.accepted_id)


def test_a_solution_answers_the_problem(problem, propose, bob):
    assert standing(problem) == ("open", 0, None)
    propose(bob, problem)
    assert standing(problem) == ("answered", 1, None)


def test_only_a_problem_has_solutions(record, propose, alice, bob):
    lesson = record(alice, kind="lesson", title="t")
    with pytest.raises(Refused):
        propose(bob, lesson)


@pytest.mark.parametrize("body", ["", " \n\t", "\x00\x01", "x" * 100_001])
def test_an_empty_or_endless_solution_is_refused(problem, propose, bob, body):
    with pytest.raises(Refused):
        propose(bob, problem, body)
    assert standing(problem) == ("open", 0, None)


def test_accepting_solves_the_problem(problem, propose, alice, bob, act, clock):
    solution = propose(bob, problem)
    act(talk.accept_solution, alice.actor, solution, clock())
    assert standing(problem) == ("solved", 1, solution.id)


def test_accepting_another_replaces_the_choice(problem, propose, alice, bob, carol, act, clock):
    first, second = propose(bob, problem), propose(carol, problem)
    act(talk.accept_solution, alice.actor, first, clock())
    act(talk.accept_solution, alice.actor, second, clock())
    assert standing(problem) == ("solved", 2, second.id)


def test_not_solved_after_all(problem, propose, alice, bob, act, clock):
    first, second = propose(bob, problem), propose(bob, problem, "other")
    act(talk.accept_solution, alice.actor, first, clock())
    act(talk.unaccept_solution, alice.actor, second, clock())  # was not the accepted one
    assert standing(problem) == ("solved", 2, first.id)
    act(talk.unaccept_solution, alice.actor, first, clock())
    assert standing(problem) == ("answered", 2, None)


def test_withdrawing_the_accepted_solution_opens_the_problem(problem, propose, alice, bob, act,
                                                             clock):
    first, second = propose(bob, problem), propose(bob, problem, "other")
    act(talk.accept_solution, alice.actor, first, clock())
    act(talk.withdraw, bob.actor, first, clock())
    assert standing(problem) == ("answered", 1, None)
    act(talk.withdraw, bob.actor, second, clock())
    assert standing(problem) == ("open", 0, None)
    act(talk.put_back, bob.actor, first, clock())
    assert standing(problem) == ("answered", 1, None)


def test_a_withdrawn_solution_cannot_be_accepted(problem, propose, alice, bob, act, clock):
    solution = propose(bob, problem)
    act(talk.withdraw, bob.actor, solution, clock())
    with pytest.raises(Refused):
        act(talk.accept_solution, alice.actor, solution, clock())


def test_withdrawing_and_putting_back_twice_counts_once(problem, propose, bob, act, clock):
    solution = propose(bob, problem)
    for _ in range(2):
        act(talk.withdraw, bob.actor, solution, clock())
    assert problem.solutions_count == 0
    for _ in range(2):
        act(talk.put_back, bob.actor, solution, clock())
    assert problem.solutions_count == 1


def test_new_wording_keeps_the_old_one(problem, propose, bob, act, clock):
    solution = propose(bob, problem, "old")
    clock.move(minutes=5)
    act(talk.edit_contribution, bob.actor, solution, "new", 1, clock())
    assert (solution.body, solution.revision, solution.updated_at) == ("new", 2, clock())
    kept = select(Revision.snapshot).where(Revision.part == f"solution:{solution.id}")
    assert db.session.scalars(kept.order_by(Revision.number)).all() == [
        {"body": "old"}, {"body": "new"}]


def test_the_same_wording_is_no_revision(problem, propose, bob, act, clock):
    solution = propose(bob, problem, "same")
    act(talk.edit_contribution, bob.actor, solution, "same  ", 1, clock())
    assert solution.revision == 1


def test_a_stale_edit_of_a_solution_is_refused(problem, propose, bob, act, clock):
    solution = propose(bob, problem, "old")
    act(talk.edit_contribution, bob.actor, solution, "new", 1, clock())
    with pytest.raises(Conflict):
        act(talk.edit_contribution, bob.actor, solution, "mine", 1, clock())
    assert solution.body == "new"


def test_comments_are_counted_while_they_stand(problem, remark, bob, act, clock):
    comment = remark(bob, problem)
    assert (problem.comments_count, problem.state) == (1, "open")
    act(talk.withdraw, bob.actor, comment, clock())
    assert problem.comments_count == 0


@pytest.mark.parametrize("body", [" ", "x" * 10_001])
def test_an_empty_or_endless_comment_is_refused(problem, remark, bob, body):
    with pytest.raises(Refused):
        remark(bob, problem, body)
