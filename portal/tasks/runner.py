"""Does the work that waits: claims it, runs it, keeps its pulse, and finds what a crash left."""

import logging
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from portal.core import clock, jobs, statistics
from portal.core.errors import Refused
from portal.core.i18n import force_locale
from portal.core.unit_of_work import reading_only, transaction
from portal.extensions import db
from portal.tasks import actions, queries
from portal.tasks.kinds import kind_of
from portal.tasks.models import Task
from portal.tasks.progress import Cancelled, Lost, Progress
from portal.tasks.rules import BEAT_SECONDS

log = logging.getLogger(__name__)
# One piece of long work at a time in a process: its other threads index and deliver meanwhile.
_busy = threading.Lock()


@jobs.job("tasks", every_minutes=1, watchful=True, at_start=True)
def work() -> None:
    """Everything that waits, one after the other. Somebody else may be at it already."""
    if not _busy.acquire(blocking=False):
        return
    try:
        while (found := _claimed()) is not None:
            _run(*found)
            # Imports fill tables.
            jobs.wake(statistics.JOB)
    finally:
        _busy.release()


def _claimed() -> tuple[int, str] | None:
    """The number of the next task and the token under which this process holds it."""
    with reading_only():
        if not queries.wants_attention(clock.now()):
            return None
    token = secrets.token_hex(12)
    try:
        with transaction():
            now = clock.now()
            for task in queries.running():
                # Another process may be looking at the same moment.
                db.session.refresh(task, with_for_update=True)
                if task.status == "running":
                    actions.bury(task, now)
            db.session.flush()
            found = queries.next_waiting()
            if found is None:
                return None
            db.session.refresh(found, with_for_update=True)
            if found.status != "waiting":
                return None
            actions.claim(found, token, now)
            return found.id, token
    except IntegrityError:
        # Somebody took work of the same kind at the same moment; the next look finds the rest.
        return None
    except OperationalError:
        log.warning("the database is busy; long work waits", exc_info=True)
        return None


def _run(task_id: int, token: str) -> None:
    with reading_only():
        task = db.session.get(Task, task_id)
        if task is None:
            return
        db.session.expunge(task)
    progress = Progress(task_id, token, task.done, task.total)
    progress.note(**task.result)
    kind = kind_of(task.kind)
    status, error = "done", None
    try:
        with _pulse(task_id, token), force_locale(task.language):
            if kind is None:
                status, error = "failed", "unknown"
            else:
                kind.run(task, progress)
    except Cancelled:
        status = "cancelled"
    except Lost:
        log.warning("task %s was taken over by another process", task_id)
        return
    except Refused as refused:
        with force_locale(task.language):
            status, error = "failed", str(refused.message)
    except Exception:
        log.exception("task %s (%s) failed", task_id, task.kind)
        status, error = "failed", "defect"
    _finish(progress, status, error)


def _finish(progress: Progress, status: str, error: str | None) -> None:
    try:
        with transaction():
            task = db.session.get(Task, progress.task_id, with_for_update=True)
            if task is None or task.worker != progress.token or task.status != "running":
                return
            task.done, task.total = progress.done, progress.total
            task.result = dict(progress.result)
            actions.finish_task(task, status, clock.now(), error)
    except DBAPIError:
        # Found again as work whose process died.
        log.exception("how task %s ended could not be written", progress.task_id)


@contextmanager
def _pulse(task_id: int, token: str) -> Iterator[None]:
    """Say every few seconds that somebody works on it, however long one step takes."""
    if jobs.is_inline():
        yield
        return
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(app, over, task_id, token), daemon=True,
                              name=f"pulse-{task_id}")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=BEAT_SECONDS)


def _beat(app: Flask, over: threading.Event, task_id: int, token: str) -> None:
    mine = update(Task).where(
        Task.id == task_id, Task.worker == token, Task.status == "running"
    ).execution_options(synchronize_session=False)
    while not over.wait(BEAT_SECONDS):
        try:
            with app.app_context(), transaction():
                db.session.execute(mine.values(beat_at=clock.now()))
        except DBAPIError:
            log.warning("the pulse of task %s could not be written", task_id, exc_info=True)
