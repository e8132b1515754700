"""Several processes at the same moment: each message leaves once, each fact is told once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from portal.core import clock as core_clock
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.reminders.actions import notify
from portal.reminders.models import Dispatch, Notification
from portal.reminders.sending import job

WORKERS = 4


def at_once(app, what, count=WORKERS):
    """The same work in several threads that begin together, each with a database session of its
    own like a process of its own."""
    db.session.rollback()
    barrier = Barrier(count)

    def one(number):
        with app.app_context():
            barrier.wait(10)
            return what(number)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(one, range(count)))


def test_every_message_leaves_once(
    app, record, alice, bob, carol, mei, wang, chen, hr, mail_works, clock, monkeypatch
):
    case = record(alice)
    monkeypatch.setattr(job.jobs, "wake", lambda name: None)
    people = [person.id for person in (bob, carol, mei, wang, chen, hr)]
    for number in range(5):
        with transaction():
            notify(people, "test.alarm", f"case:{case.id}", clock(), key=f"fact {number}")

    def send(number):
        resting = set()
        while batch := job.claims.claim_due(core_clock.now()):
            for message in batch:
                job._send(message, resting)

    at_once(app, send)
    assert len(mail_works.letters) == 30
    outcomes = select(Dispatch.outcome, func.count()).group_by(Dispatch.outcome)
    assert dict(db.session.execute(outcomes).all()) == {"sent": 30}


def test_the_same_fact_reported_twice_at_once_is_told_once(app, record, alice, bob, clock,
                                                           mail_works):
    case_id, now = record(alice).id, clock()

    def tell(number):
        with transaction():
            notify([bob.id], "test.asked", f"case:{case_id}", now, key="the same")

    at_once(app, tell)
    assert db.session.scalar(select(func.count()).select_from(Notification)) == 1
    assert db.session.scalar(select(func.count()).select_from(Dispatch)) == 1


def test_a_reminder_that_two_find_due_is_told_once(app, record, alice, bob, clock):
    from portal.reminders.actions import remind

    case = record(alice)
    with transaction():
        for number in range(5):
            remind(bob.id, "test.asked", f"case:{case.id}", clock(), clock(), key=f"r{number}")
    at_once(app, lambda number: job.remind_those_due())
    assert db.session.scalar(select(func.count()).select_from(Notification)) == 5
