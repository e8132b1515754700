"""Background work: woken or swept, never doubled, always in a context of the portal."""

import os
import shutil
import socket
import subprocess
import time
from datetime import datetime, timedelta

import pytest
import redis
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


def test_a_process_that_works_looks_for_what_others_left(app, monkeypatch):
    for kind in ("watchful", "at_start"):
        declared = jobs.Declared(lambda kind=kind: ran.append(kind), 5, **{kind: True})
        monkeypatch.setitem(jobs._jobs, kind, declared)
    # The body of `portal worker` beside serving processes that leave all work to it.
    runner = Runner(app, "off", None)
    runner.look(lambda declared: declared is jobs._jobs["watchful"])
    runner.look(lambda declared: declared is jobs._jobs["at_start"])
    while task := runner.huey.dequeue():
        runner.huey.execute(task)
    assert ran == ["watchful", "at_start"]
    assert jobs._jobs["index"].watchful
    assert jobs._jobs["compare_index"].at_start


@pytest.mark.parametrize(("minutes", "times"), [
    (1, 24 * 60), (10, 24 * 6), (60, 24), (24 * 60, 1),
])
def test_how_often_a_day_a_job_runs_unasked(minutes, times):
    due = jobs._times(minutes)
    day = [datetime(2026, 6, 1) + timedelta(minutes=n) for n in range(24 * 60)]
    assert sum(due(moment) for moment in day) == times


@pytest.fixture
def redis_url(tmp_path):
    """A queue of its own, on a socket."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    path = tmp_path / "redis"
    server = subprocess.Popen(
        ["redis-server", "--port", "0", "--unixsocket", str(path), "--save", ""],
        stdout=subprocess.DEVNULL, cwd=tmp_path,
    )
    while not path.exists():
        time.sleep(0.01)
    yield f"unix://{path}"
    server.terminate()
    server.wait(10)


def test_every_wake_up_reaches_a_queue_that_others_empty(app, redis_url):
    serving, working = Runner(app, "off", redis_url), Runner(app, "off", redis_url)
    for _ in range(2):
        serving.wake("bell")
        working.huey.execute(working.huey.dequeue())
    assert ran == ["portal", "portal"]
    for runner in (serving, working):
        runner.huey.storage.pool.disconnect()


def test_a_queue_that_does_not_answer_is_not_waited_for(app, monkeypatch):
    monkeypatch.setattr(jobs, "REDIS_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        runner = Runner(app, "off", f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        with pytest.raises(redis.exceptions.TimeoutError):
            runner.wake("bell")
        runner.look(lambda declared: declared is jobs._jobs["bell"])
        runner.huey.storage.pool.disconnect()
