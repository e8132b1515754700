"""Flags: one open per person and case, answered with a word, told to whom it concerns."""

from dataclasses import replace

import pytest

from portal.cases.actions.cases import archive_case, edit_case
from portal.cases.documents import documents
from portal.cases.merging.actions import Wanted, merge_cases, undo_merge
from portal.cases.merging.models import Merge
from portal.cases.models import Case, Flag
from portal.cases.trust.actions.flagging import reopen_flag, resolve_flag
from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db


def fresh(flag):
    db.session.rollback()
    return db.session.get_one(Flag, flag.id)


def test_the_owner_and_their_manager_are_told_nobody_else(
    flagged, lesson, carol, alice, mei, wang, bob, told
):
    flagged(carol, lesson)
    assert told(alice) == told(mei) == ["trust.flagged"]
    assert told(wang) == told(bob) == told(carol) == []


def test_a_customer_s_name_is_urgent_and_hides_nothing(
    flagged, lesson, carol, alice, told, browser
):
    flagged(carol, lesson, "private")
    assert told(alice) == ["trust.private"]
    assert browser(carol).get(f"/cases/{lesson.id}").status_code == 200


def test_a_person_has_one_open_flag_on_a_case(flagged, lesson, bob, carol, act, mei, clock):
    first = flagged(bob, lesson)
    flagged(carol, lesson)
    with pytest.raises(Refused):
        flagged(bob, lesson, "wrong")
    act(resolve_flag, mei.actor, fresh(first), "fixed", "", clock())
    flagged(bob, lesson, "wrong")


@pytest.mark.parametrize(("reason", "note"), [
    ("rude", ""), ("other", "  "), ("duplicate", ""), ("wrong", "x" * 501),
])
def test_a_flag_must_make_sense(flagged, lesson, bob, reason, note):
    with pytest.raises(Refused):
        flagged(bob, lesson, reason, note)


def test_nothing_is_a_duplicate_of_itself(flagged, lesson, record, carol, bob):
    with pytest.raises(Refused):
        flagged(bob, lesson, "duplicate", duplicate_of=lesson)
    other = record(carol, kind="lesson", title="The same")
    assert flagged(bob, lesson, "duplicate", duplicate_of=other).duplicate_of_id == other.id


def test_the_archive_and_drafts_are_not_flagged(flagged, lesson, draft, bob, alice, act, clock):
    act(archive_case, alice.actor, lesson, clock())
    for case in (lesson, draft):
        with pytest.raises(Refused):
            flagged(bob, case)


def test_whoever_flagged_is_told_how_it_was_settled(
    flagged, lesson, carol, alice, mei, told, act, clock
):
    flag = flagged(carol, lesson)
    act(resolve_flag, mei.actor, fresh(flag), "right", "Checked with the vendor", clock())
    assert told(carol) == ["trust.resolved"]
    assert told(alice) == told(mei) == []
    row = fresh(flag)
    assert (row.resolution, row.answer, row.resolved_by_id) == (
        "right", "Checked with the vendor", mei.id)


def test_the_others_wait_until_the_last_flag_is_settled(
    flagged, lesson, carol, bob, mei, alice, told, act, clock
):
    one, other = flagged(carol, lesson), flagged(bob, lesson)
    act(resolve_flag, mei.actor, fresh(one), "fixed", "", clock())
    assert told(alice) == ["trust.flagged", "trust.flagged"]
    act(resolve_flag, mei.actor, fresh(other), "fixed", "", clock())
    assert told(alice) == []


def test_an_answer_is_taken_back_and_given_again(
    flagged, lesson, alice, carol, mei, told, act, clock
):
    flag = flagged(carol, lesson)
    act(resolve_flag, mei.actor, fresh(flag), "fixed", "", clock())
    assert told(alice) == []
    act(reopen_flag, mei.actor, fresh(flag), clock())
    assert fresh(flag).resolved_at is None
    assert told(carol) == []
    assert (told(alice), told(mei)) == (["trust.flagged"], [])
    clock.move(minutes=5)
    act(resolve_flag, mei.actor, fresh(flag), "right", "", clock())
    assert told(carol) == ["trust.resolved"]


def test_settling_twice_keeps_the_first_word(flagged, lesson, carol, mei, alice, act, clock):
    flag = flagged(carol, lesson)
    act(resolve_flag, mei.actor, fresh(flag), "fixed", "", clock())
    act(resolve_flag, alice.actor, fresh(flag), "right", "", clock())
    assert (fresh(flag).resolution, fresh(flag).resolved_by_id) == ("fixed", mei.id)


def test_reopening_finds_a_newer_flag(flagged, lesson, carol, mei, act, clock):
    flag = flagged(carol, lesson)
    act(resolve_flag, mei.actor, fresh(flag), "fixed", "", clock())
    flagged(carol, lesson, "wrong")
    with pytest.raises(Refused):
        act(reopen_flag, mei.actor, fresh(flag), clock())


def test_readers_see_the_flag_and_not_whose_it_is(
    flagged, lesson, carol, bob, alice, mei, browser
):
    flagged(carol, lesson, "wrong", "The numbers are off")
    for person, sees in ((alice, True), (mei, True), (carol, True), (bob, False)):
        page = browser(person).get(f"/cases/{lesson.id}").text.split('id="flags"')[1]
        page = page.split("</section>")[0]
        assert ("The numbers are off" in page) is sees, person.login
        assert (carol.name in page) is sees, person.login


def test_who_may_no_longer_read_the_case_is_not_told(
    flagged, lesson, carol, mei, alice, told, act, clock
):
    flag = flagged(carol, lesson)
    with transaction():
        case = db.session.get_one(Case, lesson.id)
        edit_case(alice.actor, case, replace(case.content, audience="team"), case.revision, "",
                  clock())
    act(resolve_flag, mei.actor, fresh(flag), "fixed", "", clock())
    assert told(carol) == []


def test_flags_do_not_change_the_order_of_search(flagged, lesson, carol, app):
    before = next(documents([lesson.id])).quality
    flagged(carol, lesson)
    assert next(documents([lesson.id])).quality == before


def test_a_merge_settles_the_flags_until_it_is_undone(
    flagged, lesson, record, alice, carol, mei, told, act, clock
):
    """Only what the merge settled comes back, not what somebody had answered."""
    answered, kept = flagged(carol, lesson), record(alice, kind="lesson", title="The expert")
    act(resolve_flag, alice.actor, fresh(answered), "merged", "", clock())
    clock.move(minutes=5)
    waiting = flagged(carol, lesson, "private")
    clock.move(minutes=5)
    merge = act(lambda: merge_cases(
        mei.actor, db.session.get_one(Case, lesson.id), db.session.get_one(Case, kept.id),
        Wanted("The expert", "Early.", 1, 1), clock()))
    assert fresh(waiting).resolution == "merged"
    clock.move(days=1)
    act(lambda: undo_merge(mei.actor, db.session.get_one(Merge, merge.id), clock()))
    assert fresh(waiting).resolved_at is None
    assert fresh(answered).resolution == "merged"
    assert "trust.private" in told(alice)
