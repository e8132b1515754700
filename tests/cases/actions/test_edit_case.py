"""Editing a case: every save is a revision, a stale save changes nothing (K7, K10)."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from portal.cases.actions.cases import StaleEdit, edit_case, restore_revision
from portal.cases.models import Revision
from portal.core.errors import Refused
from portal.extensions import db
from portal.lists.models import Term


@pytest.fixture
def edit(act, clock):
    def edit_it(person, case, *, base=None, draft=None, note="", **values):
        content = replace(case.content, **values)
        base = case.revision if base is None else base
        return act(edit_case, person.actor, case, content, base, note, clock(), draft=draft)

    return edit_it


def numbers(case):
    query = select(Revision.number).where(Revision.case_id == case.id, Revision.part == "case")
    return sorted(db.session.scalars(query))


def test_a_change_is_a_new_revision(problem, edit, bob, clock):
    clock.move(hours=1)
    assert edit(bob, problem, title="Three reps claim one customer", note="one more")
    assert (problem.title, problem.revision) == ("Three reps claim one customer", 2)
    assert problem.updated_at == clock()
    newest = db.session.scalars(select(Revision).where(Revision.number == 2)).one()
    assert (newest.author_id, newest.note, newest.created_at) == (bob.id, "one more", clock())
    assert numbers(problem) == [1, 2]


def test_nothing_changed_writes_nothing(problem, edit, alice, clock):
    clock.move(hours=1)
    assert not edit(alice, problem)
    assert numbers(problem) == [1]
    assert problem.updated_at < clock()


def test_the_order_in_which_tags_are_typed_is_no_change(record, edit, alice):
    case = record(alice, title="t", tags=("b", "B2", "撞单", "A", "ä"))
    db.session.expire_all()
    assert not edit(alice, case, tags=("ä", "撞单", "A", "b", "B2"))


def test_the_owner_and_their_team_stay_when_somebody_else_edits(problem, edit, mei, alice):
    edit(mei, problem, title="Shorter")
    assert (problem.owner_id, problem.team_id) == (alice.id, alice.team_id)


@pytest.mark.parametrize("base", [0, 2, 10**9])
def test_a_stale_save_is_refused_and_changes_nothing(problem, edit, alice, base):
    with pytest.raises(StaleEdit) as stale:
        edit(alice, problem, base=base, title="Mine")
    assert stale.value.current == 1
    assert problem.title == "Two reps claim one customer"


def test_invalid_content_is_refused_and_changes_nothing(problem, edit, alice):
    with pytest.raises(Refused):
        edit(alice, problem, title=" ")
    assert numbers(problem) == [1]


def test_a_draft_stays_one_until_it_is_published(draft, edit, alice):
    assert edit(alice, draft, draft=True, body="More")
    assert draft.confidence == "draft"
    assert edit(alice, draft, draft=False)
    assert draft.confidence == "not_validated"
    assert numbers(draft) == [1, 2, 3]


def test_a_published_case_never_becomes_a_draft_again(problem, edit, alice):
    edit(alice, problem, draft=True, body="More")
    assert problem.confidence == "not_validated"


def test_an_edit_keeps_the_verification(record, edit, alice, mei, act, clock):
    from portal.cases.actions.cases import validate_case

    case = record(alice, kind="lesson", title="t")
    act(validate_case, mei.actor, case, clock())
    edit(alice, case, body="clearer")
    assert case.confidence == "validated"


def test_a_retired_entry_stays_on_the_case(record, edit, alice, act):
    case = record(alice, title="t", stage="needs")
    act(lambda: setattr(db.session.scalars(
        select(Term).where(Term.list == "stage", Term.code == "needs")).one(), "active", False))
    edit(alice, case, body="more")
    assert case.stage == "needs"


def test_restoring_makes_an_old_revision_the_newest(problem, edit, alice, mei, act, clock):
    edit(alice, problem, title="Second", tags=("x",))
    first = db.session.scalars(select(Revision).where(Revision.number == 1)).one()
    assert act(restore_revision, mei.actor, problem, first, clock())
    assert (problem.title, problem.tags, problem.revision) == (
        "Two reps claim one customer", [], 3)
    assert numbers(problem) == [1, 2, 3]
    newest = db.session.scalars(select(Revision).where(Revision.number == 3)).one()
    assert "1" in newest.note


def test_restoring_what_stands_already_changes_nothing(problem, alice, act, clock):
    first = db.session.scalars(select(Revision)).one()
    assert not act(restore_revision, alice.actor, problem, first, clock())


def test_restoring_brings_back_the_facts_of_a_deal(record, edit, alice, act, clock, deal):
    case = record(alice, kind="win", title="t", retrospective=deal)
    edit(alice, case, retrospective=None)
    first = db.session.scalars(select(Revision).where(Revision.number == 1)).one()
    act(restore_revision, alice.actor, case, first, clock())
    db.session.expire_all()
    assert case.content.retrospective == deal
