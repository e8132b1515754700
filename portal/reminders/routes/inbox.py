"""What a person is told, as a list to work through."""

from datetime import UTC, datetime, timedelta

from flask import Response, abort, flash, g, request, url_for

from portal.core import access, clock
from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext
from portal.core.paging import paginate
from portal.core.render import flash_with_undo, go, here, render
from portal.reminders import queries
from portal.reminders.actions import inbox as actions
from portal.reminders.models import Notification
from portal.reminders.routes import blueprint
from portal.reminders.rules import later

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@blueprint.get("/notifications")
@access.requires("portal:use")
def inbox() -> Response:
    """The unhandled ones, or all, newest first."""
    everything = request.args.get("show") == "all"
    page = paginate(queries.notifications_of(g.actor.id, unhandled=not everything))
    items = queries.items_of(g.actor, page.items)
    return render("reminders/inbox.html", "reminders/_inbox.html", page=page, items=items,
                  everything=everything)


@blueprint.post("/notifications/<int:notification_id>/open")
@access.requires("notification:use")
def open_work(notification_id: int) -> Response:
    """On to the work; with that the notification is handled."""
    notification = access.fetch(Notification, notification_id, "notification:use")
    item = queries.items_of(g.actor, [notification])[0]
    actions.handle_one(notification, clock.now())
    if item.url is None:
        flash(_("You can no longer open this."), "warning")
    return go(item.url or _back())


@blueprint.post("/notifications/<int:notification_id>/handle")
@access.requires("notification:use")
def handle(notification_id: int) -> Response:
    """Nothing is to be done about it."""
    notification = access.fetch(Notification, notification_id, "notification:use")
    actions.handle_one(notification, clock.now())
    flash_with_undo(_("Done with it."), _undo(notification))
    return go(_back())


@blueprint.post("/notifications/<int:notification_id>/later")
@access.requires("notification:use")
def put_off(notification_id: int) -> Response:
    """Out of sight for an hour, or until tomorrow morning."""
    notification = access.fetch(Notification, notification_id, "notification:use")
    when = request.args.get("when", "")
    if when not in ("hour", "tomorrow"):
        abort(422)
    now = clock.now()
    actions.put_off(notification, later(now, when, clock.zone()), now)
    words = _("It comes back in an hour.") if when == "hour" else _("It comes back tomorrow at 9.")
    flash_with_undo(words, _undo(notification))
    return go(_back())


@blueprint.post("/notifications/<int:notification_id>/reopen")
@access.requires("notification:use")
def reopen(notification_id: int) -> Response:
    """As if nothing had been done about it."""
    actions.reopen(access.fetch(Notification, notification_id, "notification:use"))
    return go(_back())


@blueprint.post("/notifications/handle-all")
@access.requires("portal:use")
def handle_all() -> Response:
    """Everything is handled."""
    now = clock.now()
    if count := actions.handle_all(g.actor.id, now):
        moment = (now - EPOCH) // timedelta(microseconds=1)
        flash_with_undo(ngettext("%(num)d is done.", "%(num)d are done.", count),
                        url_for("reminders.reopen_all", moment=moment))
    return go(_back())


@blueprint.post("/notifications/reopen-all/<int:moment>")
@access.requires("portal:use")
def reopen_all(moment: int) -> Response:
    """What was handled in one go at that moment (microseconds since 1970) is open again."""
    try:
        handled_at = EPOCH + timedelta(microseconds=moment)
    except OverflowError:
        abort(404)
    actions.reopen_all(g.actor.id, handled_at)
    return go(_back())


def _back() -> str:
    return here(url_for("reminders.inbox"))


def _undo(notification: Notification) -> str:
    return url_for("reminders.reopen", notification_id=notification.id)
