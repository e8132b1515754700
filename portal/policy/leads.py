"""Who may do what with leads, and with one's own views and imports of them."""

from typing import Any

from portal.core.access import Permission, Policy
from portal.customers.queries import reading
from portal.leads.models import Lead
from portal.people.rules import Actor
from portal.policy.customers import edits_customer, reads_customer, sells
from portal.policy.offices import is_theirs


def reviews_channels(actor: Actor, row: Any) -> bool:
    """Managers, and whoever leads a team."""
    return sells(actor, row) and reading.allocates(actor)


def reads_lead(actor: Actor, lead: Lead) -> bool:
    """Who reads the customer's file; and of the pool, whoever allocates."""
    return reads_customer(actor, lead.customer) or (
        lead.in_pool and sells(actor, lead) and reading.allocates(actor))


def edits_lead(actor: Actor, lead: Lead) -> bool:
    """Whoever works for the customer; nobody edits what is in the pool or void."""
    return not lead.in_pool and lead.status != "void" and edits_customer(actor, lead.customer)


def assigns_lead(actor: Actor, lead: Lead) -> bool:
    """The owner's line manager; of the pool, whoever allocates."""
    if lead.owner is None:
        return sells(actor, lead) and reading.allocates(actor)
    return sells(actor, lead) and actor.is_line_manager_of(lead.owner.id, lead.owner.team_id)


def answers_for_lead(actor: Actor, lead: Lead) -> bool:
    """Its owner, or who decides about it."""
    return (sells(actor, lead) and lead.owner_id == actor.id) or assigns_lead(actor, lead)


def voids_lead(actor: Actor, lead: Lead) -> bool:
    """Its owner, or who decides about it."""
    return lead.status != "void" and answers_for_lead(actor, lead)


def restores_lead(actor: Actor, lead: Lead) -> bool:
    """Who could declare it void."""
    return lead.status == "void" and answers_for_lead(actor, lead)


def imports_leads(actor: Actor, found: Any) -> bool:
    """Their own uploads, as long as they may import."""
    return bool(found.person_id == actor.id) and sells(actor, found)


POLICY: Policy = {
    "lead:use": Permission(sells),
    "lead:read": Permission(reads_lead, of_row=True, sees="lead:read"),
    "lead:edit": Permission(edits_lead, of_row=True, sees="lead:read"),
    "lead:assign": Permission(assigns_lead, of_row=True, sees="lead:read"),
    "lead:void": Permission(voids_lead, of_row=True, sees="lead:read"),
    "lead:restore": Permission(restores_lead, of_row=True, sees="lead:read"),
    "lead:import": Permission(sells),
    "lead_import:use": Permission(imports_leads, of_row=True, sees="lead_import:use"),
    "view:use": Permission(is_theirs, of_row=True, sees="view:use"),
    "channel:review": Permission(reviews_channels),
}
