"""Real workers that are killed in the middle: the import goes on, and nothing goes in twice."""

import os
import subprocess
import sys
import time

import pytest
from sqlalchemy import func, select

from portal.cases.models import Case, Revision
from portal.cases.transfer.models import ImportRow
from portal.config import ROOT
from portal.core import jobs
from portal.extensions import db
from portal.tasks.models import Task
from tests.databases import Database

ROWS = 400
PATIENCE = 60


@pytest.fixture
def worker(app, database: Database, data_folder, monkeypatch):
    """`worker()` starts one; all are ended after the test."""
    monkeypatch.setattr(jobs._runner, "mode", "off")
    monkeypatch.setitem(app.config, "CLOCK", None)
    started = []
    environment = {**os.environ, "PORTAL_DATA": str(data_folder), "SECRET_KEY": "only for tests",
                   "PORTAL_JOBS": "off", "PYTHONPATH": str(ROOT)}
    if database.url:
        environment["DATABASE_URL"] = database.url

    def start():
        started.append(subprocess.Popen([sys.executable, "-m", "tests.tasks.crash_worker"],
                                        cwd=ROOT, env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_until(condition):
    ends = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < ends, "it takes too long"
        time.sleep(0.05)
        db.session.rollback()


def task_of(up, step):
    return db.session.get(Task, getattr(up.row, f"{step}_id"))


def imported():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(ImportRow).where(
        ImportRow.outcome == "new")) or 0


def begun(up, worker):
    """A table rehearsed by a worker of its own, and its import asked for."""
    up.send("c.csv", "title,text\n" + "".join(f"案例 {n},正文 {n}\n" for n in range(ROWS)))
    up.columns()
    first = worker()
    wait_until(lambda: task_of(up, "rehearsal").status == "done")
    up.commit(alike="1")
    return first


def test_a_killed_worker_costs_nothing(uploader, mei, worker):
    up = uploader(mei)
    first = begun(up, worker)
    wait_until(lambda: 0 < imported() < ROWS)
    first.kill()
    first.wait()
    left_at = imported()
    assert 0 < left_at < ROWS
    assert task_of(up, "commit").status == "running"
    worker(), worker()
    wait_until(lambda: task_of(up, "commit").is_finished)
    done = task_of(up, "commit")
    assert (done.status, done.done, done.total, done.attempts) == ("done", ROWS, ROWS, 2)
    assert set(up.outcomes) == {"new"}
    for model in (Case, Revision):
        assert db.session.scalar(select(func.count()).select_from(model)) == ROWS


def test_cancelling_keeps_what_went_in_and_it_can_be_taken_back(uploader, mei, worker):
    up = uploader(mei)
    begun(up, worker)
    wait_until(lambda: imported() > 0)
    up.browser.post(f"/tasks/{up.row.commit_id}/cancel")
    wait_until(lambda: task_of(up, "commit").is_finished)
    written = imported()
    assert task_of(up, "commit").status == "cancelled"
    assert 0 < written < ROWS
    assert task_of(up, "commit").done == written
    page = up.page()
    assert "stays in" in page
    assert "Not begun" in page
    up.revert()
    wait_until(lambda: task_of(up, "revert").is_finished)
    states = set(db.session.scalars(select(Case.confidence)))
    assert states == {"discarded"}


def test_two_workers_do_everything_once(uploader, mei, worker):
    up = uploader(mei)
    worker()
    begun(up, worker)
    wait_until(lambda: task_of(up, "commit").is_finished)
    assert task_of(up, "commit").status == "done"
    assert task_of(up, "commit").attempts == 1
    assert set(up.outcomes) == {"new"}
    assert db.session.scalar(select(func.count()).select_from(Case)) == ROWS
