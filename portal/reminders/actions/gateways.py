"""What the administrator arranges: the services that deliver, and messages they refused."""

from datetime import datetime

from portal.core import audit
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.people.rules import Actor
from portal.reminders.actions.planning import send_soon
from portal.reminders.models import Dispatch, Gateway
from portal.reminders.sending.gateway import problem_of, service_of


def set_up_gateway(
    actor: Actor, medium: str, url: str, label: str, hint: str, active: bool, now: datetime
) -> Gateway:
    """Keep how a medium is delivered; an empty `url` keeps the present one. The log of changes
    names the service, never its address. Raises `Refused`."""
    gateway = db.session.get(Gateway, medium)
    url = url.strip()
    if gateway is None and not url:
        raise Refused(_l("Write the address of the service."))
    if url and (problem := problem_of(medium, url)):
        raise Refused(problem)
    if gateway is None:
        gateway = Gateway(medium=medium)
        db.session.add(gateway)
    gateway.url = url or gateway.url
    gateway.label = label.strip() or service_of(gateway.url)[:80]
    gateway.hint, gateway.active, gateway.changed_at = hint.strip(), active, now
    audit.record(actor.id, "gateway.set_up", f"gateway:{medium}", now, active=active,
                 service=service_of(gateway.url), new_address=bool(url))
    return gateway


def remove_gateway(actor: Actor, medium: str, now: datetime) -> None:
    """The medium reaches nobody any more; its secrets are forgotten."""
    gateway = db.session.get(Gateway, medium)
    if gateway is not None:
        db.session.delete(gateway)
        audit.record(actor.id, "gateway.removed", f"gateway:{medium}", now)


def try_again(actor: Actor, dispatch: Dispatch, now: datetime) -> None:
    """A message that was given up is sent once more, with all its attempts. Raises `Refused`."""
    if dispatch.outcome != "failed":
        raise Refused(_l("This message does not wait for another attempt."))
    dispatch.outcome = dispatch.ended_at = dispatch.claim = dispatch.claimed_at = None
    dispatch.attempts, dispatch.due_at = 0, now
    audit.record(actor.id, "message.tried_again", f"dispatch:{dispatch.id}", now)
    send_soon()
