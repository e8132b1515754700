"""Telling people: once, only those who may know, and no longer than there is something to do."""

import pytest
from sqlalchemy import select

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User
from portal.reminders.actions import notify, remind, settle
from portal.reminders.models import Dispatch, Notification, Reminder
from portal.reminders.sending import remind_those_due
from tests.counting import statements


def told(person):
    rows = select(Notification).where(Notification.person_id == person.id)
    return db.session.scalars(rows.order_by(Notification.id)).all()


def reminders():
    return db.session.scalars(select(Reminder)).all()


def dispatches(person):
    rows = select(Dispatch).where(Dispatch.person_id == person.id).order_by(Dispatch.id)
    return db.session.scalars(rows).all()


def test_the_same_fact_is_told_once(record, alice, bob, tell, clock):
    case = record(alice)
    tell(bob, case, key="one", by=alice)
    tell(bob, case, key="one", by=alice)
    tell(bob, case, key="two", by=alice)
    assert [row.key for row in told(bob)] == ["one", "two"]


def test_a_fact_that_was_handled_stays_handled(record, alice, bob, tell, clock):
    case = record(alice)
    tell(bob, case, key="one")
    with transaction():
        settle(f"case:{case.id}", clock())
    tell(bob, case, key="one")
    assert [row.handled_at for row in told(bob)] == [clock()]


def test_nobody_is_told_what_they_did_themselves(record, alice, tell):
    tell(alice, record(alice), by=alice)
    assert told(alice) == []


def test_who_left_is_not_told(record, alice, bob, tell, clock):
    case = record(alice)
    with transaction():
        db.session.get(User, bob.id).deactivated_at = clock()
    tell(bob, case)
    assert told(bob) == []


def test_who_may_not_read_is_not_told(record, alice, bob, carol, mei, wang, hr, clock):
    case = record(alice, audience="team")
    draft = record(alice, title="Half a thought", draft=True)
    everybody = [person.id for person in (alice, bob, carol, mei, wang, hr)]
    with transaction():
        notify(everybody, "test.talk", f"case:{case.id}", clock(), key="team")
        notify(everybody, "test.talk", f"case:{draft.id}", clock(), key="draft")
    rows = db.session.execute(select(Notification.key, Notification.person_id)).all()
    assert {person for key, person in rows if key == "team"} == {
        alice.id, bob.id, mei.id, wang.id
    }
    assert {person for key, person in rows if key == "draft"} == {alice.id}


def test_of_an_unknown_record_nobody_is_told(app, bob, tell):
    tell(bob, "case:99999")
    tell(bob, "ghost:1")
    assert told(bob) == []


def test_telling_many_takes_no_more_statements(
    app, record, alice, bob, carol, mei, wang, chen, hr, clock, mail_works
):
    case = record(alice)

    def count(people, key):
        with statements(app) as sent, transaction():
            notify([person.id for person in people], "test.talk", f"case:{case.id}", clock(),
                   key=key)
        return len(sent)

    count([bob], "warm")
    assert count([mei, wang, chen, hr], "many") <= count([carol], "few")


def test_settling_handles_one_person_or_kinds_or_all(record, alice, bob, carol, tell, clock):
    case = record(alice)
    for person in (bob, carol):
        for kind in ("test.asked", "test.talk"):
            tell(person, case, kind=kind)
    with transaction():
        settle(f"case:{case.id}", clock(), kinds=["test.talk"], person_id=bob.id)
    assert [row.handled_at is None for row in told(bob)] == [True, False]
    assert [row.handled_at is None for row in told(carol)] == [True, True]
    with transaction():
        settle(f"case:{case.id}", clock())
    assert all(row.handled_at for row in [*told(bob), *told(carol)])


def test_settling_stops_what_was_not_sent_and_reminders(
    record, alice, bob, tell, clock, mail_works, chat_works, chats
):
    chats(bob, "bob")
    case = record(alice)
    tell(bob, case, kind="test.alarm")
    with transaction():
        remind(bob.id, "test.asked", f"case:{case.id}", clock(), clock(), key="r")
    with transaction():
        settle(f"case:{case.id}", clock())
    assert [(row.medium, row.outcome) for row in dispatches(bob)] == [
        ("mail", "sent"), ("chat", "cancelled")
    ]
    assert [row.done_at for row in reminders()] == [clock()]


def test_a_reminder_becomes_a_notification_when_it_is_due(record, alice, bob, clock):
    case = record(alice)
    due = clock.now.replace(hour=5)
    with transaction():
        remind(bob.id, "test.asked", f"case:{case.id}", due, clock(), key="r")
    remind_those_due()
    assert told(bob) == []
    clock.move(hours=4)
    remind_those_due()
    remind_those_due()
    assert len(told(bob)) == 1


def test_the_same_key_moves_the_date(record, alice, bob, clock):
    case = record(alice)
    for hours in (1, 2):
        with transaction():
            remind(bob.id, "test.asked", f"case:{case.id}", clock.now, clock(), key="r")
        remind_those_due()
        clock.move(hours=hours)
    assert len(reminders()) == 1
    assert len(told(bob)) == 2


@pytest.mark.parametrize("done", [True, False])
def test_a_moved_reminder_is_open_again(record, alice, bob, clock, done):
    case = record(alice)
    with transaction():
        row = remind(bob.id, "test.asked", f"case:{case.id}", clock.now, clock(), key="r")
        row.done_at = clock() if done else None
    clock.move(days=1)
    with transaction():
        remind(bob.id, "test.asked", f"case:{case.id}", clock.now, clock(), key="r")
    assert [row.done_at for row in reminders()] == [None]
