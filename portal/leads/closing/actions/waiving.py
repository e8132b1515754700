"""A retrospective that nobody writes: said once, with a reason, and taken back with one tap."""

from datetime import datetime

from portal.core import audit
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.customers.actions.timeline import note
from portal.leads.actions.holding import hold
from portal.leads.closing import rules
from portal.leads.closing.queries.endings import waiver_of
from portal.leads.models import Lead
from portal.people.rules import Actor

WAIVED, WANTED = "lead.retrospective_waived", "lead.retrospective_wanted"


def waive_retrospective(actor: Actor, lead: Lead, reason: str, now: datetime) -> None:
    """Nobody is asked for the retrospective any more. Raises `Refused` without a reason."""
    hold(lead)
    if lead.status not in rules.RETROSPECTIVES:
        raise Refused(_l("Only a lead that was won or lost has a retrospective."))
    if not line(reason):
        raise Refused(_l("Say why nothing can be learned from this deal."))
    if len(line(reason)) > rules.LONGEST_NOTE:
        raise Refused(_l("At most 500 characters."))
    if waiver_of(lead) is None:
        note(lead.customer_id, WAIVED, actor.id, now, lead_id=lead.id, subject=lead.ref,
             reason=reason)
        audit.record(actor.id, WAIVED, lead.ref, now)


def want_retrospective(actor: Actor, lead: Lead, now: datetime) -> None:
    """It is to be written after all."""
    hold(lead)
    waiver = waiver_of(lead)
    if waiver is not None:
        note(lead.customer_id, WANTED, actor.id, now, lead_id=lead.id, subject=lead.ref,
             corrects_id=waiver.id)
        audit.record(actor.id, WANTED, lead.ref, now)
