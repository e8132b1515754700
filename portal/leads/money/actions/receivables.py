"""Agreeing on what is to be paid, correcting it, and declaring it void."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal

from portal.core import audit, clock
from portal.core.errors import Conflict, Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.customers.actions.timeline import note
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.money import rules
from portal.leads.money.content import ReceivableFacts
from portal.leads.money.models import Receivable
from portal.leads.rules import VOID
from portal.options.queries import value
from portal.people.rules import Actor
from portal.reminders.actions import remind, settle

REMINDER = "money.due"
REMINDED_AT = time(9, 0)


def add_receivable(
    actor: Actor, lead: Lead, facts: ReceivableFacts, now: datetime
) -> Receivable:
    """Something more that the customer owes us for this deal; the owner is reminded on the day it
    is due. Raises `Refused`."""
    if lead.status == VOID:
        raise Refused(_l("This lead is void; nothing is owed for it."))
    _check(facts)
    receivable = Receivable(
        lead_id=lead.id, lead=lead, customer_id=lead.customer_id, label=line(facts.label),
        currency=lead.currency, amount=facts.amount, paid=Decimal(0),
        billed_on=facts.billed_on, due_on=facts.due_on,
        collect_by=rules.collect_by(facts.billed_on, value("money.collect_days")),
        created_by_id=actor.id, created_at=now,
    )
    db.session.add(receivable)
    db.session.flush()
    remind_again(receivable, now)
    note(lead.customer_id, "money.receivable", actor.id, now, lead_id=lead.id,
         subject=receivable.ref, text=receivable.label, amount=str(facts.amount),
         currency=lead.currency, due=facts.due_on.isoformat())
    audit.record(actor.id, "receivable.added", lead.ref, now, amount=str(facts.amount),
                 due=facts.due_on.isoformat(), receivable_id=receivable.id)
    return receivable


def correct_receivable(
    actor: Actor, receivable: Receivable, facts: ReceivableFacts, reason: str, now: datetime, *,
    version: int,
) -> bool:
    """Write down what is right; False when nothing differs. Raises `Refused` without a reason,
    `Conflict` when somebody else was first."""
    hold(receivable)
    if receivable.version != version:
        raise Conflict(_l("Somebody else has changed this meanwhile."))
    refuse_void(receivable)
    _check(facts)
    found = _changes(receivable, facts)
    if not found:
        return False
    if not line(reason):
        raise Refused(_l("Say why what was known is wrong."))
    if facts.amount < receivable.paid:
        raise Refused(_l("More than this has been paid already. Void a payment first."))
    receivable.label, receivable.amount = line(facts.label), facts.amount
    receivable.billed_on, receivable.due_on = facts.billed_on, facts.due_on
    receivable.collect_by = rules.collect_by(facts.billed_on, value("money.collect_days"))
    receivable.version += 1
    look_whether_paid(receivable)
    remind_again(receivable, now)
    lead = receivable.lead
    note(lead.customer_id, "money.corrected", actor.id, now, lead_id=lead.id,
         subject=receivable.ref, reason=reason, changes=found)
    audit.record(actor.id, "receivable.corrected", lead.ref, now, receivable_id=receivable.id,
                 fields=sorted(found))
    return True


def void_receivable(actor: Actor, receivable: Receivable, reason: str, now: datetime) -> None:
    """It is not owed after all. Raises `Refused` without a reason, or when it was paid in part."""
    hold(receivable)
    if receivable.voided_at is not None:
        return
    if not line(reason):
        raise Refused(_l("Say why."))
    if receivable.paid:
        raise Refused(_l("Some of it has been paid. Void the payments first."))
    receivable.voided_at, receivable.void_reason = now, line(reason)[: rules.LONGEST_REASON]
    receivable.version += 1
    settle(receivable.ref, now)
    lead = receivable.lead
    note(lead.customer_id, "money.voided", actor.id, now, lead_id=lead.id, subject=receivable.ref,
         reason=reason, text=receivable.label, amount=str(receivable.amount),
         currency=lead.currency)
    audit.record(actor.id, "receivable.voided", lead.ref, now, receivable_id=receivable.id,
                 reason=line(reason))


def hold(receivable: Receivable) -> None:
    """Nobody else counts on it until this transaction ends."""
    db.session.flush()
    db.session.refresh(receivable, with_for_update={"of": Receivable, "key_share": True})


def refuse_void(receivable: Receivable) -> None:
    if receivable.voided_at is not None:
        raise Refused(_l("This receivable is void."))


def look_whether_paid(receivable: Receivable) -> None:
    """Keep the sum of the payments that count, and the day of the one that made it whole."""
    counting = sorted((each for each in receivable.payments if each.voided_at is None),
                      key=lambda each: each.paid_on)
    receivable.paid = sum((each.amount for each in counting), Decimal(0))
    whole = counting and receivable.open_amount <= 0
    receivable.paid_off_on = counting[-1].paid_on if whole else None


def remind_anew(receivables: Iterable[Receivable], now: datetime) -> None:
    """Somebody else collects now: who did is no longer reminded, who does is."""
    for receivable in receivables:
        settle(receivable.ref, now)
        remind_again(receivable, now)


def remind_again(receivable: Receivable, now: datetime) -> None:
    """On the morning of the day it is due, unless it is paid; a day that has passed is told by the
    list of what is overdue."""
    settle(receivable.ref, now)
    collector_id = _collector_of(receivable.lead)
    due_at = datetime.combine(receivable.due_on, REMINDED_AT, clock.zone())
    if receivable.lead.status == VOID or receivable.voided_at is not None:
        return
    if collector_id is not None and receivable.paid_off_on is None and due_at > now:
        remind(collector_id, REMINDER, receivable.ref, due_at, now,
               key=f"{receivable.ref}:due:{receivable.version}")


def _collector_of(lead: Lead) -> int | None:
    """As in `queries.deals_of`."""
    works = lead.customer.is_worked_for_by(lead.owner_id)
    return lead.owner_id if works else lead.customer.owner_id


def _check(facts: ReceivableFacts) -> None:
    today = clock.today()
    if not 0 < facts.amount <= rules.LARGEST:
        raise Refused(_l("An amount is more than 0."))
    if len(line(facts.label)) > rules.LONGEST_LABEL:
        raise Refused(_l("At most 60 characters."))
    if facts.billed_on > today:
        raise Refused(_l("The day of the bill lies in the future."))
    if facts.billed_on < today - rules.LONGEST_BACK:
        raise Refused(_l("The day of the bill is more than ten years ago. Is the year right?"))
    if facts.due_on < facts.billed_on:
        raise Refused(_l("It cannot be due before it is billed."))
    if facts.due_on > today + rules.LONGEST_AHEAD:
        raise Refused(_l("It is due in more than ten years. Is the year right?"))


def _changes(receivable: Receivable, facts: ReceivableFacts) -> dict[str, list[str]]:
    """Field → what it was and what it is."""
    pairs: dict[str, tuple[str | Decimal | date, str | Decimal | date]] = {
        "label": (receivable.label, line(facts.label)),
        "amount": (receivable.amount, facts.amount),
        "billed_on": (receivable.billed_on, facts.billed_on),
        "due_on": (receivable.due_on, facts.due_on),
    }
    return {name: [str(before), str(after)] for name, (before, after) in pairs.items()
            if before != after}
