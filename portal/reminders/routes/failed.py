"""Messages that no gateway took, for the administrator."""

from flask import Response, flash, g, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import go, render
from portal.reminders import queries
from portal.reminders.actions.gateways import try_again
from portal.reminders.models import Dispatch
from portal.reminders.routes import blueprint
from portal.reminders.words import MEDIA_WORDS


@blueprint.get("/manage/channels/failed")
@access.requires("channels:manage")
def failed() -> Response:
    """What was given up, newest first. It says to whom and why, never what."""
    return render("reminders/failed.html", page=paginate(queries.failed_messages()),
                  media=MEDIA_WORDS)


@blueprint.post("/manage/channels/failed/<int:dispatch_id>/again")
@access.requires("channels:manage")
def send_again(dispatch_id: int) -> Response:
    """One of them is sent once more."""
    dispatch = access.fetch(Dispatch, dispatch_id, "channels:manage")
    try:
        try_again(g.actor, dispatch, clock.now())
    except Refused as refused:
        flash(str(refused.message), "danger")
    else:
        flash(_("It is sent once more now."), "success")
    return go(url_for("reminders.failed"))
