"""Real workers that are killed in the middle: the import goes on, and nothing comes in twice."""

import os
import subprocess
import sys
import time

import pytest
from sqlalchemy import func, select

from portal.config import ROOT
from portal.core import jobs
from portal.customers.models import Customer, IdentityKey
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.transfer.models import LeadImportRow
from portal.tasks.models import Task
from tests.databases import Database

ROWS = 100
PATIENCE = 90
SIGNS = "东西南北山海河湖林云金木水火土"


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
    return db.session.get(Task, getattr(up.found, f"{step}_id"))


def count(query):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(query))


def imported():
    return count(select(LeadImportRow.id).where(LeadImportRow.outcome == "made").subquery())


def begun(up, worker):
    """A table rehearsed by a worker of its own, and its import asked for."""
    names = [f"{SIGNS[n // 15 % 15]}{SIGNS[n % 15]}{n}号机械有限公司" for n in range(ROWS)]
    up.send("c.csv", "公司,手机\n" + "".join(
        f"{name},138{n:08d}\n" for n, name in enumerate(names)))
    up.columns()
    first = worker()
    wait_until(lambda: task_of(up, "rehearsal").status == "done")
    assert set(up.verdicts) == {"new"}
    up.commit()
    return first


def test_a_killed_worker_costs_nothing(importer, alice, worker):
    up = importer(alice)
    first = begun(up, worker)
    wait_until(lambda: 0 < imported() < ROWS)
    first.kill()
    first.wait()
    left_at = imported()
    assert 0 < left_at < ROWS
    assert count(Customer) == count(Lead) == left_at
    worker()
    wait_until(lambda: task_of(up, "commit").is_finished)
    done = task_of(up, "commit")
    assert (done.status, done.done, done.total, done.attempts) == ("done", ROWS, ROWS, 2)
    assert set(up.outcomes) == {"made"}
    assert count(Customer) == count(Lead) == ROWS
    assert count(IdentityKey) == 2 * ROWS


def test_cancelling_keeps_what_came_in_and_it_can_be_taken_back(importer, alice, worker):
    up = importer(alice)
    begun(up, worker)
    wait_until(lambda: imported() > 0)
    up.browser.post(f"/tasks/{up.found.commit_id}/cancel")
    wait_until(lambda: task_of(up, "commit").is_finished)
    written = imported()
    assert task_of(up, "commit").status == "cancelled"
    assert 0 < written < ROWS
    page = up.page()
    assert "stays" in page
    assert "Not begun" in page
    up.revert()
    wait_until(lambda: task_of(up, "revert").is_finished)
    assert set(db.session.scalars(select(Lead.status))) == {"void"}
    assert count(IdentityKey) == 0


def test_what_was_stopped_goes_on_where_it_stood(importer, alice, worker):
    up = importer(alice)
    begun(up, worker)
    wait_until(lambda: imported() > 0)
    up.browser.post(f"/tasks/{up.found.commit_id}/cancel")
    wait_until(lambda: task_of(up, "commit").is_finished)
    written = imported()
    assert f"Import the remaining {ROWS - written} rows" in up.page()
    left = up.browser.get(f"{up.url}/left.csv").text.splitlines()
    assert len(left) == 1 + ROWS - written
    assert "The import was stopped before its turn came." in left[1]
    assert up.browser.post(f"{up.url}/go-on").status_code == 303
    wait_until(lambda: task_of(up, "commit").is_finished)
    assert task_of(up, "commit").status == "done"
    assert count(Customer) == count(Lead) == ROWS
    assert set(up.outcomes) == {"made"}
    again = up.browser.post(f"{up.url}/go-on")
    assert again.status_code == 422 and "Every row had its turn already." in again.text
