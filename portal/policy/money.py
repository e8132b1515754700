"""Who may do what with money: as with the deal it belongs to."""

from portal.core.access import Permission, Policy
from portal.leads.money.models import Payment, Receivable
from portal.people.rules import Actor
from portal.policy.leads import edits_lead, reads_lead


def reads_receivable(actor: Actor, receivable: Receivable) -> bool:
    return reads_lead(actor, receivable.lead)


def edits_receivable(actor: Actor, receivable: Receivable) -> bool:
    return edits_lead(actor, receivable.lead)


def reads_payment(actor: Actor, payment: Payment) -> bool:
    return reads_lead(actor, payment.receivable.lead)


def voids_payment(actor: Actor, payment: Payment) -> bool:
    return edits_lead(actor, payment.receivable.lead)


POLICY: Policy = {
    "receivable:read": Permission(reads_receivable, of_row=True, sees="receivable:read"),
    "receivable:edit": Permission(edits_receivable, of_row=True, sees="receivable:read"),
    "payment:read": Permission(reads_payment, of_row=True, sees="payment:read"),
    "payment:void": Permission(voids_payment, of_row=True, sees="payment:read"),
}
