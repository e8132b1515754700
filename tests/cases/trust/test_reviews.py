"""“I used this”: counted by the rules, asked about three working days later, reviewed."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.cases.actions.reuse import reuse_case, undo_reuse
from portal.cases.actions.talk import say_it_helped
from portal.cases.documents import documents
from portal.cases.models import Case, Reuse
from portal.cases.trust.actions.reviewing import review_reuse
from portal.core.errors import Refused
from portal.extensions import db
from portal.reminders.models import Reminder


def fresh(row):
    db.session.rollback()
    return db.session.get_one(type(row), row.id)


def counts(case):
    case = fresh(case)
    return case.reused, case.helped, case.not_helped, case.used


@pytest.fixture
def say(act, clock):
    def one(person, reuse, outcome, note=""):
        act(review_reuse, person.actor, fresh(reuse), outcome, note, clock())

    return one


def reminders(person):
    db.session.rollback()
    return list(db.session.scalars(select(Reminder).where(Reminder.person_id == person.id)))


def test_it_may_be_used_for_a_lead_or_a_visit(used, lesson, bob):
    reuse = fresh(used(bob, lesson, "lead", source_ref="lead:12"))
    assert (reuse.occasion, reuse.source_ref) == ("lead", "lead:12")


def test_the_word_of_each_person_counts_once(used, lesson, bob, carol, say, clock):
    one, other = used(bob, lesson), used(carol, lesson)
    say(bob, one, "helped")
    say(carol, other, "not_helped", "Too general")
    assert counts(lesson) == (2, 1, 1, 3)
    clock.move(days=31)
    again = used(carol, lesson)
    say(carol, again, "helped")
    assert counts(lesson) == (3, 2, 0, 5)


def test_a_review_and_a_vote_of_one_person_are_one(used, lesson, bob, say, act, clock):
    say(bob, used(bob, lesson), "helped")
    act(say_it_helped, bob.actor, lesson, None, True, clock())
    assert counts(lesson)[1] == 1
    act(say_it_helped, bob.actor, lesson, None, False, clock())
    assert counts(lesson)[1] == 1


def test_an_answer_is_changed_taken_back_and_not_given(used, lesson, bob, say):
    reuse = used(bob, lesson)
    say(bob, reuse, "not_helped")
    say(bob, reuse, "helped")
    assert counts(lesson)[1:3] == (1, 0)
    say(bob, reuse, None)
    assert counts(lesson)[1:3] == (0, 0)
    say(bob, reuse, "dismissed")
    assert counts(lesson)[1:3] == (0, 0)
    assert fresh(reuse).outcome == "dismissed"


@pytest.mark.parametrize(("outcome", "note"), [("great", ""), ("helped", "x" * 501)])
def test_other_answers_are_refused(used, lesson, bob, say, outcome, note):
    reuse = used(bob, lesson)
    with pytest.raises(Refused):
        say(bob, reuse, outcome, note)


def test_what_is_undone_counts_nowhere(used, lesson, bob, say, act, clock):
    reuse = used(bob, lesson)
    say(bob, reuse, "not_helped")
    act(undo_reuse, bob.actor, fresh(reuse), clock())
    assert counts(lesson) == (0, 0, 0, 0)


def test_after_three_working_days_the_person_is_asked(used, lesson, bob, say):
    # Monday, 1 June; in the morning of Thursday.
    reuse = used(bob, lesson)
    (reminder,) = reminders(bob)
    assert (reminder.kind, reminder.subject) == ("trust.helped", f"case:{lesson.id}")
    assert reminder.due_at == datetime(2026, 6, 4, 1, 0, tzinfo=UTC)
    say(bob, reuse, "helped")
    assert reminders(bob)[0].done_at is not None


def test_undoing_the_use_ends_the_reminder(used, lesson, bob, act, clock):
    act(undo_reuse, bob.actor, fresh(used(bob, lesson)), clock())
    assert reminders(bob)[0].done_at is not None


def test_what_did_not_help_ranks_a_little_lower(used, lesson, bob, carol, say, app):
    one, other = used(bob, lesson), used(carol, lesson)
    before = next(documents([lesson.id])).quality
    say(bob, one, "not_helped")
    lower = next(documents([lesson.id])).quality
    assert before - 0.15 < lower < before
    say(carol, other, "not_helped")
    assert db.session.get_one(Case, lesson.id).not_helped == 2
    assert next(documents([lesson.id])).quality < lower


def test_a_reuse_of_one_s_own_counts_nothing(lesson, alice, act, clock):
    assert act(reuse_case, alice.actor, lesson, "", clock(), occasion="page") is None
    assert db.session.query(Reuse).count() == 0
