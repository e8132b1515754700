"""Who is told that a lead changed hands; after the transaction, each fact once."""

from portal.core import clock
from portal.extensions import db
from portal.leads.events import LeadGiven
from portal.leads.models import Lead
from portal.leads.rules import CLAIMED
from portal.reminders.actions import notify, settle


def tell_of_given(event: LeadGiven) -> None:
    """Who has it now, and who had it; nobody is told of what they did themselves."""
    lead = db.session.get(Lead, event.lead_id)
    if lead is None or lead.owner_id != event.owner_id:
        return
    key, now = f"{lead.ref}:{lead.owned_since:%Y%m%d%H%M%S%f}", clock.now()
    settle(lead.ref, now, kinds=("lead.given",))
    if event.why != CLAIMED:
        notify({event.owner_id}, "lead.given", lead.ref, now, key=key, actor_id=event.actor_id)
    if event.former_id is not None:
        notify({event.former_id}, "lead.taken", f"former-{lead.ref}", now, key=key,
               actor_id=event.actor_id)
