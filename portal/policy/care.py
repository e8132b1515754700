"""Who may do what in the care of customers: as with the customer's file."""

from portal.core.access import Permission, Policy
from portal.leads.care.models import CareTask, Feedback
from portal.people.rules import Actor
from portal.policy.customers import edits_customer, reads_customer


def reads_care(actor: Actor, row: CareTask | Feedback) -> bool:
    return reads_customer(actor, row.customer)


def edits_care(actor: Actor, row: CareTask | Feedback) -> bool:
    return edits_customer(actor, row.customer)


POLICY: Policy = {
    "care:read": Permission(reads_care, of_row=True, sees="care:read"),
    "care:edit": Permission(edits_care, of_row=True, sees="care:read"),
    "feedback:edit": Permission(edits_care, of_row=True, sees="care:read"),
}
