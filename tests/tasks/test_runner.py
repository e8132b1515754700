"""Long work: done once, told about, cancelled at a safe place, found again after a crash."""

from datetime import timedelta

import pytest
from sqlalchemy import event, insert, update

from portal.core.audit import AuditEntry
from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.tasks import runner
from portal.tasks.actions import cancel_task
from portal.tasks.models import Task
from portal.tasks.progress import Lost, Progress
from tests.tasks.conftest import task


def counting(upto):
    def run(row, progress):
        progress(0, upto, "counting")
        for number in range(row.done, upto):
            with progress.batch():
                progress(number + 1)
        progress.note(sum=upto)

    return run


def test_work_is_done_and_its_result_kept(app, declare, ask, alice):
    declare("count", counting(3))
    row = task(ask(alice, "count"))
    assert (row.status, row.done, row.total, row.result) == ("done", 3, 3, {"sum": 3})
    assert row.finished_at is not None
    assert row.worker is None


def test_the_input_reaches_the_work(app, declare, ask, alice):
    declare("echo", lambda row, progress: progress.note(heard=row.input["word"]))
    assert task(ask(alice, "echo", word="铁路")).result == {"heard": "铁路"}


def test_a_refusal_is_told_in_the_language_of_who_asked(app, declare, ask, alice):
    def run(row, progress):
        raise Refused("The file is gone.")

    declare("fail", run)
    row = task(ask(alice, "fail"))
    assert (row.status, row.error) == ("failed", "The file is gone.")


def test_a_defect_is_told_plainly_and_the_next_work_goes_on(app, declare, ask, alice, caplog):
    def run(row, progress):
        raise ZeroDivisionError

    declare("break", run)
    declare("count", counting(2))
    row = task(ask(alice, "break"))
    assert (row.status, row.error) == ("failed", "defect")
    assert "ZeroDivisionError" in caplog.text
    assert task(ask(alice, "count")).status == "done"


def test_waiting_work_is_cancelled_at_once(app, declare, ask, alice, clock, later):
    declare("count", counting(2))
    number = ask(alice, "count")
    with transaction():
        assert cancel_task(db.session.get(Task, number), clock())
    assert task(number).status == "cancelled"
    runner.work()
    assert task(number).status == "cancelled"


def test_running_work_stops_after_the_batch_that_is_being_written(
    app, declare, ask, alice, clock, later
):
    written = []

    def run(row, progress):
        for step in range(5):
            with progress.batch():
                written.append(step)
            if step == 1:
                with transaction():
                    cancel_task(db.session.get(Task, row.id), clock())

    declare("write", run)
    number = ask(alice, "write")
    runner.work()
    assert task(number).status == "cancelled"
    assert written == [0, 1]
    with transaction():
        assert not cancel_task(db.session.get(Task, number), clock())


def test_what_a_batch_wrote_goes_when_it_fails(app, declare, ask, alice):
    def run(row, progress):
        with progress.batch():
            progress(1, 2)
        with progress.batch():
            progress(2)
            raise Refused("Not this one.")

    declare("half", run)
    row = task(ask(alice, "half"))
    assert (row.status, row.error) == ("failed", "Not this one.")


def begun_elsewhere(number, clock, **values):
    """As another process would have left it."""
    with transaction():
        db.session.execute(update(Task).where(Task.id == number).values(
            status="running", worker="another", attempts=1, beat_at=clock(),
            started_at=clock(), **values))


def test_work_of_a_kind_waits_for_the_one_before(app, declare, ask, alice, bob, clock, later):
    declare("count", counting(2))
    declare("other", counting(1))
    first, second, third = ask(alice, "count"), ask(bob, "count"), ask(bob, "other")
    begun_elsewhere(first, clock)
    runner.work()
    assert [task(each).status for each in (first, second, third)] == ["running", "waiting", "done"]


def test_two_cannot_run_work_of_one_kind(app, declare, ask, alice, clock, later):
    """The database itself refuses, whatever two processes saw."""
    declare("count", counting(2))
    first, second = ask(alice, "count"), ask(alice, "count")
    begun_elsewhere(first, clock)
    with pytest.raises(Exception, match=r"(?i)unique"):
        begun_elsewhere(second, clock)


def test_work_whose_process_died_goes_on_where_it_can(app, declare, ask, alice, clock, later):
    declare("count", counting(4), resumes=True)
    number = ask(alice, "count")
    begun_elsewhere(number, clock, done=3, total=4)
    clock.move(seconds=20)
    runner.work()
    assert task(number).status == "running"
    clock.move(seconds=20)
    runner.work()
    row = task(number)
    assert (row.status, row.done, row.attempts) == ("done", 4, 2)


def test_work_whose_process_died_fails_plainly_where_it_cannot(
    app, declare, ask, alice, clock, later
):
    declare("once", counting(4))
    number = ask(alice, "once")
    begun_elsewhere(number, clock, done=3, total=4)
    clock.move(minutes=1)
    runner.work()
    row = task(number)
    assert (row.status, row.error, row.done) == ("failed", "interrupted", 3)


def test_work_that_takes_its_process_down_is_not_begun_for_ever(
    app, declare, ask, alice, clock, later
):
    declare("bomb", counting(4), resumes=True)
    number = ask(alice, "bomb")
    begun_elsewhere(number, clock)
    with transaction():
        db.session.execute(update(Task).values(attempts=3))
    clock.move(minutes=1)
    runner.work()
    assert (task(number).status, task(number).error) == ("failed", "interrupted")


def test_a_process_that_was_thought_dead_writes_nothing_more(
    app, declare, ask, alice, clock, later
):
    declare("count", counting(2), resumes=True)
    number = ask(alice, "count")
    begun_elsewhere(number, clock)
    slow = Progress(number, "another")
    clock.move(minutes=1)
    runner.work()
    before = db.session.query(AuditEntry).count()
    with pytest.raises(Lost), slow.batch():
        pytest.fail("it may not even begin")
    assert db.session.query(AuditEntry).count() == before
    assert task(number).status == "done"


def test_nobody_fills_the_queue(app, declare, ask, alice, later):
    declare("count", counting(2))
    for _ in range(20):
        ask(alice, "count")
    with pytest.raises(Refused):
        ask(alice, "count")


def test_how_long_it_still_takes(app, declare, ask, alice, clock, later):
    declare("count", counting(2))
    number = ask(alice, "count")
    begun_elsewhere(number, clock, done=25, total=100)
    assert task(number).seconds_left(clock()) is None
    assert task(number).seconds_left(clock() + timedelta(seconds=10)) == 30


def test_what_was_filled_is_looked_at_when_the_work_is_done(app, declare, ask, alice):
    looked_at = []

    def note(connection, cursor, statement, *rest):
        if statement.startswith("ANALYZE"):
            looked_at.append(statement)

    def fill(row, progress):
        entry = {"action": "case.recorded", "subject": "case:1", "at": row.created_at,
                 "detail": {}, "previous": "0" * 64, "digest": "0" * 64}
        with progress.batch():
            db.session.execute(insert(AuditEntry), [entry] * 3000)

    event.listen(db.engine, "before_cursor_execute", note)
    declare("fill", fill)
    ask(alice, "fill")
    event.remove(db.engine, "before_cursor_execute", note)
    assert 'ANALYZE "audit_log"' in looked_at
