"""Background work: woken or swept, never doubled, always in a context of the portal."""

import os

import pytest
from flask import Flask, current_app

from portal.core import jobs
from portal.core.jobs import Runner

ran = []


@pytest.fixture(autouse=True)
def bell(monkeypatch):
    """A job that only notes that it ran, and where."""
    ran.clear()
    monkeypatch.setitem(jobs._jobs, "bell", jobs.Declared(lambda: ran.append(current_app.name), 5))


def test_inline_work_is_done_when_asked_for(app, monkeypatch):
    monkeypatch.setattr(jobs, "_runner", Runner(app, "inline", None))
    jobs.wake("bell")
    assert ran == ["portal"]


def test_a_job_that_waits_already_is_not_queued_again(app):
    runner = Runner(app, "thread", None)
    runner.wake("bell")
    runner.wake("bell")
    task = runner.huey.dequeue()
    assert runner.huey.dequeue() is None
    runner.huey.execute(task)
    assert ran == ["portal"]


def test_a_job_can_be_woken_again_while_it_runs(app, monkeypatch):
    runner = Runner(app, "thread", None)
    monkeypatch.setitem(jobs._jobs, "bell", jobs.Declared(lambda: runner.wake("bell"), 5))
    runner.wake("bell")
    runner.huey.execute(runner.huey.dequeue())
    assert runner.huey.dequeue() is not None


def test_work_elsewhere_is_not_done_here(app):
    runner = Runner(app, "off", None)
    runner.wake("bell")
    assert runner.huey.dequeue() is None
    assert ran == []


def test_every_job_is_swept_regularly(app):
    runner = Runner(app, "thread", None)
    names = {task.name for task in runner.huey._registry.periodic_tasks}
    assert {f"sweep_{name}" for name in jobs._jobs} <= names
    assert {"index", "deliver", "bell"} <= jobs._jobs.keys()


def test_every_serving_process_starts_its_work_with_its_first_request(app, monkeypatch):
    started, server = [], Flask("server")
    runner = Runner(server, "thread", None)
    monkeypatch.setattr(runner, "start", lambda: started.append(os.getpid()))
    runner.start_with_first_request()
    assert started == []
    server.test_client().get("/")
    server.test_client().get("/")
    assert started == [os.getpid()]
    # What was forked has the memory of its parent, but none of its threads.
    monkeypatch.setattr(os, "getpid", lambda: 4711)
    server.test_client().get("/")
    assert started[1:] == [4711]


@pytest.mark.parametrize("mode", ["inline", "off"])
def test_a_process_that_leaves_the_work_to_others_starts_none(app, monkeypatch, mode):
    server = Flask("server")
    runner = Runner(server, mode, None)
    monkeypatch.setattr(runner, "start", lambda: pytest.fail("started"))
    runner.start_with_first_request()
    server.test_client().get("/")
