"""Who claims leads, gives them back, and decides by which rules they are handed out."""

from datetime import timedelta
from typing import Any

from portal.core import clock
from portal.core.access import Permission, Policy
from portal.leads.models import Lead
from portal.leads.pool.models import PoolStep
from portal.leads.pool.queries.pool import came_from_pool
from portal.people.rules import Actor
from portal.policy.customers import sells
from portal.policy.leads import answers_for_lead
from portal.policy.offices import administrator

# For so long whoever comes too late is told who was quicker.
REMEMBERED = timedelta(days=1)


def claims_lead(actor: Actor, lead: Lead) -> bool:
    """Everybody who sells, of what is in the pool; of what has just left it the page says who was
    quicker."""
    if not sells(actor, lead) or not lead.is_open:
        return False
    return lead.in_pool or (
        clock.now() - lead.owned_since < REMEMBERED and came_from_pool(lead))


def returns_lead(actor: Actor, lead: Lead) -> bool:
    """Its owner, and the owner's line manager."""
    return lead.owner_id is not None and lead.is_open and answers_for_lead(actor, lead)


def did_step(actor: Actor, step: PoolStep) -> bool:
    """Whoever claimed or returned it."""
    return step.actor_id == actor.id and step.what in ("claimed", "returned")


def hands_out(actor: Actor, row: Any) -> bool:
    """Who leads the whole department. Whoever leads only a part of it could otherwise have leads
    of all others handed to their own people."""
    return sells(actor, row) and actor.is_manager and actor.id in actor.tree.heads()


def arranges_allocation(actor: Actor, row: Any) -> bool:
    """Those, and administrators, who arrange the portal but read no customer."""
    return administrator(actor, row) or hands_out(actor, row)


POLICY: Policy = {
    "lead:claim": Permission(claims_lead, of_row=True, sees="lead:claim"),
    "lead:return": Permission(returns_lead, of_row=True, sees="lead:read"),
    "pool:undo": Permission(did_step, of_row=True, sees="pool:undo"),
    "allocation:manage": Permission(arranges_allocation),
    "allocation:run": Permission(hands_out),
}
