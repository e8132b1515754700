"""Who is told that a deal ended; after the transaction, each fact once."""

from portal.core import clock
from portal.extensions import db
from portal.leads import rules as leads
from portal.leads.closing import rules
from portal.leads.events import LeadClosed, LeadReopened, LeadVoided
from portal.leads.models import Lead
from portal.people.queries import team_tree
from portal.reminders.actions import notify, settle

NEWS = ("lead.closed", "lead.retrospective")


def tell_of_closed(event: LeadClosed) -> None:
    """The line manager of whoever owned it, when it was lost or abandoned; the owner, when somebody
    else closed it and its retrospective waits."""
    lead = db.session.get(Lead, event.lead_id)
    if lead is None or lead.owner is None or lead.status != event.status:
        return
    now, owner = clock.now(), lead.owner
    key = f"{lead.ref}:closed:{lead.closed_at:%Y%m%d%H%M%S}"
    if event.status in rules.RETROSPECTIVES:
        notify({owner.id}, "lead.retrospective", lead.ref, now, key=key, actor_id=event.actor_id)
    manager = team_tree().line_manager(owner.id, owner.team_id)
    if event.status != leads.WON and manager is not None:
        notify({manager}, "lead.closed", lead.ref, now, key=key, actor_id=event.actor_id)


def forget_the_end(event: LeadReopened | LeadVoided) -> None:
    """It has not ended after all, or never was a lead."""
    settle(f"lead:{event.lead_id}", clock.now(), kinds=NEWS)
