"""Tells people that long work they asked for is over, when they are likely to have gone on."""

from collections.abc import Collection, Mapping

from flask import url_for
from sqlalchemy import select

from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.people.rules import Actor
from portal.reminders.actions import notify
from portal.reminders.kinds import Kind
from portal.reminders.subjects import About, Subject
from portal.tasks.events import TaskFinished
from portal.tasks.models import Task
from portal.tasks.words import kind_label

# Whoever waits less has watched it.
WORTH_TELLING_SECONDS = 20

KINDS = (
    Kind("tasks.finished", "work", lambda who, title: _("%(title)s is finished", title=title),
         _l("Look at it"), "circle-check"),
    Kind("tasks.failed", "work", lambda who, title: _("%(title)s has failed", title=title),
         _l("See why"), "alert-circle"),
)


def _about(actor: Actor, ids: Collection[int]) -> Mapping[int, About]:
    query = select(Task).where(Task.id.in_(ids), Task.person_id == actor.id)
    return {
        task.id: About(kind_label(task), url_for("tasks.task", task_id=task.id))
        for task in db.session.scalars(query)
    }


TASK = Subject("task", _about)


def tell_of_finished(event: TaskFinished) -> None:
    """Not of what somebody cancelled, nor of what took a moment."""
    kind = {"done": "tasks.finished", "failed": "tasks.failed"}.get(event.status)
    if kind and (event.seconds >= WORTH_TELLING_SECONDS or event.status == "failed"):
        notify({event.person_id}, kind, f"task:{event.task_id}", clock.now(),
               key=f"task:{event.task_id}")
