"""Claiming a lead from the pool, and taking the claim back."""

from datetime import datetime

from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.leads import rules as lead_rules
from portal.leads.actions.giving import give_lead
from portal.leads.actions.holding import hold, hold_people
from portal.leads.models import Lead
from portal.leads.pool import rules, words
from portal.leads.pool.actions.steps import (
    memory,
    note,
    recall,
    refuse_late,
    refuse_taken,
)
from portal.leads.pool.models import PoolStep
from portal.leads.pool.options import limits
from portal.leads.pool.queries.limits import barrier_for, holding
from portal.people.rules import Actor


def claim_lead(actor: Actor, lead: Lead, now: datetime) -> PoolStep:
    """The lead is this person's from now on, and counts towards their limits.

    Raises `Gone` when somebody was quicker, and `Refused` when the daily limit, the cap or the
    former owner's wait stands in the way. Publishes `LeadGiven`.
    """
    hold_people([actor.id])
    hold(lead)
    refuse_taken(lead)
    barrier = barrier_for(lead, actor.id, holding(actor.id, now), now)
    if barrier is not None:
        raise Refused(words.why_not(barrier, limits()))
    step = note(lead, rules.CLAIMED, now, person_id=actor.id, actor_id=actor.id,
                before=memory(lead))
    give_lead(actor.id, lead, actor.id, now, why=lead_rules.CLAIMED)
    return step


def unclaim_lead(actor: Actor, step: PoolStep, now: datetime) -> None:
    """Back in the pool as it was; the claim still counts for its day, or one could read the whole
    pool that way. For a few minutes, and as long as nothing was done; raises `Refused`
    otherwise."""
    lead = step.lead
    hold_people([actor.id])
    hold(lead)
    refuse_late(step, now, rules.UNDO_FOR)
    if lead.owner_id != step.person_id or not lead.is_open or lead.responded_at is not None:
        raise Refused(_l("Something was done with this lead meanwhile; return it instead."))
    give_lead(actor.id, lead, None, now, why=lead_rules.UNDONE)
    recall(lead, step.before)
    step.undone_at = now
