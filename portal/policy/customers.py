"""Who may do what with customers, their contacts and what stands in their timeline."""

from typing import Any

from portal.core.access import Permission, Policy
from portal.customers.models import Contact, Customer, TimelineEntry
from portal.customers.queries import reading
from portal.people.rules import SELLERS, Actor


def sells(actor: Actor, row: Any) -> bool:
    """Reps and managers; HR and administrators have no business with customers."""
    return actor.role in SELLERS


def reads_customer(actor: Actor, customer: Customer) -> bool:
    return sells(actor, customer) and reading.reads(actor, customer)


def edits_customer(actor: Actor, customer: Customer) -> bool:
    """Whoever works for it, as long as it is not voided."""
    return (sells(actor, customer) and customer.voided_at is None
            and customer.is_worked_for_by(actor.id))


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


POLICY: Policy = {
    "customer:read": Permission(reads_customer, of_row=True, sees="customer:read"),
    "customer:edit": Permission(edits_customer, of_row=True, sees="customer:read"),
    "customer:deal": Permission(adds_deal, of_row=True, sees="customer:read"),
    "customer:assign": Permission(assigns_customer, of_row=True, sees="customer:read"),
    "customer:note": Permission(notes_customer, of_row=True, sees="customer:read"),
    "customer:staff": Permission(staffs_customer, of_row=True, sees="customer:read"),
    "customer:void": Permission(voids_customer, of_row=True, sees="customer:read"),
    "customer:allocate": Permission(allocates_customers),
    "contact:read": Permission(reads_contact, of_row=True, sees="contact:read"),
    "entry:read": Permission(reads_entry, of_row=True, sees="entry:read"),
}
