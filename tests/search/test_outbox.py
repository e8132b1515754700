"""Every change of a searchable row writes an index job in its own transaction (S6)."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, select

from portal.cases.actions import cases, talk
from portal.cases.models import Case
from portal.core import clock as portal_clock
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.lists.actions import change_term
from portal.lists.models import Term
from portal.people.actions import PersonFacts, change_person
from portal.search.models import IndexJob
from portal.search.outbox import enqueue


@pytest.fixture
def jobs(app, asleep):
    """What waits to be indexed since the last look."""

    def look() -> set[str]:
        waiting = set(db.session.scalars(select(IndexJob.ref)))
        with transaction():
            db.session.execute(delete(IndexJob))
        return waiting

    return look


def test_a_new_case_waits_to_be_indexed(jobs, record, alice):
    case = record(alice)
    assert jobs() == {f"case:{case.id}"}


def test_a_record_saved_in_several_steps_needs_one_job(app, asleep, record, alice):
    record(alice, kind="win", tags=("a", "b"))
    assert len(db.session.scalars(select(IndexJob)).all()) == 1


@pytest.mark.parametrize("change", [
    lambda actor, case, now: cases.edit_case(
        actor, case, replace(case.content, tags=("x",)), 1, "", now),
    lambda actor, case, now: cases.validate_case(actor, case, now),
    lambda actor, case, now: cases.archive_case(actor, case, now),
    lambda actor, case, now: talk.propose_solution(actor, case, "x", now),
    lambda actor, case, now: talk.add_comment(actor, case, "x", now),
    lambda actor, case, now: setattr(case, "audience", "managers"),
    lambda actor, case, now: setattr(case, "helped", 3),
], ids=["edit", "validate", "archive", "propose", "comment", "audience", "helped"])
def test_every_change_of_a_case_waits(jobs, record, alice, mei, clock, change):
    case = record(alice, kind="problem")
    jobs()
    with transaction():
        change(mei.actor, case, clock())
    assert jobs() == {f"case:{case.id}"}


@pytest.mark.parametrize("change", ["edit", "withdraw", "put_back", "accept"])
def test_every_change_below_a_case_waits(jobs, problem, propose, alice, bob, clock, change):
    solution = propose(bob, problem)
    if change == "put_back":
        with transaction():
            talk.withdraw(bob.actor, solution, clock())
    jobs()
    with transaction():
        if change == "edit":
            talk.edit_contribution(bob.actor, solution, "new", 1, clock())
        elif change == "accept":
            talk.accept_solution(alice.actor, solution, clock())
        else:
            getattr(talk, change)(bob.actor, solution, clock())
    assert jobs() == {f"case:{problem.id}"}


def test_a_change_rolled_back_takes_its_job_along(jobs, problem, alice):
    jobs()
    with pytest.raises(RuntimeError, match="no"), transaction():
        problem.title = "Never saved"
        db.session.flush()
        raise RuntimeError("no")
    assert jobs() == set()
    with transaction():
        problem.title = "Saved"
    assert jobs() == {f"case:{problem.id}"}


def test_a_change_after_a_savepoint_rolled_back_still_waits(jobs, problem):
    jobs()
    with transaction():
        inner = db.session.begin_nested()
        problem.title = "Not this"
        db.session.flush()
        inner.rollback()
        problem.title = "But this"
    assert problem.title == "But this"
    assert jobs() == {f"case:{problem.id}"}


def test_reading_writes_no_job(jobs, problem, browser, bob):
    jobs()
    browser(bob).get(f"/cases/{problem.id}")
    assert jobs() == set()


def test_a_new_name_waits_for_everything_the_person_wrote(jobs, record, propose, remark, alice, bob,
                                                          admin, clock):
    own, answered, remarked, other = (record(p, title=t) for p, t in (
        (bob, "own"), (alice, "answered"), (alice, "remarked"), (alice, "other")))
    propose(bob, answered)
    remark(bob, remarked)
    jobs()
    with transaction():
        facts = PersonFacts(login="bob", name="张博文", role="rep", team_id=bob.team_id)
        change_person(admin.actor, bob.row, facts, clock())
    cases = {f"case:{case.id}" for case in (own, answered, remarked)}
    assert jobs() == cases | {f"person:{bob.id}"}
    assert f"case:{other.id}" not in jobs()


@pytest.mark.parametrize(("list_name", "code", "content"), [
    ("stage", "needs", {"stage": "needs"}), ("industry", "it", {"industry": "it"}),
    ("product", "erp", {"product": "erp"}), ("region", "east", {"region": "east"}),
    ("tag", "撞单", {"tags": ("撞单",)}),
    ("reason", "price", {"kind": "loss", "main": "price"}),
    ("reason", "timing", {"kind": "loss", "also": ("timing",)}),
])
def test_a_new_wording_waits_for_everything_that_uses_it(jobs, record, alice, admin, list_name,
                                                         code, content):
    from portal.cases.content import RetrospectiveContent

    if "main" in content or "also" in content:
        facts = RetrospectiveContent(main_reason=content.pop("main", None),
                                     contributing_reasons=content.pop("also", ()))
        content["retrospective"] = facts
    using, other = record(alice, title="uses it", **content), record(alice, title="does not")
    jobs()
    with transaction():
        term = db.session.scalars(select(Term).where(Term.list == list_name, Term.code == code))
        change_term(admin.id, term.one(), "新词", "New word", True, portal_clock.now())
    waiting = jobs()
    assert f"case:{using.id}" in waiting
    assert f"case:{other.id}" not in waiting


def test_asking_twice_is_one_job_each_time_and_nothing_for_nothing(jobs, app):
    with transaction():
        enqueue([])
        enqueue(["case:2", "case:1", "case:2"])
    assert len(db.session.scalars(select(IndexJob)).all()) == 2
    assert jobs() == {"case:1", "case:2"}


def test_a_case_written_past_the_actions_waits_too(jobs, alice, clock):
    with transaction():
        db.session.add(Case(ref="x", kind="lesson", title="t", owner_id=alice.id,
                            created_at=clock(), updated_at=clock()))
    assert len(jobs()) == 1
