"""Who may do what with money: as with the deal it belongs to."""

from portal.leads.money.models import Payment, Receivable
from portal.people.rules import Actor
from portal.policy.customers import edits_lead, reads_lead


def reads_receivable(actor: Actor, receivable: Receivable) -> bool:
    return reads_lead(actor, receivable.lead)


def edits_receivable(actor: Actor, receivable: Receivable) -> bool:
    return edits_lead(actor, receivable.lead)


def reads_payment(actor: Actor, payment: Payment) -> bool:
    return reads_lead(actor, payment.receivable.lead)


def voids_payment(actor: Actor, payment: Payment) -> bool:
    return edits_lead(actor, payment.receivable.lead)
