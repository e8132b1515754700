"""Long work as pages: what one asked for, how far it is, and cancelling it."""

from typing import Any

from flask import Blueprint, Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import go, here, render, wants_fragment

# The runner declares the job that does the work.
from portal.tasks import actions, queries, runner, words  # noqa: F401
from portal.tasks.kinds import kind_of
from portal.tasks.models import Task

blueprint = Blueprint("tasks", __name__)


@blueprint.get("/tasks")
@access.requires("portal:use")
def task_list() -> Response:
    """What this person asked for; administrators may look at everybody's."""
    everybody = "all" in request.args and access.allows(g.actor, "tasks:oversee")
    query = queries.all_tasks() if everybody else queries.own_tasks(g.actor)
    return render("tasks/task_list.html", page=paginate(query), everybody=everybody, words=words)


@blueprint.get("/tasks/<int:task_id>")
@access.requires("task:read")
def task(task_id: int) -> Response:
    """How far it is; the part that moves asks for itself."""
    row = access.fetch(Task, task_id, "task:read")
    response = render("tasks/task.html", "tasks/_task.html", **shown(row))
    if wants_fragment() and row.is_finished:
        # What can be done now stands on the whole page.
        response.headers["HX-Refresh"] = "true"
    return response


@blueprint.post("/tasks/<int:task_id>/cancel")
@access.requires("task:cancel")
def cancel_task(task_id: int) -> Response:
    """Stop after the batch that is being written."""
    row = access.fetch(Task, task_id, "task:cancel")
    if actions.cancel_task(row, clock.now()):
        flash(_("It stops at the next safe place."), "success")
    else:
        flash(_("It was over already."), "info")
    return go(here(url_for("tasks.task", task_id=task_id)))


def shown(row: Task) -> dict[str, Any]:
    """What the page and the part of it show of a task."""
    kind = kind_of(row.kind)
    own = row.person_id == g.actor.id
    return {
        "task": row, "kind": kind, "words": words, "own": own,
        "left": words.time_left(row.seconds_left(clock.now())),
        # What came of it is for whoever asked.
        "links": list(kind.links(row)) if kind and own else [],
        "outcome": kind.outcome(row) if kind and own and row.is_finished else "",
    }
