"""Handing cases over: one, or all of somebody who left; told, and undone."""

from dataclasses import replace

import pytest

from portal.cases.actions.cases import edit_case
from portal.cases.models import Case, Handover
from portal.cases.queries.talk import revisions_of
from portal.cases.trust.actions.handing import hand_over, undo_handover
from portal.core import access
from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User


def fresh(row):
    db.session.rollback()
    return db.session.get_one(type(row), row.id)


@pytest.fixture
def give(act, clock):
    def one(actor, cases, person):
        with transaction():
            rows = [db.session.get_one(Case, case.id) for case in cases]
            return hand_over(actor.actor, rows, db.session.get_one(User, person.id), clock())

    return one


@pytest.fixture
def leave(app, clock):
    def one(person):
        with transaction():
            db.session.get_one(User, person.id).deactivated_at = clock()

    return one


def test_the_new_owner_answers_and_the_author_stays_named(
    validated, alice, carol, give, told, browser, bob
):
    give(alice, [validated], carol)
    case = fresh(validated)
    assert (case.owner_id, case.team_id, case.author_name) == (carol.id, carol.team_id, alice.name)
    assert case.confidence == "validated"
    assert told(carol) == ["trust.handed"]
    page = browser(bob).get(f"/cases/{validated.id}").text
    assert "Owner:" in page
    assert carol.name in page
    assert "Bring the expert" in browser(carol).get("/notifications").text


def test_going_back_to_the_author_needs_no_byline(lesson, alice, carol, give):
    give(alice, [lesson], carol)
    give(carol, [lesson], alice)
    case = fresh(lesson)
    assert (case.owner_id, case.byline) == (alice.id, None)


def test_a_case_of_a_team_stays_that_team_s(record, alice, bob, carol, give, browser):
    inside = record(alice, kind="lesson", title="Inside", audience="team")
    give(alice, [inside], carol)
    assert fresh(inside).team_id == alice.team_id
    assert browser(bob).get(f"/cases/{inside.id}").status_code == 200
    assert browser(carol).get(f"/cases/{inside.id}").status_code == 200


def test_undo_gives_back_what_is_still_the_new_owner_s(record, alice, bob, carol, give, act, clock):
    cases = [record(alice, kind="lesson", title=f"Lesson {n}") for n in range(3)]
    rows = give(alice, cases, carol)
    give(carol, cases[:1], bob)
    returned = act(undo_handover, alice.actor, db.session.get_one(Handover, rows[0].id), clock())
    assert len(returned) == 2
    assert [fresh(case).owner_id for case in cases] == [bob.id, alice.id, alice.id]
    assert fresh(cases[1]).byline is None
    assert not act(undo_handover, alice.actor, db.session.get_one(Handover, rows[0].id), clock())


def test_drafts_and_people_who_left_are_refused(draft, lesson, alice, bob, carol, give, leave):
    with pytest.raises(Refused):
        give(alice, [draft], carol)
    with pytest.raises(Refused):
        give(alice, [lesson], alice)
    leave(bob)
    with pytest.raises(Refused):
        give(alice, [lesson], bob)


def test_the_new_owner_does_not_read_the_drafts_before(record, alice, carol, give, clock, browser):
    case = record(alice, kind="lesson", title="Half", body="my private first try", draft=True)
    with transaction():
        row = db.session.get_one(Case, case.id)
        edit_case(alice.actor, row, replace(row.content, body="done"), 1, "", clock(), draft=False)
    give(alice, [case], carol)
    case = fresh(case)
    assert [each.number for each in db.session.scalars(revisions_of(carol.actor, case))] == [2]
    assert browser(carol).get(f"/cases/{case.id}/history/1").status_code == 404
    assert browser(carol).get(f"/cases/{case.id}/history").status_code == 200


@pytest.mark.parametrize(("login", "before", "after"), [
    ("alice", True, True), ("mei", True, True), ("wang", True, True), ("bob", False, False),
    ("chen", False, False), ("hr", False, False), ("admin", False, True),
])
def test_who_hands_over(lesson, alice, leave, request, login, before, after, app):
    person = request.getfixturevalue(login)
    with app.test_request_context():
        assert access.allows(person.actor, "case:hand_over", fresh(lesson)) is before
        leave(alice)
        assert access.allows(person.actor, "case:hand_over", fresh(lesson)) is after
        everything = after and login != "alice"
        assert access.allows(person.actor, "people:hand_over", alice.row) is everything


def test_all_of_somebody_who_left_go_to_one_person(
    record, alice, bob, mei, leave, browser, told, draft
):
    for n in range(3):
        record(alice, kind="lesson", title=f"Lesson {n}")
    leave(alice)
    manager = browser(mei)
    assert "Needs a new owner" in manager.get("/").text
    url = f"/people/{alice.id}/hand-over"
    assert "still owns 3 cases" in manager.get(url).text
    assert manager.post(url, data={"asked": "nobody at all"}).status_code == 422
    assert manager.post(url, data={"asked": bob.name}).status_code == 303
    db.session.rollback()
    assert db.session.query(Case).filter_by(owner_id=bob.id).count() == 3
    assert fresh(draft).owner_id == alice.id
    assert told(bob) == ["trust.handed"]
    assert "3 cases" in browser(bob).get("/notifications").text
    assert "Needs a new owner" not in manager.get("/").text
    undo = f"/handovers/{db.session.query(Handover).first().id}/undo"
    assert browser(bob).post(undo).status_code == 404
    assert manager.post(undo).status_code == 303
    assert db.session.query(Case).filter_by(owner_id=bob.id).count() == 0


def test_undo_opens_nothing_that_the_new_owner_wrote_for_fewer(
    record, alice, mei, give, act, clock, browser
):
    lesson = record(alice, kind="lesson", title="Bring the expert", body="Early.")
    rows = give(alice, [lesson], mei)
    clock.move(days=1)
    with transaction():
        case = db.session.get_one(Case, lesson.id)
        content = replace(case.content, body="Salaries.", audience="managers")
        edit_case(mei.actor, case, content, case.revision, "", clock())
    assert act(undo_handover, alice.actor, fresh(rows[0]), clock()) == []
    assert fresh(lesson).owner_id == mei.id
    assert browser(alice).get(f"/cases/{lesson.id}").status_code == 404


def test_undo_leaves_what_became_the_new_owner_s_team_s_with_that_team(
    lesson, alice, carol, mei, give, act, clock
):
    rows = give(alice, [lesson], carol)
    with transaction():
        case = db.session.get_one(Case, lesson.id)
        edit_case(carol.actor, case, replace(case.content, audience="team"), case.revision, "",
                  clock())
    act(undo_handover, alice.actor, fresh(rows[0]), clock())
    case = fresh(lesson)
    assert (case.audience, case.team_id) == ("team", carol.team_id)


def test_a_case_for_managers_handed_over_by_mistake_comes_back(
    record, alice, mei, give, act, clock
):
    plan = record(alice, kind="lesson", title="Plan", audience="managers")
    rows = give(alice, [plan], mei)
    assert len(act(undo_handover, alice.actor, fresh(rows[0]), clock())) == 1
    assert fresh(plan).owner_id == alice.id


def test_a_handover_stands_after_thirty_days(lesson, alice, bob, give, act, clock):
    rows = give(alice, [lesson], bob)
    clock.move(days=30)
    with pytest.raises(Refused, match="30"):
        act(undo_handover, alice.actor, fresh(rows[0]), clock())
    assert fresh(lesson).owner_id == bob.id
