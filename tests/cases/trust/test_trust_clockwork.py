"""The daily look: owners are asked, managers reminded, search told; never twice."""

from portal.cases.actions.cases import validate_case
from portal.cases.documents import documents
from portal.cases.trust.clockwork import look_at_terms
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User
from portal.reminders.models import Notification


def quality(case):
    return next(documents([case.id])).quality


def test_an_owner_is_told_ahead_and_after_each_once(validated, alice, clock, told):
    look_at_terms()
    assert "trust.due" not in told(alice)
    clock.move(days=84)
    for _ in range(3):
        look_at_terms()
    assert told(alice).count("trust.due") == 1
    clock.move(days=8)
    look_at_terms()
    assert told(alice).count("trust.due") == 2


def test_verifying_again_settles_it(validated, alice, clock, told, act):
    clock.move(days=91)
    look_at_terms()
    act(validate_case, alice.actor, validated, clock())
    assert "trust.due" not in told(alice)


def test_many_are_one_message_a_week(record, alice, mei, act, clock, told):
    for number in range(5):
        case = record(alice, kind="lesson", title=f"Lesson {number}")
        act(validate_case, mei.actor, case, clock())
    clock.move(days=91)
    look_at_terms()
    clock.move(days=1)
    look_at_terms()
    assert [kind for kind in told(alice) if "due" in kind] == ["trust.due_many"]
    clock.move(days=7)
    look_at_terms()
    assert [kind for kind in told(alice) if "due" in kind] == ["trust.due_many"] * 2


def test_managers_are_reminded_once_a_week_of_what_waits(lesson, mei, chen, clock, told):
    look_at_terms()
    look_at_terms()
    assert told(mei) == ["trust.review"]
    assert told(chen) == []


def test_who_left_is_not_asked(validated, alice, clock, told):
    with transaction():
        db.session.get_one(User, alice.id).deactivated_at = clock()
    clock.move(days=91)
    look_at_terms()
    assert db.session.query(Notification).filter_by(kind="trust.due").count() == 0


def test_an_overdue_case_ranks_lower_and_does_not_vanish(
    record, alice, bob, mei, act, clock, browser
):
    older = record(alice, kind="lesson", title="Ask the warehouse keeper")
    other = record(alice, kind="lesson", title="Ask the warehouse keepers")
    act(validate_case, mei.actor, older, clock())
    act(validate_case, mei.actor, other, clock())
    clock.move(days=91)
    act(validate_case, alice.actor, other, clock())
    look_at_terms()
    page = browser(bob).get("/search?q=warehouse").text
    assert f"/cases/{older.id}" in page
    assert page.index(f"/cases/{other.id}") < page.index(f"/cases/{older.id}")
    assert quality(older) < quality(other)
