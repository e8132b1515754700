"""Whatever else sends a lead back to the pool also says so there."""

from sqlalchemy import func, select

from portal.core import audit, clock
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.customers.events import CustomersHandedOver
from portal.customers.models import TimelineEntry
from portal.extensions import db
from portal.leads import rules as lead_rules
from portal.leads.events import LeadReopened, LeadRestored, LeadReturned
from portal.leads.models import Lead
from portal.leads.pool import rules
from portal.leads.pool.actions.steps import note, refuse_full
from portal.leads.pool.models import AllocationRule
from portal.leads.pool.options import limits
from portal.leads.pool.queries.limits import held_by
from portal.leads.pool.queries.pool import last_step
from portal.people.events import TeamDissolved
from portal.people.models import User


def refuse_beyond_the_cap(event: CustomersHandedOver) -> None:
    """Deals that come along with customers count like those that are handed over alone."""
    bounds, held = limits(), held_by([event.to_id])[event.to_id]
    brought = db.session.scalar(select(func.count()).where(
        Lead.customer_id.in_(event.customer_ids), Lead.owner_id == event.to_id,
        Lead.status == lead_rules.OPEN))
    if brought and not rules.can_hold(bounds, held - 1):
        raise Refused(_l("%(name)s has %(cap)d open leads, which is the most.",
                         name=db.session.get_one(User, event.to_id).name, cap=bounds.cap))


def refuse_reopening_beyond_the_cap(event: LeadReopened | LeadRestored) -> None:
    """A deal that is open again counts like one that is claimed; a slip that is taken back at once
    does not."""
    lead = db.session.get_one(Lead, event.lead_id)
    if not lead.is_open or lead.owner_id is None:
        return
    ended = select(TimelineEntry.at).where(
        TimelineEntry.lead_id == lead.id, TimelineEntry.kind.in_(("lead.closed", "lead.voided")))
    at = db.session.scalar(ended.order_by(TimelineEntry.id.desc()).limit(1))
    if at is None or clock.now() - at > rules.UNDO_FOR:
        refuse_full(lead.owner_id, 0)


def move_rules_of_team(event: TeamDissolved) -> None:
    """Leads that went to a dissolved team go to its heir; without one its rules end."""
    theirs = db.session.scalars(
        select(AllocationRule).where(AllocationRule.team_id == event.team_id)).all()
    for rule in theirs:
        rule.team_id = event.heir_id
        if event.heir_id is None and rule.removed_at is None:
            rule.removed_at = clock.now()
            audit.record(None, "allocation.removed", rule.ref, clock.now(), team=event.team_id)


def note_return(event: LeadReturned) -> None:
    """Its owner left, its customer was given up, a manager took it away: the pool says why."""
    if event.why == lead_rules.UNDONE:
        return
    lead = db.session.get_one(Lead, event.lead_id)
    step = last_step(lead.id, (rules.RETURNED, rules.IDLE))
    if step is None or step.at != lead.owned_since:
        note(lead, rules.RETURNED, lead.owned_since, person_id=event.former_id,
             actor_id=event.actor_id, before={"why": event.why})
