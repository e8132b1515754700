"""Money comes in; a payment that was wrong is voided."""

from datetime import date, datetime
from decimal import Decimal

from portal.core import audit, clock
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.customers.actions.timeline import note
from portal.extensions import db
from portal.leads.money import rules
from portal.leads.money.actions.receivables import (
    hold,
    look_whether_paid,
    refuse_void,
    remind_again,
)
from portal.leads.money.models import Payment, Receivable
from portal.people.rules import Actor
from portal.reminders.actions import settle


def record_payment(
    actor: Actor, receivable: Receivable, amount: Decimal, paid_on: date, remark: str,
    now: datetime,
) -> Payment:
    """This much came in on this day. Raises `Refused` for more than is open, and for days that
    cannot be."""
    hold(receivable)
    refuse_void(receivable)
    _check(receivable, amount, paid_on)
    payment = Payment(
        receivable=receivable, amount=amount, paid_on=paid_on,
        note=line(remark)[: rules.LONGEST_NOTE], created_by_id=actor.id, created_at=now,
    )
    db.session.add(payment)
    look_whether_paid(receivable)
    receivable.version += 1
    db.session.flush()
    if receivable.paid_off_on is not None:
        settle(receivable.ref, now)
    lead = receivable.lead
    note(lead.customer_id, "money.payment", actor.id, now, lead_id=lead.id,
         subject=receivable.ref, text=payment.note, amount=str(amount), currency=lead.currency,
         label=receivable.label, paid_on=paid_on.isoformat())
    audit.record(actor.id, "payment.recorded", lead.ref, now, receivable_id=receivable.id,
                 payment_id=payment.id, amount=str(amount))
    return payment


def void_payment(actor: Actor, payment: Payment, reason: str, now: datetime) -> None:
    """It did not come in after all, or was entered wrongly. Raises `Refused` without a reason."""
    receivable = payment.receivable
    hold(receivable)
    # Somebody else may have voided it since it was read.
    db.session.refresh(payment)
    if payment.voided_at is not None:
        return
    if not line(reason):
        raise Refused(_l("Say why."))
    payment.voided_at, payment.void_reason = now, line(reason)[: rules.LONGEST_REASON]
    look_whether_paid(receivable)
    receivable.version += 1
    remind_again(receivable, now)
    lead = receivable.lead
    note(lead.customer_id, "money.payment_voided", actor.id, now, lead_id=lead.id,
         subject=receivable.ref, reason=reason, amount=str(payment.amount),
         currency=lead.currency, label=receivable.label)
    audit.record(actor.id, "payment.voided", lead.ref, now, receivable_id=receivable.id,
                 payment_id=payment.id, reason=line(reason))


def _check(receivable: Receivable, amount: Decimal, paid_on: date) -> None:
    if amount <= 0:
        raise Refused(_l("An amount is more than 0."))
    if amount > receivable.open_amount:
        raise Refused(_l("Only %(open)s are still open here. What was paid beyond belongs to "
                         "another receivable.", open=f"{receivable.open_amount:,.2f}"))
    if paid_on > clock.today():
        raise Refused(_l("The day of a payment cannot lie in the future."))
    if paid_on < clock.today() - rules.LONGEST_BACK:
        raise Refused(_l("This day is more than ten years ago. Is the year right?"))
