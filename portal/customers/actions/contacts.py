"""Record, correct and void the people at a customer."""

from datetime import datetime
from typing import Any

from portal.core import audit
from portal.core.errors import Conflict, Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import block, line
from portal.customers.actions.holding import hold_file
from portal.customers.actions.keys import hold_keys
from portal.customers.actions.timeline import note
from portal.customers.content import ContactFacts, contact_facts_of
from portal.customers.events import ContactCorrected, ContactRecorded, ContactVoided
from portal.customers.models import Contact, Customer
from portal.customers.rules import changes, overwritten
from portal.extensions import db
from portal.people.rules import Actor


def add_contact(
    actor: Actor, customer: Customer, facts: ContactFacts, now: datetime
) -> Contact:
    """A new contact; its phones become keys of the customer. Raises `Taken` and `Refused`."""
    hold_file(customer)
    contact = place_contact(actor, customer, facts, now)
    hold_keys(customer, now)
    tell_of_contact(actor, contact, now)
    return contact


def place_contact(
    actor: Actor, customer: Customer, facts: ContactFacts, now: datetime
) -> Contact:
    """The row alone, for whoever holds the keys afterwards and then tells of it."""
    contact = Contact(customer=customer, created_by_id=actor.id, created_at=now, **tidy(facts))
    if not contact.name:
        raise Refused(_l("Write a name."))
    db.session.add(contact)
    # What follows names the new id.
    db.session.flush()
    return contact


def tell_of_contact(actor: Actor, contact: Contact, now: datetime) -> None:
    """The timeline, the audit log and the other rooms learn of a new contact."""
    note(contact.customer_id, "contact.recorded", actor.id, now, subject=contact_ref(contact),
         name=contact.name, job_title=contact.job_title)
    audit.record(actor.id, "contact.recorded", contact.customer.ref, now, contact_id=contact.id)
    publish(ContactRecorded(contact.id, contact.customer_id, actor.id))


def correct_contact(
    actor: Actor, contact: Contact, facts: ContactFacts, reason: str, now: datetime, *,
    version: int,
) -> None:
    """Fill in or correct what is known; changing what was known asks for a reason. Raises
    `Conflict` when somebody else corrected first, `Refused` and `Taken`."""
    _hold(contact)
    if version != contact.version:
        raise Conflict(_l("Somebody else has changed this meanwhile."))
    after = tidy(facts)
    found = changes(contact_facts_of(contact).values(), after)
    if not found:
        return
    if overwritten(found) and not line(reason):
        raise Refused(_l("Say why what was known is wrong."))
    for name, value in after.items():
        setattr(contact, name, value)
    contact.version += 1
    db.session.flush()
    hold_keys(contact.customer, now)
    note(contact.customer_id, "contact.corrected", actor.id, now, subject=contact_ref(contact),
         reason=reason, name=contact.name, changes=found)
    audit.record(actor.id, "contact.corrected", contact.customer.ref, now, contact_id=contact.id,
                 fields=sorted(found))
    publish(ContactCorrected(contact.id, contact.customer_id, actor.id))


def void_contact(actor: Actor, contact: Contact, reason: str, now: datetime) -> None:
    """The person left, or never was there; what happened with them stays. Raises `Refused`."""
    _hold(contact)
    if contact.voided_at is not None:
        return
    if not line(reason):
        raise Refused(_l("Say why."))
    contact.voided_at, contact.void_reason = now, line(reason)[:500]
    contact.version += 1
    db.session.flush()
    hold_keys(contact.customer, now)
    note(contact.customer_id, "contact.voided", actor.id, now, subject=contact_ref(contact),
         reason=reason, name=contact.name)
    audit.record(actor.id, "contact.voided", contact.customer.ref, now, contact_id=contact.id,
                 reason=line(reason)[:500])
    publish(ContactVoided(contact.id, contact.customer_id, actor.id))


def restore_contact(actor: Actor, contact: Contact, now: datetime) -> None:
    """The contact counts again. Raises `Taken` when somebody else has the phone by now."""
    _hold(contact)
    if contact.voided_at is None:
        return
    contact.voided_at, contact.void_reason = None, ""
    contact.version += 1
    db.session.flush()
    hold_keys(contact.customer, now)
    note(contact.customer_id, "contact.restored", actor.id, now, subject=contact_ref(contact),
         name=contact.name)
    audit.record(actor.id, "contact.restored", contact.customer.ref, now, contact_id=contact.id)
    publish(ContactCorrected(contact.id, contact.customer_id, actor.id))


def _hold(contact: Contact) -> None:
    """Nobody else changes the file with its contacts; what is decided on is read anew."""
    hold_file(contact.customer)
    db.session.refresh(contact)


def contact_ref(contact: Contact) -> str:
    return f"contact:{contact.id}"


def tidy(facts: ContactFacts) -> dict[str, Any]:
    """The values as the row keeps them."""
    values = facts.values()
    for name, value in values.items():
        if isinstance(value, str):
            values[name] = block(value) if name == "preferences" else line(value)
    return values
