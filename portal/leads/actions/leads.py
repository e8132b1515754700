"""Recording a lead, correcting it, and declaring it void."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.customers.actions import ownership
from portal.customers.actions.holding import hold as hold_customer
from portal.customers.actions.timeline import note
from portal.customers.models import Contact, Customer, TimelineEntry
from portal.customers.rules import REP
from portal.extensions import db
from portal.leads import rules
from portal.leads.actions.activity import touch_lead
from portal.leads.actions.checking import checked
from portal.leads.actions.giving import give_lead, take_up
from portal.leads.actions.holding import Stale, hold, hold_open, hold_people
from portal.leads.actions.steps import drop_step, finish_step, kept_step, plan_again, set_next_step
from portal.leads.content import LeadFacts, changes
from portal.leads.events import LeadCorrected, LeadRecorded, LeadRestored, LeadVoided
from portal.leads.models import Lead, LeadMove
from portal.lists.queries import vocabulary
from portal.people.rules import Actor

__all__ = [
    "Stale", "correct_lead", "finish_step", "give_lead", "hold", "record_lead", "restore_lead",
    "set_next_step", "void_lead",
]


def record_lead(
    actor: Actor, customer: Customer, facts: LeadFacts, now: datetime, *, owner_id: int | None,
    import_id: int | None = None, stage: str | None = None,
) -> Lead:
    """A new lead of this customer, at the first stage unless it is taken over at another one;
    without an owner it is in the pool.

    Its owner works for the customer from now on, and owns a customer that nobody had. Raises
    `Refused` when the facts are not valid. Publishes `LeadRecorded`.
    """
    hold_customer(customer)
    if customer.voided_at is not None:
        raise Refused(_l("This customer is void; restore it first."))
    facts = checked(facts, customer)
    stage = stage or first_stage()
    lead = Lead(
        customer_id=customer.id, customer=customer, industry=customer.industry,
        region=customer.region, owner_id=owner_id, owned_since=now, stage=stage, stage_since=now,
        status=rules.OPEN, last_activity_at=now, import_id=import_id, created_by_id=actor.id,
        created_at=now,
    )
    _write(lead, facts)
    db.session.add(lead)
    # What follows names the new id.
    db.session.flush()
    db.session.add(LeadMove(lead_id=lead.id, from_stage=None, to_stage=stage, at=now,
                            actor_id=actor.id))
    if owner_id is not None:
        _take_part(customer, owner_id, actor.id, now)
    note(customer.id, "lead.recorded", actor.id, now, lead_id=lead.id,
         text=lead.title, channel=lead.channel, owner_id=owner_id)
    touch_lead(lead, now)
    audit.record(actor.id, "lead.recorded", lead.ref, now, customer=customer.id, owner=owner_id)
    publish(LeadRecorded(lead.id, actor.id, owner_id))
    return lead


def first_stage() -> str:
    """Where a lead begins: the first stage in use."""
    stages = (entry.code for entry in vocabulary()["stage"].values() if entry.active)
    return next(stages, rules.FIRST_STAGE)


def _take_part(customer: Customer, owner_id: int, actor_id: int, now: datetime) -> None:
    if customer.owner_id is None:
        ownership.give(customer, owner_id, actor_id, now)
    else:
        ownership.join(customer, owner_id, REP, now)


def _write(lead: Lead, facts: LeadFacts) -> None:
    lead.title, lead.channel, lead.product = facts.title, facts.channel, facts.product
    lead.note, lead.competitors = facts.note, list(facts.competitors)
    lead.amount, lead.currency = facts.amount, facts.currency
    lead.expected_close, lead.contact_id = facts.expected_close, facts.contact_id


def correct_lead(
    actor: Actor, lead: Lead, facts: LeadFacts, reason: str, now: datetime, *, version: int
) -> bool:
    """Write down what is right over version `version`; False when nothing differs.

    Filling in what was blank needs no reason, changing what was known does; the old values stay
    in the timeline. Raises `Refused`, and `Stale` when `version` is not the present one.
    Publishes `LeadCorrected`.
    """
    hold_open(lead)
    if version != lead.version:
        raise Stale(lead.version)
    before, facts = lead.facts, checked(facts, lead.customer)
    if not (changed := changes(before, facts)):
        return False
    # The currency of an amount that nobody knew says nothing.
    known = {name: change for name, change in changed.items()
             if name != "currency" or before.amount is not None}
    if rules.needs_reason(known) and not line(reason):
        raise Refused(_l("You change what was known: say why, in a few words. The old values "
                         "stay visible."))
    _write(lead, facts)
    lead.version += 1
    lead.last_activity_at = now
    # The relationship still holds the contact of before.
    db.session.flush()
    db.session.expire(lead, ["contact"])
    note(lead.customer_id, "lead.corrected", actor.id, now, lead_id=lead.id,
         reason=reason, changes=_named(changed))
    audit.record(actor.id, "lead.corrected", lead.ref, now, fields=sorted(changed))
    publish(LeadCorrected(lead.id, actor.id, ",".join(changed)))
    return True


def _named(changed: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """The changes as the timeline keeps them: a contact by name, not by number."""
    named = dict(changed)
    if "contact_id" in named:
        ids = named.pop("contact_id")
        found = {each.id: each.name for each in db.session.scalars(
            select(Contact).where(Contact.id.in_([i for i in ids if i is not None])))}
        named["contact"] = [found.get(each, "") for each in ids]
    return named


def void_lead(
    actor: Actor, lead: Lead, reason: str, now: datetime, *, along: bool = False
) -> None:
    """It never was a lead: out of lists, boards and numbers, never gone; `restore_lead` undoes it.

    `along` says that its customer was declared void. Raises `Refused`. Publishes `LeadVoided`.
    """
    hold(lead)
    if lead.status == rules.VOID:
        return
    if not line(reason):
        raise Refused(_l("Say why this lead is void; whoever looks for it will read it."))
    before = {"status": lead.status, "closing_note": lead.closing_note,
              "closed_at": lead.closed_at.isoformat() if lead.closed_at else None,
              **kept_step(lead)}
    lead.status, lead.closed_at, lead.closing_note = rules.VOID, now, line(reason)[:500]
    lead.version += 1
    drop_step(lead, now)
    note(lead.customer_id, "lead.voided", actor.id, now, lead_id=lead.id,
         reason=reason, before=before, along=along)
    audit.record(actor.id, "lead.voided", lead.ref, now)
    publish(LeadVoided(lead.id, actor.id))


def restore_lead(actor: Actor, lead: Lead, now: datetime) -> None:
    """As it was before it was declared void, with the step that was planned; an open one whose
    owner has the customer no more goes to who has it. Raises `Refused`. Publishes
    `LeadRestored`."""
    hold_people([lead.owner_id])
    hold(lead)
    if lead.status != rules.VOID:
        return
    if lead.customer.voided_at is not None:
        raise Refused(_l("Its customer is void; restore the customer first."))
    before = _before_void(lead)
    closed_at = before.get("closed_at")
    lead.status = before.get("status", rules.OPEN)
    lead.closed_at = datetime.fromisoformat(closed_at) if closed_at else None
    lead.closing_note = before.get("closing_note", "")
    lead.version += 1
    lead.last_activity_at = now
    note(lead.customer_id, "lead.restored", actor.id, now, lead_id=lead.id)
    plan_again(lead, before, now)
    take_up(lead, actor.id, now)
    audit.record(actor.id, "lead.restored", lead.ref, now)
    publish(LeadRestored(lead.id, actor.id))


def _before_void(lead: Lead) -> dict[str, Any]:
    """What it was, as the timeline remembers."""
    newest = (
        select(TimelineEntry)
        .where(TimelineEntry.lead_id == lead.id, TimelineEntry.kind == "lead.voided")
        .order_by(TimelineEntry.id.desc()).limit(1)
    )
    entry = db.session.scalar(newest)
    return dict(entry.detail.get("before") or {}) if entry is not None else {}

