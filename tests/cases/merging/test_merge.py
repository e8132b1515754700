"""Merging two cases moves what stands under one, and undoing it brings that back (K7)."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from portal.cases.actions import attachments, talk
from portal.cases.actions.cases import StaleEdit, archive_case, edit_case, unarchive_case
from portal.cases.actions.reuse import reuse_case
from portal.cases.following.actions import bookmark
from portal.cases.following.models import Bookmark
from portal.cases.models import Comment, Helped, Revision, Solution
from portal.cases.queries.merged import kept_case
from portal.core.audit import AuditEntry
from portal.core.errors import Refused
from portal.extensions import db
from portal.search.outbox import pending


def bodies(model, case):
    query = select(model.body).where(model.case_id == case.id).order_by(model.id)
    return list(db.session.scalars(query))


def test_everything_under_the_case_moves(gone, kept, merge, propose, remark, attach, act, clock,
                                         mei, bob, chen, alice, case_of):
    solution = propose(bob, gone)
    remark(chen, gone)
    file = attach(alice, gone)
    act(talk.say_it_helped, bob.actor, case_of(gone), None, True, clock())
    act(reuse_case, chen.actor, case_of(gone), "again", clock())
    done = merge(mei, gone, kept, body="First to enter owns.\n\nAsk who met them first.")
    kept, gone = case_of(kept), case_of(gone)
    assert (bodies(Solution, kept), bodies(Comment, kept)) == (
        ["Ask for the call log"], ["Met this too"])
    assert (kept.solutions_count, kept.comments_count, kept.helped, kept.reused) == (1, 1, 1, 1)
    assert (gone.solutions_count, gone.comments_count, gone.helped, gone.reused) == (0, 0, 0, 0)
    assert (gone.confidence, gone.merged_into_id, kept.state) == ("archived", kept.id, "answered")
    assert {tag.label_zh for tag in kept.tags} == {"撞单", "客户归属"}
    assert kept.body.endswith("Ask who met them first.") and gone.body == "Who owns it?"
    assert db.session.get(attachments.Attachment, file.id).case_id == kept.id
    parts = select(Revision.case_id).where(Revision.part == f"solution:{solution.id}")
    assert set(db.session.scalars(parts)) == {kept.id}
    assert done.edited_revision == kept.revision == 2
    actions = set(db.session.scalars(select(AuditEntry.action)))
    assert "case.merged" in actions


def test_a_person_counts_once_and_nobody_helps_themselves(gone, kept, merge, act, clock, record,
                                                         alice, bob, chen, mei, case_of):
    others = record(bob, title="Whose customer would that be", body="x")
    act(talk.say_it_helped, bob.actor, case_of(gone), None, True, clock())
    act(talk.say_it_helped, chen.actor, case_of(gone), None, True, clock())
    act(talk.say_it_helped, chen.actor, case_of(others), None, True, clock())
    merge(mei, gone, others)
    assert case_of(others).helped == 1
    voices = select(Helped.user_id).where(Helped.case_id == gone.id)
    assert set(db.session.scalars(voices)) == {bob.id, chen.id}


def test_the_accepted_solution_stays_or_comes_along(gone, kept, merge, undo, propose, act, clock,
                                                    alice, bob, mei, case_of):
    solution = propose(bob, gone)
    act(talk.accept_solution, alice.actor, db.session.get(Solution, solution.id), clock())
    done = merge(mei, gone, kept)
    assert (case_of(kept).accepted_id, case_of(kept).state) == (solution.id, "solved")
    assert case_of(gone).accepted_id is None
    undo(mei, done)
    assert (case_of(kept).accepted_id, case_of(kept).state) == (None, "open")
    assert (case_of(gone).accepted_id, case_of(gone).state) == (solution.id, "solved")
    own = propose(bob, kept, "Its own")
    act(talk.accept_solution, alice.actor, db.session.get(Solution, own.id), clock())
    merge(mei, gone, kept)
    assert case_of(kept).accepted_id == own.id


def test_undo_leaves_what_came_later(gone, kept, merge, undo, remark, propose, act, clock, alice,
                                     bob, mei, case_of):
    moved = propose(bob, gone)
    done = merge(mei, gone, kept, body="Both.")
    remark(bob, kept, "Written afterwards")
    act(talk.withdraw, bob.actor, db.session.get(Solution, moved.id), clock())
    undo(mei, done)
    assert bodies(Comment, case_of(kept)) == ["Written afterwards"]
    assert bodies(Solution, case_of(gone)) == ["Ask for the call log"]
    assert case_of(gone).solutions_count == 0
    assert (case_of(gone).confidence, case_of(gone).merged_into_id) == ("not_validated", None)
    assert (case_of(kept).body, case_of(kept).revision) == ("First to enter owns.", 3)
    assert [tag.label_zh for tag in case_of(kept).tags] == ["客户归属"]


def test_undo_keeps_what_somebody_wrote_since(gone, kept, merge, undo, act, clock, mei, alice,
                                              case_of):
    done = merge(mei, gone, kept, body="Both.")
    case = case_of(kept)
    content = replace(case.content, body="Both, and more.")
    act(lambda: edit_case(alice.actor, case_of(kept), content, 2, "", clock()))
    undo(mei, done)
    assert case_of(kept).body == "Both, and more."
    assert [tag.label_zh for tag in case_of(kept).tags] == ["客户归属"]


def test_what_may_not_be_merged(gone, kept, record, merge, act, clock, alice, mei, chen, case_of):
    draft = record(alice, title="Half", draft=True)
    away = record(alice, title="Old")
    act(lambda: archive_case(alice.actor, case_of(away), clock()))
    win = record(alice, kind="win", title="Won")
    for one, other in ((gone, gone), (gone, draft), (gone, away), (draft, kept), (away, kept),
                       (gone, win), (win, kept)):
        with pytest.raises(Refused):
            merge(mei, one, other)
    merge(mei, gone, kept)
    third = record(alice, title="Third")
    for one, other in ((third, gone), (kept, gone), (gone, third), (gone, kept)):
        with pytest.raises(Refused):
            merge(mei, one, other)
    assert pending() == 0


@pytest.mark.parametrize(("narrow", "wide"), [
    ("managers", "everyone"), ("team", "everyone"), ("team", "managers"), ("managers", "team"),
])
def test_no_comment_becomes_readable_to_more_people(record, merge, mei, narrow, wide):
    with pytest.raises(Refused):
        merge(mei, record(mei, audience=narrow), record(mei, audience=wide))


def test_a_narrower_case_may_keep_the_other(record, merge, mei, alice, bob, case_of):
    team = record(alice, audience="team", title="Ours")
    merge(mei, record(alice, title="All"), team)
    with pytest.raises(Refused):
        merge(mei, record(bob, title="His"), record(mei, audience="managers"))


def test_a_problem_with_solutions_stays_a_problem(record, merge, propose, alice, bob, mei):
    problem, lesson = record(alice), record(alice, kind="lesson", title="Learned")
    propose(bob, problem)
    with pytest.raises(Refused):
        merge(mei, problem, lesson)
    merge(mei, lesson, problem)


def test_a_stale_comparison_is_told(gone, kept, merge, mei):
    for stale in ({"kept_base": 0}, {"gone_base": 0}):
        with pytest.raises(StaleEdit):
            merge(mei, gone, kept, **stale)


def test_chains_lead_to_the_last_and_come_apart_from_there(gone, kept, record, merge, undo, remark,
                                                           alice, bob, mei, case_of):
    last = record(alice, title="The last")
    remark(bob, gone)
    first, second = merge(mei, gone, kept), merge(mei, kept, last)
    assert kept_case(case_of(gone)).id == last.id
    with pytest.raises(Refused):
        undo(mei, first)
    undo(mei, second)
    assert bodies(Comment, kept) == ["Met this too"]
    undo(mei, first)
    assert bodies(Comment, gone) == ["Met this too"]


def test_a_merge_is_undone_once_and_within_thirty_days(gone, kept, merge, undo, clock, mei):
    done = merge(mei, gone, kept)
    clock.move(days=29, hours=23)
    undo(mei, done)
    with pytest.raises(Refused):
        undo(mei, done)
    again = merge(mei, gone, kept)
    clock.move(days=30)
    with pytest.raises(Refused):
        undo(mei, again)


def test_a_merged_case_is_not_edited_nor_brought_back(gone, kept, merge, act, clock, mei, alice,
                                                      case_of):
    merge(mei, gone, kept)
    with pytest.raises(Refused):
        act(lambda: edit_case(alice.actor, case_of(gone), case_of(kept).content, 1, "", clock()))
    with pytest.raises(Refused):
        act(lambda: unarchive_case(alice.actor, case_of(gone), clock()))


def test_a_note_written_after_the_merge_is_not_lost_by_undoing_it(
    gone, kept, merge, undo, act, clock, mei, bob
):
    act(bookmark, bob.id, gone.id, clock(), "")
    done = merge(mei, gone, kept)
    act(bookmark, bob.id, kept.id, clock(), "Show it to Chen")
    undo(mei, done)
    assert db.session.get_one(Bookmark, (bob.id, kept.id)).note == "Show it to Chen"


def test_a_text_that_was_reworded_takes_its_history_back(
    gone, kept, merge, undo, remark, act, clock, bob, mei, case_of
):
    comment = remark(bob, gone)
    done = merge(mei, gone, kept)
    clock.move(days=1)
    act(lambda: talk.edit_contribution(
        bob.actor, db.session.get_one(Comment, comment.id), "Met this twice", 1, clock()))
    undo(mei, done)
    assert bodies(Comment, case_of(gone)) == ["Met this twice"]
    parts = select(Revision.case_id, Revision.number).where(
        Revision.part == f"comment:{comment.id}").order_by(Revision.number)
    assert list(db.session.execute(parts)) == [(gone.id, 1), (gone.id, 2)]


def test_what_was_reworded_for_managers_stays_with_them(
    record, merge, undo, remark, act, clock, mei, wang, case_of
):
    gone = record(mei, title="Two reps claim one customer")
    plan = record(mei, title="Whose customer it is", audience="managers")
    before, after = remark(wang, gone, "Said to all"), remark(wang, gone, "Said to all, too")
    done = merge(mei, gone, plan)
    clock.move(days=1)
    act(lambda: talk.edit_contribution(
        wang.actor, db.session.get_one(Comment, after.id), "The salary of alice", 1, clock()))
    undo(mei, done)
    assert bodies(Comment, case_of(gone)) == [before.body]
    assert bodies(Comment, case_of(plan)) == ["The salary of alice"]
