"""Messages that really leave: to a mail server and a chat service on this machine."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select, update

from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User
from portal.reminders.actions import remind
from portal.reminders.actions.choosing import choose_times
from portal.reminders.actions.inbox import handle_subject
from portal.reminders.models import Choice, Dispatch, Gateway, Notification, Reminder
from portal.reminders.rules import LEASE, PAUSES, Times
from portal.reminders.sending import claims, job, remind_those_due, send_messages, tidy

TITLE = "Two reps claim one customer"


def outcomes():
    rows = db.session.scalars(select(Dispatch).order_by(Dispatch.id))
    return [(row.medium, row.outcome) for row in rows]


def choose(person, category, first, second="none"):
    with transaction():
        db.session.add(Choice(person_id=person.id, category=category, first=first, second=second))


def hide(case):
    with transaction():
        db.session.execute(update(Case).where(Case.id == case.id).values(audience="managers"))


@pytest.fixture
def alarm(record, alice, bob, tell, chats):
    """Alice needs help; bob is reached by mail and chat."""
    chats(bob, "bob")

    def ring():
        case = record(alice)
        tell(bob, case, kind="test.alarm", by=alice)
        return case

    return ring


def test_what_is_urgent_leaves_at_once_with_the_link(app, alarm, mail_works, bob):
    app.extensions["settings"].address = "https://portal.example.com"
    try:
        case = alarm()
    finally:
        app.extensions["settings"].address = None
    [letter] = mail_works.letters
    assert letter.to == "bob@example.com"
    assert letter.title == f"李爱丽 needs help: {TITLE}"
    assert f"https://portal.example.com/cases/{case.id}" in letter.body
    assert "https://portal.example.com/preferences/notifications" in letter.body


def test_unnoticed_for_ten_minutes_the_second_channel_follows(
    alarm, mail_works, chat_works, clock
):
    alarm()
    clock.move(minutes=9)
    send_messages()
    assert chat_works.letters == []
    clock.move(minutes=1)
    send_messages()
    [letter] = chat_works.letters
    assert letter.to == "/hook-s3cret/bob/" or letter.to == "/hook-s3cret/bob"
    assert TITLE in letter.body and "/cases/" in letter.body


def test_whoever_looked_is_left_in_peace(alarm, mail_works, chat_works, bob, clock):
    case = alarm()
    with transaction():
        handle_subject(bob.id, f"case:{case.id}", clock())
    clock.move(minutes=30)
    send_messages()
    assert chat_works.letters == []
    assert outcomes() == [("mail", "sent"), ("chat", "cancelled")]


def test_the_title_of_what_one_may_no_longer_read_never_leaves(
    alarm, mail_works, chat_works, record, alice, bob, tell, clock
):
    case = alarm()
    other = record(alice, title="Another hidden thing")
    tell(bob, other, kind="test.talk", by=alice)
    hide(case)
    hide(other)
    clock.move(days=2)
    send_messages()
    assert len(mail_works.letters) == 1
    assert chat_works.letters == []
    assert [outcome for _, outcome in outcomes()] == ["sent", "cancelled", "cancelled"]


def test_a_digest_names_only_what_one_may_read_then(
    record, alice, bob, tell, mail_works, clock
):
    seen, hidden = record(alice, title="Open to all"), record(alice, title="Hidden from bob")
    tell(bob, seen, kind="test.talk", by=alice)
    tell(bob, hidden, kind="test.asked", by=alice)
    hide(hidden)
    assert mail_works.letters == []
    clock.move(hours=22, minutes=30)
    send_messages()
    [letter] = mail_works.letters
    assert "Open to all" in letter.body
    assert "Hidden from bob" not in letter.title + letter.body
    clock.move(days=1)
    send_messages()
    assert len(mail_works.letters) == 1


def test_a_day_has_one_digest_with_everything(record, alice, bob, tell, mail_works, clock):
    for number in range(3):
        tell(bob, record(alice, title=f"Question {number}"), kind="test.asked", by=alice)
        clock.move(minutes=1)
    clock.move(days=1)
    send_messages()
    [letter] = mail_works.letters
    assert all(f"Question {number}" in letter.body for number in range(3))


def test_a_digest_that_was_moved_leaves_its_time_to_the_next(
    record, alice, bob, tell, mail_works, clock
):
    tell(bob, record(alice, title="First"), kind="test.asked", by=alice)
    for digest_at in (time(12, 0), time(8, 30)):
        with transaction():
            choose_times(bob.id, Times(digest_at=digest_at), clock())
        clock.move(hours=3)
        send_messages()
    assert len(mail_works.letters) == 1
    tell(bob, record(alice, title="Second"), kind="test.asked", by=alice)
    clock.move(days=1)
    send_messages()
    assert "Second" in mail_works.letters[-1].body


def test_nothing_left_to_say_is_no_message(record, alice, bob, tell, mail_works, clock):
    case = record(alice)
    tell(bob, case, kind="test.asked", by=alice)
    with transaction():
        handle_subject(bob.id, f"case:{case.id}", clock())
    clock.move(days=1)
    send_messages()
    assert mail_works.letters == []
    assert outcomes() == [("mail", "cancelled")]


def test_quiet_hours_hold_back_what_can_wait(record, alice, bob, tell, mail_works, clock):
    choose(bob, "talk", "mail")
    clock.move(hours=12)
    case = record(alice)
    tell(bob, case, kind="test.talk", by=alice)
    tell(bob, case, kind="test.alarm", by=alice)
    assert [letter.title for letter in mail_works.letters] == [f"李爱丽 needs help: {TITLE}"]
    clock.move(hours=9, minutes=59)
    send_messages()
    assert len(mail_works.letters) == 1
    clock.move(minutes=1)
    send_messages()
    assert mail_works.letters[1].title == f"李爱丽 wrote about {TITLE}"


def test_a_message_that_was_held_up_does_not_arrive_at_night(
    record, alice, bob, tell, mail_works, clock
):
    choose(bob, "talk", "mail")
    mail_works.refuse = True
    clock.move(hours=9, minutes=59)
    tell(bob, record(alice), kind="test.talk", by=alice)
    mail_works.refuse = False
    clock.move(minutes=5)
    send_messages()
    assert mail_works.letters == []
    clock.move(hours=12)
    send_messages()
    assert len(mail_works.letters) == 1


def test_only_in_the_portal_sends_nothing(record, alice, bob, tell, mail_works, clock):
    choose(bob, "alerts", "none")
    tell(bob, record(alice), kind="test.alarm", by=alice)
    clock.move(days=3)
    send_messages()
    assert mail_works.letters == [] and outcomes() == []


def test_the_recipient_reads_their_own_language(alarm, mail_works, bob):
    with transaction():
        db.session.get(User, bob.id).locale = "en"
    alarm()
    assert "What you get and when" in mail_works.letters[0].body


def test_who_left_meanwhile_gets_nothing(alarm, mail_works, chat_works, bob, clock):
    alarm()
    with transaction():
        db.session.get(User, bob.id).deactivated_at = clock()
    clock.move(minutes=10)
    send_messages()
    assert chat_works.letters == []


def test_a_refused_message_is_tried_again_ever_later_and_given_up(alarm, mail_works, clock):
    mail_works.refuse = True
    alarm()
    for minutes in PAUSES:
        [message] = db.session.scalars(select(Dispatch)).all()
        assert message.outcome is None and message.error
        assert message.due_at == clock() + timedelta(minutes=minutes)
        clock.move(minutes=minutes)
        send_messages()
    assert outcomes() == [("mail", "failed")]
    clock.move(days=1)
    mail_works.refuse = False
    send_messages()
    assert mail_works.letters == []


def test_a_gateway_that_was_taken_away_sends_nothing(alarm, mail_works, chat_works, clock):
    alarm()
    with transaction():
        db.session.execute(update(Gateway).values(active=False))
    clock.move(minutes=10)
    send_messages()
    assert chat_works.letters == []


def test_a_gateway_that_hangs_holds_up_nobody_else(
    record, alice, bob, carol, tell, mail_works, chat_works, chats, monkeypatch, clock
):
    from threading import Event

    from portal.reminders.sending import gateway

    monkeypatch.setattr(gateway.deliver, "__kwdefaults__", {"limit": 0.5})
    chats(bob, "bob")
    chats(carol, "carol")
    choose(bob, "alerts", "chat")
    case = record(alice)
    chat_works.hang = Event()
    choose(carol, "talk", "chat", "mail")
    with transaction():
        # Both wait already when the sender begins.
        from portal.reminders.actions import notify

        notify([bob.id], "test.alarm", f"case:{case.id}", clock(), key="a")
        notify([carol.id], "test.talk", f"case:{case.id}", clock(), key="b")
        notify([alice.id], "test.alarm", f"case:{case.id}", clock(), key="c")
    assert [letter.to for letter in mail_works.letters] == ["alice@example.com"]
    waiting = db.session.scalars(select(Dispatch).where(Dispatch.medium == "chat")).all()
    assert [(row.outcome, row.attempts) for row in waiting] == [(None, 1), (None, 0)]
    chat_works.hang.set()
    chat_works.hang = None
    clock.move(minutes=1)
    send_messages()
    assert {letter.to.strip("/").rpartition("/")[2] for letter in chat_works.letters} >= {
        "bob", "carol"
    }


def test_after_a_crash_the_message_is_free_again(alarm, mail_works, clock, monkeypatch):
    class PowerCut(BaseException):
        pass

    def cut(*args, **kwargs):
        raise PowerCut

    monkeypatch.setattr(job, "deliver", cut)
    with pytest.raises(PowerCut):
        alarm()
    monkeypatch.undo()
    send_messages()
    assert mail_works.letters == []
    clock.move(seconds=LEASE.total_seconds() + 1)
    send_messages()
    assert len(mail_works.letters) == 1


def test_what_ends_every_process_is_given_up(alarm, mail_works, clock, monkeypatch):
    mail_works.refuse = True
    alarm()
    with transaction():
        db.session.execute(update(Dispatch).values(attempts=len(PAUSES) + 1, due_at=clock()))
    assert claims.claim_due(clock()) == []
    assert outcomes() == [("mail", "failed")]


def test_one_bad_message_holds_up_no_other(alarm, mail_works, record, alice, carol, tell,
                                           monkeypatch):
    real = job.message_of

    def worded(dispatch):
        if dispatch.person_id != carol.id:
            raise RuntimeError("no words")
        return real(dispatch)

    monkeypatch.setattr(job, "message_of", worded)
    alarm()
    tell(carol, record(alice, title="Another"), kind="test.alarm", by=alice)
    assert [letter.to for letter in mail_works.letters] == ["carol@example.com"]


def test_one_reminder_that_cannot_be_told_holds_up_no_other(record, alice, bob, clock):
    case = record(alice)
    with transaction():
        for subject in ("nonsense", f"case:{case.id}"):
            remind(bob.id, "test.asked", subject, clock(), clock(), key=subject)
    clock.move(minutes=1)
    remind_those_due()
    db.session.rollback()
    told = select(Notification.subject).where(Notification.person_id == bob.id)
    assert list(db.session.scalars(told)) == [f"case:{case.id}"]


def test_what_was_handled_half_a_year_ago_is_removed(alarm, mail_works, bob, clock):
    case = alarm()
    with transaction():
        handle_subject(bob.id, f"case:{case.id}", clock())
        db.session.add(Reminder(person_id=bob.id, kind="test.asked", subject=f"case:{case.id}",
                                key="old", due_at=clock(), created_at=clock(), done_at=clock()))
    clock.move(days=179)
    tidy()
    assert db.session.scalars(select(Notification)).all()
    clock.move(days=2)
    tidy()
    for table in (Notification, Dispatch, Reminder):
        assert db.session.scalars(select(table)).all() == []
