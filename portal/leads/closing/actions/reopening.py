"""Opening a closed lead again: as it was before."""

from datetime import datetime

from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.customers.actions.timeline import note
from portal.extensions import db
from portal.leads import rules as leads
from portal.leads.actions.activity import touch_lead
from portal.leads.actions.giving import take_up
from portal.leads.actions.holding import hold, hold_people
from portal.leads.actions.signing import not_signed
from portal.leads.actions.steps import plan_again
from portal.leads.closing import rules
from portal.leads.closing.queries.endings import last_ending
from portal.leads.events import LeadReopened
from portal.leads.models import Lead
from portal.leads.stages.actions import move_lead
from portal.leads.stages.queries import stage_map
from portal.people.rules import Actor


def reopen_lead(actor: Actor, lead: Lead, reason: str, now: datetime) -> None:
    """Open again, at the stage at which it was closed and with what was planned; how it ended stays
    in the timeline. When its owner has the customer no more it goes to who has it.

    Raises `Refused`. Publishes `LeadReopened`.
    """
    hold_people([lead.owner_id])
    hold(lead)
    if lead.is_open:
        return
    if lead.status not in rules.ENDINGS:
        raise Refused(_l("This lead is void; restore it first."))
    reason = line(reason)
    if not reason:
        raise Refused(_l("Say why the lead is opened again; the next one who works on it will "
                         "read it."))
    if len(reason) > rules.LONGEST_NOTE:
        raise Refused(_l("At most 500 characters."))
    was, entry = lead.status, last_ending(lead)
    _open(lead)
    note(lead.customer_id, "lead.reopened", actor.id, now, lead_id=lead.id, subject=lead.ref,
         reason=reason, status=was)
    if was == leads.WON:
        _back(actor, lead, (entry.detail if entry else {}).get("from_stage", ""), reason, now)
        not_signed(lead.customer, lead.signed_on)
    plan_again(lead, entry.detail if entry else {}, now)
    take_up(lead, actor.id, now)
    touch_lead(lead, now)
    audit.record(actor.id, "lead.reopened", lead.ref, now, status=was)
    publish(LeadReopened(lead.id, actor.id))


def _open(lead: Lead) -> None:
    lead.status, lead.closed_at = leads.OPEN, None
    lead.lost_reason, lead.closing_note = None, ""
    lead.version += 1
    # The move looks at the row itself.
    db.session.flush()


def _back(actor: Actor, lead: Lead, stage: str, reason: str, now: datetime) -> None:
    """To the stage before the last; one that is retired meanwhile, to the one before it."""
    stages = stage_map()
    place = stages.place(stage)
    usable = [each for each in stages.active if stages.place(each.code) <= place]
    if usable and usable[-1].code != lead.stage:
        move_lead(actor, lead, usable[-1].code, now, reason=reason)
