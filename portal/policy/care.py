"""Who may do what in the care of customers: as with the customer's file."""

from portal.leads.care.models import CareTask, Feedback
from portal.people.rules import Actor
from portal.policy.customers import edits_customer, reads_customer


def reads_care(actor: Actor, row: CareTask | Feedback) -> bool:
    return reads_customer(actor, row.customer)


def edits_care(actor: Actor, row: CareTask | Feedback) -> bool:
    return edits_customer(actor, row.customer)
