"""Two people at the very same moment, which only PostgreSQL allows: nobody's work is lost."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import func, select

from portal.cases.actions import talk
from portal.cases.actions.cases import StaleEdit, edit_case, record_case
from portal.cases.actions.reuse import reuse_case, undo_reuse
from portal.cases.content import CaseContent
from portal.cases.models import Case, Reuse, Solution
from portal.core.audit import AuditEntry
from portal.core.errors import Conflict, Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db


@pytest.fixture
def at_once(app):
    """Run two actions in transactions of their own that have both read the case already."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one write at a time")

    def run(case, *actions):
        number, together = case.id, Barrier(len(actions))
        db.session.rollback()

        def one(action):
            try:
                with app.app_context(), transaction():
                    found = db.session.get_one(Case, number)
                    found.content  # noqa: B018  (read before the other one writes)
                    together.wait(10)
                    return action(found)
            except Conflict as conflict:
                return conflict

        with ThreadPoolExecutor(len(actions)) as threads:
            return list(threads.map(one, actions))

    return run


def test_one_of_two_saves_learns_of_the_other(problem, at_once, alice, mei, clock):
    def save(person, title):
        actor = person.actor
        return lambda case: edit_case(
            actor, case, replace(case.content, title=title), 1, "", clock())

    results = at_once(problem, save(alice, "One"), save(mei, "Two"))
    assert {type(result) for result in results} == {bool, StaleEdit}
    assert problem.revision == 2


def test_answers_and_thanks_are_all_counted(problem, at_once, bob, carol, clock):
    def take_part(person):
        actor = person.actor

        def act(case):
            talk.propose_solution(actor, case, "x", clock())
            talk.add_comment(actor, case, "x", clock())
            talk.say_it_helped(actor, case, None, True, clock())

        return act

    at_once(problem, take_part(bob), take_part(carol))
    assert (problem.solutions_count, problem.comments_count, problem.helped) == (2, 2, 2)


def test_reuses_at_once_are_all_counted_and_nobody_twice(problem, at_once, bob, carol, clock):
    def reuse(person):
        actor = person.actor
        return lambda case: reuse_case(actor, case, "", clock()) is not None

    counted = at_once(problem, reuse(bob), reuse(carol), reuse(bob))
    assert sorted(counted) == [False, True, True]
    assert (problem.reused, problem.used) == (2, 2)


def test_a_reuse_taken_back_twice_at_once_is_taken_back_once(problem, at_once, act, bob, carol,
                                                             clock):
    user = bob.actor
    act(reuse_case, carol.actor, db.session.merge(problem), "", clock())
    number = act(lambda: reuse_case(user, db.session.merge(problem), "", clock()).id)

    def take_back(case):
        row = db.session.get(Reuse, number)
        return row is None or undo_reuse(user, row, clock())

    at_once(problem, take_back, take_back)
    assert problem.reused == 1
    undone = select(func.count()).where(AuditEntry.action == "reuse.undone")
    assert db.session.scalar(undone) == 1


def test_a_reuse_and_a_thank_you_at_once_add_up(problem, at_once, bob, carol, clock):
    user, reader = bob.actor, carol.actor
    at_once(problem, lambda case: reuse_case(user, case, "", clock()) is None,
            lambda case: talk.say_it_helped(reader, case, None, True, clock()))
    assert (problem.helped, problem.reused, problem.used) == (1, 1, 2)


def test_a_withdrawn_solution_never_stays_the_accepted_one(
    problem, propose, at_once, alice, bob, clock
):
    number, both_read = propose(bob, problem).id, Barrier(2)
    asker, author = alice.actor, bob.actor

    def do(action, actor):
        def act(case):
            solution = db.session.get_one(Solution, number)
            both_read.wait(10)
            with suppress(Refused):
                action(actor, solution, clock())

        return act

    at_once(problem, do(talk.accept_solution, asker), do(talk.withdraw, author))
    db.session.expire_all()
    assert db.session.get_one(Solution, number).withdrawn_at is not None
    assert (problem.accepted_id, problem.state) == (None, "open")


def test_one_new_tag_written_by_two_people_is_one_tag(problem, at_once, alice, bob, clock):
    def save(person):
        actor = person.actor
        content = CaseContent("lesson", "About it", tags=("Brand new", "Other one"))
        return lambda case: record_case(actor, content, clock()).id

    ids = at_once(problem, save(alice), save(bob))
    tags = [db.session.get_one(Case, number).content.tags for number in ids]
    assert tags == [("Brand new", "Other one")] * 2


def test_a_double_tap_counts_once(problem, at_once, bob, clock):
    actor = bob.actor

    def tap(case):
        talk.say_it_helped(actor, case, None, True, clock())

    at_once(problem, tap, tap)
    assert problem.helped == 1
