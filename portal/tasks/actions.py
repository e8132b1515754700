"""Asking for long work, cancelling it, and what becomes of it."""

from datetime import datetime
from typing import Any

from portal.core import jobs
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.unit_of_work import after_commit
from portal.extensions import db
from portal.people.rules import Actor
from portal.tasks.events import TaskFinished
from portal.tasks.kinds import kind_of
from portal.tasks.models import Task
from portal.tasks.rules import after_death, is_dead

# Nobody needs more at once; somebody who clicks and clicks must not fill the queue.
MOST_WAITING = 20


def start_task(
    actor: Actor, kind: str, now: datetime, *, language: str, total: int = 0, **given: Any
) -> Task:
    """Ask for work of a kind; `given` is its input. Somebody begins with it after the commit.

    Raises `Refused` when the person has too much waiting already.
    """
    waiting = db.session.query(Task).filter_by(person_id=actor.id, status="waiting").count()
    if waiting >= MOST_WAITING:
        raise Refused(_l("You have %(count)d tasks waiting. Let some of them finish first.",
                         count=waiting))
    task = Task(kind=kind, person_id=actor.id, status="waiting", total=total, done=0, message="",
                language=language, attempts=0, created_at=now, input=given, result={})
    db.session.add(task)
    # Whoever asks keeps the number.
    db.session.flush()
    after_commit("tasks", lambda: jobs.wake("tasks"))
    return task


def cancel_task(task: Task, now: datetime) -> bool:
    """Ask the work to stop: at once when nobody began, else after the batch it is at. False when
    it was over already."""
    db.session.refresh(task, with_for_update=True)
    if task.is_finished:
        return False
    task.cancel_asked_at = task.cancel_asked_at or now
    if task.status == "waiting":
        finish_task(task, "cancelled", now)
    return True


def finish_task(task: Task, status: str, now: datetime, error: str | None = None) -> None:
    """It is over. Publishes `TaskFinished`."""
    task.status, task.error, task.finished_at, task.worker = status, error, now, None
    if status == "done" and task.total:
        task.done = task.total
    passed = int((now - task.created_at).total_seconds())
    publish(TaskFinished(task.id, task.kind, task.person_id, status, passed))


def bury(task: Task, now: datetime) -> None:
    """What becomes of running work when nobody works on it any more."""
    if not is_dead(task.beat_at, now):
        return
    kind = kind_of(task.kind)
    status = after_death(bool(kind and kind.resumes), task.attempts,
                         task.cancel_asked_at is not None)
    if status == "waiting":
        task.status, task.worker = "waiting", None
    else:
        finish_task(task, status, now, "interrupted" if status == "failed" else None)


def claim(task: Task, token: str, now: datetime) -> None:
    """Take waiting work on."""
    task.status, task.worker, task.beat_at = "running", token, now
    task.attempts += 1
    task.started_at = task.started_at or now
