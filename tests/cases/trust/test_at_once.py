"""Two people decide on the same case at the very same moment, which only PostgreSQL allows."""

from dataclasses import replace

from sqlalchemy import func, select

from portal.cases.actions.cases import archive_case, edit_case, validate_case
from portal.cases.models import Case, Flag, Handover, Reuse, Verification
from portal.cases.trust.actions.flagging import raise_flag, reopen_flag, resolve_flag
from portal.cases.trust.actions.handing import hand_over, undo_handover
from portal.cases.trust.actions.reviewing import review_reuse
from portal.cases.trust.actions.verifying import undo_step, withdraw_validation
from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User


def doing(action, person, model, number, *more):
    """The action of a person on a row that was read before anybody wrote."""
    actor = person.actor

    def act(wait):
        row = db.session.get_one(model, number)
        wait()
        action(actor, row, *more)

    return act


def handing(person, numbers, to, now):
    actor, to_id = person.actor, to.id

    def act(wait):
        cases = [db.session.get_one(Case, number) for number in numbers]
        new = db.session.get_one(User, to_id)
        wait()
        return len(hand_over(actor, cases, new, now))

    return act


def refused(results):
    return [result for result in results if isinstance(result, Refused)]


def steps(case):
    return list(db.session.scalars(
        select(Verification.act).where(Verification.case_id == case.id,
                                       Verification.undone_at.is_(None)).order_by(Verification.id)))


def test_verified_and_withdrawn_at_once_ends_with_the_later_word(
    validated, alice, mei, at_once, clock
):
    at_once(doing(validate_case, alice, Case, validated.id, clock()),
            doing(withdraw_validation, mei, Case, validated.id, "No.", clock()))
    case, taken = db.session.get_one(Case, validated.id), steps(validated)
    assert taken[0] == "validated"
    assert sorted(taken[1:]) == ["validated", "withdrawn"]
    assert case.confidence == ("validated" if taken[-1] == "validated" else "not_validated")
    assert (case.verified_until is None) == (case.confidence == "not_validated")


def test_withdrawn_twice_is_withdrawn_once(validated, alice, mei, at_once, clock):
    results = at_once(doing(withdraw_validation, alice, Case, validated.id, "Old.", clock()),
                      doing(withdraw_validation, mei, Case, validated.id, "Wrong.", clock()))
    assert len(refused(results)) == 1
    assert steps(validated) == ["validated", "withdrawn"]


def test_undone_and_vouched_for_at_once_never_loses_the_newer_word(
    validated, alice, mei, at_once, clock
):
    step = db.session.scalars(select(Verification.id)).one()
    at_once(doing(undo_step, mei, Verification, step, clock()),
            doing(validate_case, alice, Case, validated.id, clock()))
    case = db.session.get_one(Case, validated.id)
    assert (case.confidence, case.validated_by_id) == ("validated", alice.id)


def test_archived_and_vouched_for_at_once_comes_back_as_it_was(
    lesson, alice, mei, at_once, clock
):
    at_once(doing(archive_case, alice, Case, lesson.id, clock()),
            doing(validate_case, mei, Case, lesson.id, clock()))
    case = db.session.get_one(Case, lesson.id)
    vouched = bool(steps(lesson))
    assert case.confidence == "archived"
    assert case.confidence_before == ("validated" if vouched else "not_validated")


def test_a_double_tap_raises_one_flag(lesson, bob, at_once, clock):
    tap = doing(raise_flag, bob, Case, lesson.id, "wrong", "", None, clock())
    results = at_once(tap, tap)
    assert len(refused(results)) == 1
    assert db.session.scalar(select(func.count(Flag.id))) == 1


def test_a_flag_is_settled_by_one(lesson, bob, alice, mei, flagged, at_once, clock):
    flag = flagged(bob, lesson).id
    at_once(doing(resolve_flag, alice, Flag, flag, "fixed", "Mended", clock()),
            doing(resolve_flag, mei, Flag, flag, "right", "Look again", clock()))
    row = db.session.get_one(Flag, flag)
    assert (row.resolved_by_id, row.resolution, row.answer) in (
        (alice.id, "fixed", "Mended"), (mei.id, "right", "Look again"))


def test_reopened_and_flagged_anew_at_once_leaves_one_open(
    lesson, bob, alice, flagged, act, at_once, clock
):
    flag = flagged(bob, lesson).id
    act(lambda: resolve_flag(alice.actor, db.session.get_one(Flag, flag), "right", "", clock()))
    results = at_once(doing(reopen_flag, alice, Flag, flag, clock()),
                      doing(raise_flag, bob, Case, lesson.id, "wrong", "", None, clock()))
    assert len(refused(results)) == 1
    assert db.session.scalar(select(func.count(Flag.id)).where(Flag.resolved_at.is_(None))) == 1


def test_handed_over_by_two_it_goes_to_one(lesson, alice, mei, bob, carol, at_once, clock):
    """The second one decided about a case of alice, not of whoever got it."""
    results = at_once(handing(alice, [lesson.id], carol, clock()),
                      handing(mei, [lesson.id], bob, clock()))
    assert len(refused(results)) == 1
    row = db.session.scalars(select(Handover)).one()
    assert row.from_id == alice.id
    assert db.session.get_one(Case, lesson.id).owner_id == row.to_id


def test_everything_of_a_leaver_handed_over_by_two_goes_one_way(
    record, alice, mei, wang, bob, carol, at_once, clock
):
    cases = [record(alice, kind="lesson", title=f"Lesson {number}").id for number in range(6)]
    with transaction():
        db.session.get_one(User, alice.id).deactivated_at = clock()
    results = at_once(handing(mei, cases, bob, clock()),
                      handing(wang, cases[::-1], carol, clock()))
    assert len(refused(results)) == 1
    owners = set(db.session.scalars(select(Case.owner_id).where(Case.id.in_(cases))))
    assert len(owners) == 1
    assert set(db.session.scalars(select(Handover.from_id))) == {alice.id}


def test_handing_over_all_never_waits_in_a_circle(record, alice, mei, bob, at_once, clock):
    """Somebody edits a case that comes later in the handover."""
    cases = [record(alice, kind="lesson", title=f"Lesson {number}").id for number in range(12)]

    def editing(number):
        def edit(wait):
            case = db.session.get_one(Case, number)
            wait()
            content = replace(case.content, title=f"Other {number}")
            return edit_case(mei.actor, case, content, case.revision, "", clock())

        return edit

    results = at_once(handing(alice, cases, bob, clock()),
                      *(editing(number) for number in cases[-3:]))
    assert not refused(results)
    owners = set(db.session.scalars(select(Case.owner_id).where(Case.id.in_(cases))))
    assert owners == {bob.id}


def test_a_handover_is_undone_once(lesson, alice, bob, at_once, act, clock):
    rows = act(lambda: hand_over(alice.actor, [db.session.get_one(Case, lesson.id)],
                                 db.session.get_one(User, bob.id), clock()))
    number = rows[0].id
    undo = doing(undo_handover, alice, Handover, number, clock())
    at_once(undo, undo)
    case = db.session.get_one(Case, lesson.id)
    assert (case.owner_id, case.byline) == (alice.id, None)


def test_two_in_vain_at_once_are_both_counted(lesson, bob, carol, used, at_once, clock):
    one, other = used(bob, lesson).id, used(carol, lesson).id
    at_once(doing(review_reuse, bob, Reuse, one, "not_helped", "", clock()),
            doing(review_reuse, carol, Reuse, other, "not_helped", "", clock()))
    assert db.session.get_one(Case, lesson.id).not_helped == 2
