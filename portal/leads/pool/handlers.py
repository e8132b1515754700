"""Whatever else sends a lead back to the pool also says so there."""

from portal.extensions import db
from portal.leads import rules as lead_rules
from portal.leads.events import LeadReturned
from portal.leads.models import Lead
from portal.leads.pool import rules
from portal.leads.pool.actions.steps import note
from portal.leads.pool.queries.pool import last_step


def note_return(event: LeadReturned) -> None:
    """Its owner left, its customer was given up, a manager took it away: the pool says why."""
    if event.why == lead_rules.UNDONE:
        return
    lead = db.session.get_one(Lead, event.lead_id)
    step = last_step(lead.id, (rules.RETURNED, rules.IDLE))
    if step is None or step.at != lead.owned_since:
        note(lead, rules.RETURNED, lead.owned_since, person_id=event.former_id,
             actor_id=event.actor_id, before={"why": event.why})
