"""Answering what a stage asks for: in answers of its own, or in the fields of the lead."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from portal.core import audit, clock
from portal.core.amounts import TROUBLE as AMOUNT_TROUBLE
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import block
from portal.customers.actions.timeline import note
from portal.extensions import db
from portal.leads import rules as lead_rules
from portal.leads.actions.activity import touch_lead
from portal.leads.actions.holding import hold_open
from portal.leads.actions.leads import correct_lead
from portal.leads.models import Lead
from portal.leads.stages.models import StageAnswer
from portal.leads.stages.queries import answered_of, stage_map
from portal.leads.stages.reading import Unreadable, read_answer
from portal.leads.stages.rules import AMOUNT, DATE, FIELD, Item, Stage
from portal.people.rules import Actor

# How each field of a lead is typed; those that are not named are codes or words.
FIELD_KINDS = {"amount": AMOUNT, "contract_amount": AMOUNT, "margin": AMOUNT,
               "expected_close": DATE, "signed_on": DATE}
# These belong to the contract and not to what a correction of the lead may change.
OF_CONTRACT = ("contract_amount", "margin", "signed_on")
TROUBLE: Mapping[str, Any] = {
    "long": _l("At most 2,000 characters."),
    **AMOUNT_TROUBLE,
    "currency": _l("This amount is in another currency than the deal."),
    "date": _l("Write a day such as 2026-10-08."),
}


class Invalid(Refused):
    """Some answers cannot be read; `errors` says which and why. Nothing was kept."""

    def __init__(self, errors: Mapping[str, Any]) -> None:
        super().__init__(_l("Nothing was saved. Please correct what is marked."))
        self.errors = errors


def key_of(stage: str, item: str) -> str:
    """The name under which an answer travels."""
    return f"{stage}.{item}"


def answer_items(actor: Actor, lead: Lead, answers: Mapping[str, str], now: datetime) -> bool:
    """Keep what was typed, "stage.item" → text; whether anything is new. A text that is empty
    takes an answer back; names that no stage knows are left aside.

    Raises `Refused`, and `Invalid` for what cannot be read.
    """
    hold_open(lead)
    asked = {key_of(stage.code, item.key): (stage, item)
             for stage in stage_map() for item in stage.content.items}
    read, errors = _read(lead, asked, answers)
    if errors:
        raise Invalid(errors)
    fields = {asked[key][1].field: value for key, value in read.items()
              if asked[key][1].kind == FIELD and value}
    kept = {asked[key]: value for key, value in read.items() if asked[key][1].kind != FIELD}
    said = _keep(actor, lead, kept, now)
    complete_lead(actor, lead, fields, now)
    if said:
        note(lead.customer_id, "lead.answered", actor.id, now, lead_id=lead.id, subject=lead.ref,
             items=said)
        audit.record(actor.id, "lead.answered", lead.ref, now, items=len(said))
        touch_lead(lead, now)
    return bool(said or fields)


def _read(
    lead: Lead, asked: Mapping[str, tuple[Stage, Item]], answers: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, Any]]:
    """The answers as they are stored, and what is wrong with the others."""
    read: dict[str, str] = {}
    errors: dict[str, Any] = {}
    for key, typed in answers.items():
        if key not in asked:
            continue
        item = asked[key][1]
        kind = FIELD_KINDS.get(item.field, "text") if item.kind == FIELD else item.kind
        try:
            read[key] = read_answer(kind, block(typed), lead.currency)
        except Unreadable as trouble:
            errors[key] = TROUBLE[trouble.code]
            continue
        if item.field == "signed_on" and read[key] > clock.local_day(clock.now()).isoformat():
            errors[key] = _l("This day has not come yet.")
        elif item.field == "competitors" and len(_names(read[key])) > lead_rules.MOST_COMPETITORS:
            errors[key] = _l("At most 10 competitors, each with at most 80 characters.")
    return read, errors


def _keep(
    actor: Actor, lead: Lead, kept: Mapping[tuple[Stage, Item], str], now: datetime
) -> list[list[Any]]:
    """Append the answers that differ from the newest; their words and values for the timeline."""
    newest = answered_of(lead).newest if kept else {}
    said: list[list[Any]] = []
    for (stage, item), value in kept.items():
        before = newest.get((stage.code, item.key))
        if value == (before.value if before else ""):
            continue
        words = {"zh": item.words.zh, "en": item.words.en}
        db.session.add(StageAnswer(
            lead_id=lead.id, stage=stage.code, item=item.key, words=words, kind=item.kind,
            value=value, answered_by_id=actor.id, answered_at=now,
        ))
        said.append([words, item.kind, value])
    # Whoever looks next in this transaction must find them.
    db.session.flush()
    return said


def complete_lead(actor: Actor, lead: Lead, fields: Mapping[str, str], now: datetime) -> None:
    """Fill in fields of the lead that were blank. Raises `Refused`."""
    facts = lead.facts
    for name, value in fields.items():
        if name not in OF_CONTRACT:
            facts = replace(facts, **{name: _value(name, value)})
    correct_lead(actor, lead, facts, "", now, version=lead.version)
    contract = {name: value for name, value in fields.items()
                if name in OF_CONTRACT and getattr(lead, name) is None}
    for name, value in contract.items():
        setattr(lead, name, _value(name, value))
    if contract:
        note(lead.customer_id, "lead.contract_noted", actor.id, now, lead_id=lead.id,
             subject=lead.ref, changes={name: [None, value] for name, value in contract.items()})
        audit.record(actor.id, "lead.contract_noted", lead.ref, now, fields=sorted(contract))
        touch_lead(lead, now)


def _value(name: str, value: str) -> Any:
    """A stored answer as the lead holds it."""
    if name == "competitors":
        return _names(value)
    if name == "contact_id":
        if not value.isdecimal():
            raise Refused(_l("Choose one of the contacts."))
        return int(value)
    kind = FIELD_KINDS.get(name)
    if kind == AMOUNT:
        return Decimal(value)
    return date.fromisoformat(value) if kind == DATE else value


def _names(value: str) -> tuple[str, ...]:
    """Names between commas or line ends, Chinese ones too."""
    for sign in "，、;；\n":
        value = value.replace(sign, ",")
    return tuple(name.strip() for name in value.split(",") if name.strip())
