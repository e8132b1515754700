"""How a person wants to be told."""

from flask import Response, abort, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.core.unit_of_work import abandon, reading_only
from portal.extensions import limiter
from portal.reminders import queries
from portal.reminders.actions import choosing
from portal.reminders.forms import ChannelsForm, filled_in
from portal.reminders.kinds import CATEGORIES
from portal.reminders.routes import blueprint
from portal.reminders.rules import MEDIA
from portal.reminders.sending.gateway import NotDelivered, deliver
from portal.reminders.sending.wording import test_message
from portal.reminders.words import MEDIA_WORDS


def _person() -> str:
    return f"person:{g.actor.id}"


@blueprint.route("/preferences/notifications", methods=["GET", "POST"])
@access.requires("portal:use")
def preferences() -> Response:
    """Channels by category, quiet hours, the digest, one's own addresses."""
    me = g.actor.id
    form = ChannelsForm(data=filled_in(
        queries.choices_of(me), queries.times_of(me), queries.own_addresses(me)
    ))
    if request.method == "POST" and form.validate() and _save(form):
        flash(_("Saved."), "success")
        return go(url_for("reminders.preferences"))
    if form.errors:
        # Some of it may be written already: all of it is saved, or nothing.
        abandon()
    return render(
        "reminders/preferences.html", status=422 if form.errors else 200, form=form,
        categories=CATEGORIES, gateways=queries.gateways(), media=MEDIA_WORDS, email=g.user.email,
        reached=queries.addresses_of([me]).get(me, {}),
    )


def _save(form: ChannelsForm) -> bool:
    """Whether everything was right; otherwise what is wrong stands beside its field."""
    me, now = g.actor.id, clock.now()
    for name, wish in form.wishes.items():
        try:
            choosing.choose_channels(me, {name: wish})
        except Refused as refused:
            form[f"{name}_second"].errors = [refused.message]
    try:
        choosing.choose_times(me, form.times, now)
    except Refused as refused:
        form.quiet_until.errors = [refused.message]
    for medium in ("chat", "sms"):
        try:
            choosing.set_address(me, medium, form[medium].data or "")
        except Refused as refused:
            form[medium].errors = [refused.message]
    return not form.errors


@blueprint.post("/preferences/notifications/test")
@access.requires("portal:use")
@limiter.limit("6/minute", key_func=_person)
def send_test() -> Response:
    """A message to oneself, sent while one waits."""
    medium = request.form.get("medium", "")
    if medium not in MEDIA:
        abort(422)
    with reading_only():
        # Nothing of the database is open while the gateway takes its time.
        gateway = queries.gateways().get(medium)
        template = gateway.url if gateway is not None and gateway.active else ""
        address = queries.addresses_of([g.actor.id]).get(g.actor.id, {}).get(medium, "")
        message = test_message(g.user)
    if not template or not address:
        flash(_("This channel does not reach you yet."), "danger")
        return go(url_for("reminders.preferences"))
    try:
        deliver(template, address, message.title, message.body)
    except NotDelivered:
        flash(_("The test message could not be delivered. Please check your address; if it is "
                "right, tell the administrator."), "danger")
    else:
        flash(_("The test message was handed over; look whether it arrived."), "success")
    return go(url_for("reminders.preferences"))
