"""Background work: rows in the database are the truth, the queue only wakes who works on them.

A job takes no arguments: it looks in the database for what is waiting. So waking it twice, or
losing a wake-up in a crash, does no harm: the sweep finds what is left.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from huey import Huey, MemoryHuey, RedisHuey, crontab
from huey.consumer import Consumer
from redis import ConnectionPool
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)
Job = Callable[[], None]
# How often a process that works looks for jobs of which nobody told it.
LOOK_SECONDS = 5.0
# Saving hardly waits for a queue that does not answer; workers wait a second for the next job.
REDIS_SECONDS = 2.0


@dataclass(frozen=True)
class Declared:
    """A job and when it runs without being woken."""

    run: Job
    every_minutes: int
    watchful: bool = False
    at_start: bool = False


_jobs: dict[str, Declared] = {}
_runner: "Runner | None" = None


def job(
    name: str, *, every_minutes: int, watchful: bool = False, at_start: bool = False
) -> Callable[[Job], Job]:
    """Declare a job that runs when woken and in any case every so many minutes (below an hour,
    or whole hours). A `watchful` one looks every few seconds, for what another process left; one
    `at_start` runs soon after a process began to work."""

    def declare(function: Job) -> Job:
        _jobs[name] = Declared(function, every_minutes, watchful, at_start)
        return function

    return declare


def wake(name: str) -> None:
    """Ask for the job to run soon; at once in this thread when the portal works inline."""
    if _runner is not None:
        _runner.wake(name)


def is_inline() -> bool:
    """Whether jobs run in the request that woke them, so that somebody waits for them."""
    return _runner is not None and _runner.mode == "inline"


class _QuietConsumer(Consumer):  # type: ignore[misc]
    """A consumer that lives in a serving process and leaves the signals to the server."""

    def _set_signal_handlers(self) -> None:
        pass


class Runner:
    """Runs the declared jobs of one application through Huey."""

    def __init__(self, app: Flask, mode: str, redis_url: str | None) -> None:
        self.app = app
        self.mode = mode
        self.huey: Huey = _redis_queue(redis_url) if redis_url else MemoryHuey("portal")
        self._pending: set[str] = set()
        self._lock = threading.Lock()
        self._process: int | None = None
        self._tasks = {}
        for name, declared in _jobs.items():
            self._tasks[name] = self.huey.task(name=f"run_{name}")(self._task(name))
            self.huey.periodic_task(_times(declared.every_minutes), name=f"sweep_{name}")(
                self._task(name)
            )

    def _task(self, name: str) -> Job:
        def run() -> None:
            with self._lock:
                self._pending.discard(name)
            with self.app.app_context():
                _jobs[name].run()

        return run

    def wake(self, name: str) -> None:
        if self.mode == "inline":
            with self.app.app_context():
                _jobs[name].run()
        elif self.mode != "off" or self._is_shared:
            self._ask_for(name)

    @property
    def _is_shared(self) -> bool:
        return isinstance(self.huey, RedisHuey)

    def _ask_for(self, name: str) -> None:
        # Of a queue that others empty too, nobody here knows what still waits in it.
        if not self._is_shared:
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
        self._look_out()

    def _look_out(self) -> None:
        """Begin to watch, in a thread that ends with the process."""
        thread = threading.Thread(target=self._watch, name="job-lookout", daemon=True)
        thread.start()

    def _watch(self) -> None:
        self.look(lambda declared: declared.at_start)
        while True:
            time.sleep(LOOK_SECONDS)
            self.look(lambda declared: declared.watchful)

    def look(self, wanted: Callable[[Declared], bool]) -> None:
        """Ask for all jobs of a kind, whatever the queue says to it."""
        for name, declared in _jobs.items():
            if wanted(declared):
                try:
                    self._ask_for(name)
                except Exception:
                    log.exception("nobody could be asked for %s", name)

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
        self._look_out()
        Consumer(self.huey, workers=2, periodic=True, max_delay=0.5).run()


def _redis_queue(url: str) -> RedisHuey:
    # Not by its own `url`, which would wait for ever for a server that does not answer.
    pool = ConnectionPool.from_url(
        url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS,
        retry=Retry(NoBackoff(), retries=1),
    )
    return RedisHuey("portal", connection_pool=pool)


def _times(minutes: int) -> Callable[[Any], bool]:
    hourly = {"minute": "0", "hour": f"*/{minutes // 60}"}
    due: Callable[[Any], bool] = crontab(**hourly if minutes >= 60 else {"minute": f"*/{minutes}"})
    return due


def init_app(app: Flask, mode: str, redis_url: str | None) -> Runner:
    """Bind the declared jobs to this application; nothing runs yet."""
    global _runner
    _runner = Runner(app, mode, redis_url)
    return _runner
