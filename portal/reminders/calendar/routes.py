"""One's calendar addresses, and what calendars read from them."""

import hashlib
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, flash, g, request, url_for
from flask_limiter.util import get_remote_address

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import force_locale
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.core.unit_of_work import abandon, transaction
from portal.extensions import limiter
from portal.people import sessions
from portal.people.queries import actor_for
from portal.reminders.calendar import actions, queries, sources, writing
from portal.reminders.calendar.forms import AddressForm
from portal.reminders.models import CalendarFeed

blueprint = Blueprint("calendar", __name__)

PAST, AHEAD = timedelta(days=31), timedelta(days=400)


def _token() -> str:
    return actions.digest(str((request.view_args or {}).get("token", "")))[:16]


@blueprint.route("/preferences/calendar", methods=["GET", "POST"])
@access.requires("portal:use")
def addresses() -> Response:
    """The addresses that work; a new one is shown this once."""
    form = AddressForm()
    if not form.is_submitted():
        return _page(form)
    if not form.validate():
        return _page(form, status=422)
    try:
        token = actions.make_address(g.actor, form.label.data or "", clock.now())
    except Refused as refused:
        form.label.errors = [str(refused.message)]
        return _page(form, status=422)
    return _page(AddressForm(formdata=None), new=_address(token))


@blueprint.post("/preferences/calendar/<int:feed_id>/revoke")
@access.requires("calendar:use")
def revoke(feed_id: int) -> Response:
    """The address leads nowhere from now on."""
    feed = access.fetch(CalendarFeed, feed_id, "calendar:use")
    actions.revoke(g.actor, feed, clock.now())
    flash(_("The address no longer works."), "success")
    return go(url_for("calendar.addresses"))


@blueprint.get("/calendar/<token>.ics")
@access.public
@sessions.unattended
# Guessing is hopeless, but need not be quick; a calendar asks a few times an hour.
@limiter.limit("30/minute", key_func=get_remote_address,
               deduct_when=lambda response: response.status_code == 404)
@limiter.limit("30/minute", key_func=_token)
def feed(token: str) -> Response:
    """What a calendar reads: this person's dates, as far as they may read them now."""
    found = queries.working_feed(actions.digest(token)) if len(token) < 100 else None
    if found is None:
        abort(404)
    text = _written(found)
    digest = hashlib.sha256(text).hexdigest()
    since = _noted(found, digest, clock.now())
    response = Response(text, content_type="text/calendar; charset=utf-8")
    response.set_etag(digest)
    response.last_modified = since.astimezone(UTC)
    response.headers["Cache-Control"] = "private, max-age=300"
    response.headers["Content-Disposition"] = 'inline; filename="portal.ics"'
    response.headers["X-Robots-Tag"] = "noindex"
    response.make_conditional(request)
    return response


def _written(found: CalendarFeed) -> bytes:
    today, person = clock.today(), found.person
    with force_locale(person.locale or "zh"):
        dates = sources.entries(actor_for(person), today - PAST, today + AHEAD)
        name = _("Sales portal: %(name)s", name=person.name)
    host = urlsplit(current_app.extensions["settings"].public_address).hostname or "portal"
    return writing.written(dates, name, clock.zone().key, _public(), host)


def _noted(found: CalendarFeed, content: str, now: datetime) -> datetime:
    """Since when the calendar is given this; written down when that is new."""
    since, used = found.content_changed_at, found.last_used_at
    known = found.content_digest == content and since is not None
    if known and since is not None and used is not None and now - used < actions.NOTED_EVERY:
        return since
    # In a context, and so a transaction, of its own: the page's own is for reading.
    with current_app.app_context(), transaction():
        return actions.note_use(found.id, content, now)


def _page(form: AddressForm, *, status: int = 200, new: str = "") -> Response:
    if status >= 400:
        abandon()
    return render("calendar/addresses.html", status=status, form=form, new=new,
                  webcal=f"webcal://{new.partition('://')[2]}" if new else "",
                  feeds=queries.addresses_of(g.actor.id), most=actions.MOST)


def _address(token: str) -> str:
    return _public() + url_for("calendar.feed", token=token)


def _public() -> str:
    """What the portal is called, or what whoever asks calls it."""
    settings = current_app.extensions["settings"]
    return str(settings.address or request.host_url).rstrip("/")
