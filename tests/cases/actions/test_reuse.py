"""A case that answered somebody is counted: once a person in 30 days, never one's own (K9)."""

import pytest
from sqlalchemy import func, select

from portal.cases.actions.cases import archive_case
from portal.cases.actions.reuse import reuse_case, undo_reuse
from portal.cases.actions.talk import say_it_helped
from portal.cases.events import CaseReused
from portal.cases.models import Case, Reuse
from portal.core import events
from portal.core.audit import AuditEntry
from portal.core.errors import Refused
from portal.extensions import db
from portal.search.models import IndexJob


@pytest.fixture
def reuse(act, clock):
    def reuse_it(person, case, note="How is it decided?"):
        return act(lambda: reuse_case(person.actor, db.session.get(Case, case.id), note, clock()))

    return reuse_it


def test_a_reuse_keeps_who_when_where_and_what_they_were_about_to_write(problem, reuse, bob, clock):
    row = reuse(bob, problem, "  Who  gets\nthe customer? ")
    assert (row.person_id, row.case_id, row.occasion) == (bob.id, problem.id, "capture")
    assert (row.note, row.reused_at) == ("Who gets the customer?", clock())
    assert problem.reused == 1


def test_a_note_is_cut_to_what_is_kept(problem, reuse, bob):
    assert len(reuse(bob, problem, "x" * 500).note) == 200


def test_nobody_reuses_their_own_case(problem, reuse, alice):
    assert reuse(alice, problem) is None
    assert problem.reused == 0


def test_the_same_person_counts_once_in_30_days(problem, reuse, bob, carol, clock):
    assert reuse(bob, problem) is not None
    clock.move(days=29)
    assert reuse(bob, problem) is None
    assert reuse(carol, problem) is not None
    clock.move(days=1)
    assert reuse(bob, problem) is not None
    assert problem.reused == 3


def test_one_case_says_nothing_about_another(problem, record, reuse, alice, bob):
    other = record(alice, title="Another one")
    assert reuse(bob, problem) and reuse(bob, other)
    assert (problem.reused, other.reused) == (1, 1)


def test_what_is_not_published_is_refused(draft, problem, reuse, act, alice, bob, clock):
    with pytest.raises(Refused):
        reuse(alice, draft)
    act(archive_case, alice.actor, problem, clock())
    with pytest.raises(Refused):
        reuse(bob, problem)
    assert db.session.scalar(select(func.count()).select_from(Reuse)) == 0


def test_undo_takes_it_back_and_it_may_count_anew(problem, reuse, act, bob, clock):
    act(lambda: undo_reuse(bob.actor, db.session.merge(reuse(bob, problem)), clock()))
    assert problem.reused == 0
    assert reuse(bob, problem) is not None


def test_undo_works_on_a_case_that_was_archived_meanwhile(problem, reuse, act, alice, bob, clock):
    row = reuse(bob, problem)
    act(archive_case, alice.actor, problem, clock())
    act(lambda: undo_reuse(bob.actor, db.session.merge(row), clock()))
    assert problem.reused == 0


def test_helped_and_reused_add_up(problem, reuse, act, bob, carol, clock):
    act(say_it_helped, carol.actor, problem, None, True, clock())
    reuse(bob, problem)
    assert (problem.helped, problem.reused, problem.used) == (1, 1, 2)
    act(say_it_helped, carol.actor, problem, None, False, clock())
    assert problem.used == 1


def test_it_changes_nothing_of_the_text(problem, reuse, bob, clock):
    before = (problem.revision, problem.updated_at)
    clock.move(days=1)
    reuse(bob, problem)
    assert (problem.revision, problem.updated_at) == before


def test_it_stands_in_the_audit_log(problem, reuse, act, bob, clock):
    act(lambda: undo_reuse(bob.actor, db.session.merge(reuse(bob, problem)), clock()))
    subject = select(AuditEntry).where(AuditEntry.subject == f"case:{problem.id}")
    entries = db.session.scalars(subject.order_by(AuditEntry.id)).all()[-2:]
    assert [entry.action for entry in entries] == ["case.reused", "reuse.undone"]
    assert {entry.actor_id for entry in entries} == {bob.id}


def test_others_are_told_of_a_reuse_that_counts(problem, reuse, alice, bob, monkeypatch):
    told = []
    monkeypatch.setattr(events, "_during", {CaseReused: [told.append]})
    row = reuse(bob, problem)
    reuse(bob, problem)
    reuse(alice, problem)
    assert told == [CaseReused(row.id, problem.id, bob.id)]


@pytest.mark.parametrize("use", ["reused", "helped"])
def test_a_change_of_its_use_indexes_the_case_anew(problem, act, bob, clock, use):
    """The engine ranks by it."""
    jobs = select(IndexJob.ref)
    with_before = set()

    def both():
        case = db.session.get(Case, problem.id)
        with_before.update(db.session.scalars(jobs))
        if use == "reused":
            reuse_case(bob.actor, case, "", clock())
        else:
            say_it_helped(bob.actor, case, None, True, clock())
        db.session.flush()
        return set(db.session.scalars(jobs))

    assert act(both) - with_before == {f"case:{problem.id}"}
