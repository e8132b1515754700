"""Who may do what with customers, leads and visits."""

from typing import Any

from portal.customers.models import Contact, Customer, TimelineEntry
from portal.customers.queries import reading
from portal.leads.models import Lead
from portal.people.rules import Actor


def sells(actor: Actor, row: Any) -> bool:
    """Reps and managers; HR and administrators have no business with customers."""
    return actor.role in ("rep", "manager")


def reviews_channels(actor: Actor, row: Any) -> bool:
    """Managers, and whoever leads a team."""
    return sells(actor, row) and reading.allocates(actor)


def reads_customer(actor: Actor, customer: Customer) -> bool:
    return sells(actor, customer) and reading.reads(actor, customer)


def edits_customer(actor: Actor, customer: Customer) -> bool:
    """Whoever works for it, as long as it is not voided."""
    return (sells(actor, customer) and customer.voided_at is None
            and reading.works_for(actor, customer))


def notes_customer(actor: Actor, customer: Customer) -> bool:
    """Whoever reads the file may add a word, as long as it is not voided."""
    return customer.voided_at is None and reads_customer(actor, customer)


def staffs_customer(actor: Actor, customer: Customer) -> bool:
    """Who works for the customer is decided by its owner, the backup and whoever leads them."""
    if not sells(actor, customer) or customer.voided_at is not None:
        return False
    return reading.answers_for(actor, customer) or reading.leads_owner(actor, customer)


def voids_customer(actor: Actor, customer: Customer) -> bool:
    """Its owner, or who decides about it; the same people bring it back."""
    return sells(actor, customer) and (
        customer.owner_id == actor.id or reading.leads_owner(actor, customer))


def reads_contact(actor: Actor, contact: Contact) -> bool:
    return reads_customer(actor, contact.customer)


def reads_entry(actor: Actor, entry: TimelineEntry) -> bool:
    return reads_customer(actor, entry.customer)


def allocates_customers(actor: Actor, row: Any) -> bool:
    """Managers, and whoever leads a team."""
    return sells(actor, row) and reading.allocates(actor)


def adds_deal(actor: Actor, customer: Customer) -> bool:
    """Whoever works for it, leads its owner, or hands out what is in the pool."""
    return edits_customer(actor, customer) or (
        customer.voided_at is None and assigns_customer(actor, customer))


def assigns_customer(actor: Actor, customer: Customer) -> bool:
    """The owner's line manager; of the pool, whoever allocates."""
    return sells(actor, customer) and reading.leads_owner(actor, customer)


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


def voids_lead(actor: Actor, lead: Lead) -> bool:
    """Its owner, or who decides about it."""
    return lead.status != "void" and (
        (sells(actor, lead) and lead.owner_id == actor.id) or assigns_lead(actor, lead))


def restores_lead(actor: Actor, lead: Lead) -> bool:
    """Who could declare it void."""
    return lead.status == "void" and (
        (sells(actor, lead) and lead.owner_id == actor.id) or assigns_lead(actor, lead))


def imports_leads(actor: Actor, found: Any) -> bool:
    """Their own uploads, as long as they may import."""
    return bool(found.person_id == actor.id) and sells(actor, found)
