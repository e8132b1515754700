"""The services that deliver messages, arranged by the administrator."""

from flask import Response, abort, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.core.unit_of_work import reading_only
from portal.extensions import db, limiter
from portal.reminders import queries
from portal.reminders.actions import gateways as actions
from portal.reminders.forms import GatewayForm, TestForm
from portal.reminders.models import Gateway
from portal.reminders.routes import blueprint
from portal.reminders.rules import tidy_address
from portal.reminders.sending.gateway import NotDelivered, deliver, service_of
from portal.reminders.sending.wording import test_message
from portal.reminders.words import MEDIA_WORDS

ONE = "/manage/channels/<medium>"


@blueprint.get("/manage/channels")
@access.requires("channels:manage")
def channels() -> Response:
    """What is set up, and whether anything failed."""
    return render("reminders/channels.html", gateways=queries.gateways(), media=MEDIA_WORDS,
                  service_of=service_of, failed=queries.has_failed_messages())


@blueprint.route(ONE, methods=["GET", "POST"])
@access.requires("channels:manage")
def edit_channel(medium: str) -> Response:
    """One service: its address, what people call it, whether it is in use."""
    gateway = _gateway(medium)
    form = GatewayForm(data=_filled_in(gateway))
    if request.method == "POST" and form.validate():
        try:
            actions.set_up_gateway(
                g.actor, medium, form.url.data or "", form.label.data or "", form.hint.data or "",
                form.active.data, clock.now(),
            )
        except Refused as refused:
            form.url.errors = [refused.message]
        else:
            flash(_("Saved. Send yourself a test message."), "success")
            return go(url_for("reminders.edit_channel", medium=medium))
    return _page(medium, gateway, form, TestForm(formdata=None, to=g.user.email))


@blueprint.post(f"{ONE}/remove")
@access.requires("channels:manage")
def remove_channel(medium: str) -> Response:
    """The medium reaches nobody any more."""
    _gateway(medium)
    actions.remove_gateway(g.actor, medium, clock.now())
    flash(_("The channel is removed."), "success")
    return go(url_for("reminders.channels"))


@blueprint.post(f"{ONE}/test")
@access.requires("channels:manage")
@limiter.limit("10/minute")
def test_channel(medium: str) -> Response:
    """A test message, sent while the administrator waits."""
    form = TestForm()
    with reading_only():
        # Nothing of the database is open while the gateway takes its time.
        gateway = _gateway(medium)
        if gateway is None:
            abort(404)
        template, message = gateway.url, test_message(g.user)
    address = tidy_address(medium, form.to.data or "")
    if form.validate() and address is None:
        form.to.errors = [_("This cannot be an address.")]
    elif address is not None:
        try:
            deliver(template, address, message.title, message.body)
        except NotDelivered as refusal:
            form.to.errors = [
                _("It was not delivered. The service says: %(reason)s", reason=refusal.reason)
            ]
        else:
            flash(_("The test message was handed over; look whether it arrived."), "success")
            return go(url_for("reminders.edit_channel", medium=medium))
    gateway = _gateway(medium)
    return _page(medium, gateway, GatewayForm(formdata=None, data=_filled_in(gateway)), form)


def _gateway(medium: str) -> Gateway | None:
    """The service that is set up. Aborts with 404 for a medium that does not exist."""
    if medium not in MEDIA_WORDS:
        abort(404)
    return db.session.get(Gateway, medium)


def _filled_in(gateway: Gateway | None) -> dict[str, object]:
    """Everything but the address of the service, which holds secrets."""
    if gateway is None:
        return {"active": True}
    return {"label": gateway.label, "hint": gateway.hint, "active": gateway.active}


def _page(medium: str, gateway: Gateway | None, form: GatewayForm, test: TestForm) -> Response:
    status = 422 if form.errors or test.errors else 200
    return render(
        "reminders/edit_channel.html", status=status, form=form, test=test, medium=medium,
        name=MEDIA_WORDS[medium], gateway=gateway,
        service=service_of(gateway.url) if gateway is not None else "",
    )
