"""Reminders that are due: done, or not after all."""

from flask import Response, g, url_for

from portal.core import access, clock
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, here
from portal.reminders import queries
from portal.reminders.actions import inbox as actions
from portal.reminders.models import Reminder
from portal.reminders.routes import blueprint


@blueprint.post("/reminders/<int:reminder_id>/finish")
@access.requires("reminder:use")
def finish(reminder_id: int) -> Response:
    """It is done."""
    reminder = access.fetch(Reminder, reminder_id, "reminder:use")
    actions.finish(reminder, clock.now())
    item = queries.items_of(g.actor, [reminder])[0]
    flash_with_undo(_("Done: %(what)s", what=item.sentence) if item.sentence else _("Done."),
                    url_for("reminders.unfinish", reminder_id=reminder.id))
    return go(here(url_for("home.today")))


@blueprint.post("/reminders/<int:reminder_id>/unfinish")
@access.requires("reminder:use")
def unfinish(reminder_id: int) -> Response:
    """It is not done after all."""
    actions.unfinish(access.fetch(Reminder, reminder_id, "reminder:use"))
    return go(here(url_for("home.today")))
