"""Record, correct, void and restore customers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from portal.core import audit
from portal.core.errors import Conflict, Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import block, line
from portal.customers.actions.activity import plan_contact
from portal.customers.actions.contacts import (
    add_contact,
    correct_contact,
    place_contact,
    restore_contact,
    tell_of_contact,
    void_contact,
)
from portal.customers.actions.holding import hold_file, hold_names, hold_with_deals
from portal.customers.actions.keys import hold_keys, release_keys
from portal.customers.actions.ownership import give
from portal.customers.actions.timeline import note
from portal.customers.content import ContactFacts, CustomerFacts, facts_of
from portal.customers.events import (
    CustomerCorrected,
    CustomerRecorded,
    CustomerRestored,
    CustomerVoided,
)
from portal.customers.models import Customer
from portal.customers.rules import changes, overwritten
from portal.extensions import db
from portal.people.rules import Actor

__all__ = ["add_contact", "correct_contact", "correct_customer", "record_customer",
           "restore_contact", "restore_customer", "void_contact", "void_customer"]


def record_customer(
    actor: Actor, facts: CustomerFacts, now: datetime, *, owner_id: int | None,
    contacts: Sequence[ContactFacts] = (),
) -> Customer:
    """A new customer with its owner (None: the pool) and contacts. Raises `Taken` when somebody
    has it already, `Refused` without a name. Publishes `CustomerRecorded`."""
    values = tidy(facts)
    if not values["name"]:
        raise Refused(_l("Write a name."))
    customer = Customer(
        **values, owned_since=now, last_activity_at=now, created_by_id=actor.id, created_at=now
    )
    db.session.add(customer)
    db.session.flush()
    placed = [place_contact(actor, customer, each, now) for each in contacts]
    hold_keys(customer, now)
    note(customer.id, "customer.recorded", actor.id, now, name=customer.name)
    audit.record(actor.id, "customer.recorded", customer.ref, now)
    for contact in placed:
        tell_of_contact(actor, contact, now)
    give(customer, owner_id, actor.id, now)
    publish(CustomerRecorded(customer.id, actor.id))
    return customer


def correct_customer(
    actor: Actor, customer: Customer, facts: CustomerFacts, reason: str, now: datetime, *,
    version: int,
) -> None:
    """Fill in or correct facts; changing what was known asks for a reason. Raises `Conflict` when
    somebody else corrected first, `Refused` without the reason, `Taken` when another customer has
    the name, phone or code."""
    hold_file(customer)
    if version != customer.version:
        raise Conflict(_l("Somebody else has changed this meanwhile."))
    after = tidy(facts)
    found = changes(facts_of(customer).values(), after)
    if not found:
        return
    if not after["name"]:
        raise Refused(_l("Write a name."))
    if after["introduced_by_id"] == customer.id:
        raise Refused(_l("A customer cannot introduce itself."))
    if overwritten(found) and not line(reason):
        raise Refused(_l("Say why what was known is wrong."))
    for name, value in after.items():
        setattr(customer, name, value)
    customer.version += 1
    db.session.flush()
    hold_keys(customer, now)
    if {"tier", "segment"} & set(found):
        plan_contact(customer, customer.last_activity_at)
    note(customer.id, "customer.corrected", actor.id, now, reason=reason, changes=found)
    audit.record(actor.id, "customer.corrected", customer.ref, now, fields=sorted(found))
    publish(CustomerCorrected(customer.id, actor.id, ",".join(sorted(found))))


def void_customer(actor: Actor, customer: Customer, reason: str, now: datetime) -> None:
    """It counts no more: its keys are free, its file stays. Raises `Refused` without a reason;
    reactions refuse while deals are open. Publishes `CustomerVoided`."""
    hold_names()
    hold_with_deals([customer])
    if customer.voided_at is not None:
        return
    if not line(reason):
        raise Refused(_l("Say why."))
    customer.voided_at, customer.void_reason = now, line(reason)[:500]
    customer.version += 1
    db.session.flush()
    release_keys(customer)
    note(customer.id, "customer.voided", actor.id, now, reason=reason)
    audit.record(actor.id, "customer.voided", customer.ref, now, reason=line(reason)[:500])
    publish(CustomerVoided(customer.id, actor.id))


def restore_customer(actor: Actor, customer: Customer, now: datetime) -> None:
    """It counts again. Raises `Taken` when somebody entered the same meanwhile."""
    hold_names()
    hold_with_deals([customer])
    if customer.voided_at is None:
        return
    customer.voided_at, customer.void_reason = None, ""
    customer.version += 1
    db.session.flush()
    hold_keys(customer, now)
    note(customer.id, "customer.restored", actor.id, now)
    audit.record(actor.id, "customer.restored", customer.ref, now)
    publish(CustomerRestored(customer.id, actor.id))


def tidy(facts: CustomerFacts) -> dict[str, Any]:
    """The values as the row keeps them: one line each, aliases once and without the name itself."""
    values = facts.values()
    for name, value in values.items():
        if isinstance(value, str):
            values[name] = block(value) if name == "note" else line(value)
    written = [line(alias) for alias in facts.aliases]
    values["aliases"] = [
        alias for alias in dict.fromkeys(written) if alias and alias != values["name"]
    ]
    values["credit_code"] = (values["credit_code"] or "").upper().replace(" ", "") or None
    return values
