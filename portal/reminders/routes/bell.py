"""The bell in the frame: how much is unhandled, and that a page was opened."""

from flask import Response, abort, g, make_response, request

from portal.core import access, clock
from portal.core.render import render
from portal.people import sessions
from portal.reminders.actions.inbox import handle_subject
from portal.reminders.routes import blueprint
from portal.reminders.subjects import is_ref


@blueprint.get("/notifications/bell")
@access.requires("portal:use")
@sessions.unattended
def bell() -> Response:
    """The count, asked for by an open page every minute."""
    return render("reminders/_bell.html")


@blueprint.post("/notifications/opened")
@access.requires("portal:use")
def opened() -> Response:
    """The person has a record before them: what they were told about it is handled."""
    subject = request.form.get("subject", "")
    if not is_ref(subject):
        abort(422)
    handle_subject(g.actor.id, subject, clock.now())
    return make_response("", 204)
