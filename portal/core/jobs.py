"""Background work: rows in the database are the truth, the queue only wakes who works on them.

A job takes no arguments: it looks in the database for what is waiting. So waking it twice, or
losing a wake-up in a crash, does no harm: the sweep finds what is left.
"""

import logging
import os
import threading
from collections.abc import Callable

from flask import Flask
from huey import Huey, MemoryHuey, RedisHuey, crontab
from huey.consumer import Consumer

log = logging.getLogger(__name__)
Job = Callable[[], None]

_jobs: dict[str, tuple[Job, int]] = {}
_runner: "Runner | None" = None


def job(name: str, *, every_minutes: int) -> Callable[[Job], Job]:
    """Declare a job that runs when woken and in any case every so many minutes."""

    def declare(function: Job) -> Job:
        _jobs[name] = (function, every_minutes)
        return function

    return declare


def wake(name: str) -> None:
    """Ask for the job to run soon; at once in this thread when the portal works inline."""
    if _runner is not None:
        _runner.wake(name)


class _QuietConsumer(Consumer):  # type: ignore[misc]
    """A consumer that lives in a serving process and leaves the signals to the server."""

    def _set_signal_handlers(self) -> None:
        pass


class Runner:
    """Runs the declared jobs of one application through Huey."""

    def __init__(self, app: Flask, mode: str, redis_url: str | None) -> None:
        self.app = app
        self.mode = mode
        self.huey: Huey = (
            RedisHuey("portal", url=redis_url) if redis_url else MemoryHuey("portal")
        )
        self._pending: set[str] = set()
        self._lock = threading.Lock()
        self._process: int | None = None
        self._tasks = {}
        for name, (_, minutes) in _jobs.items():
            self._tasks[name] = self.huey.task(name=f"run_{name}")(self._task(name))
            self.huey.periodic_task(crontab(minute=f"*/{minutes}"), name=f"sweep_{name}")(
                self._task(name)
            )

    def _task(self, name: str) -> Job:
        def run() -> None:
            with self._lock:
                self._pending.discard(name)
            with self.app.app_context():
                _jobs[name][0]()

        return run

    def wake(self, name: str) -> None:
        if self.mode == "inline":
            with self.app.app_context():
                _jobs[name][0]()
            return
        if self.mode == "off" and not isinstance(self.huey, RedisHuey):
            return
        with self._lock:
            if name in self._pending:
                return
            self._pending.add(name)
        self._tasks[name]()

    def start(self) -> None:
        """Work in threads of this process; ends with it."""
        consumer = _QuietConsumer(
            self.huey, workers=2, periodic=True, initial_delay=0.05, backoff=1.0, max_delay=0.05
        )
        consumer.start()

    def start_with_first_request(self) -> None:
        """For servers that know nothing of this work: each of their processes starts it by
        itself. Not before a request, because they may fork after the application was made."""
        if self.mode == "thread":
            self.app.before_request(self._start_here)

    def _start_here(self) -> None:
        with self._lock:
            if self._process == os.getpid():
                return
            self._process = os.getpid()
        self.start()

    def work(self) -> None:
        """Work until interrupted: the body of `portal worker`."""
        Consumer(self.huey, workers=2, periodic=True).run()


def init_app(app: Flask, mode: str, redis_url: str | None) -> Runner:
    """Bind the declared jobs to this application; nothing runs yet."""
    global _runner
    _runner = Runner(app, mode, redis_url)
    return _runner
