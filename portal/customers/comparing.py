"""What differs between a file and what somebody typed, in words."""

from collections.abc import Mapping
from typing import Any

from portal.core.i18n import gettext as _
from portal.customers.actions.contacts import tidy as tidy_contact
from portal.customers.actions.customers import tidy
from portal.customers.content import ContactFacts, CustomerFacts, contact_facts_of, facts_of
from portal.customers.models import Contact, Customer
from portal.customers.rules import changes, overwritten
from portal.customers.timeline.kinds import kind_of
from portal.customers.timeline.showing import Change
from portal.people.rules import Actor
from portal.reminders.subjects import about

Found = Mapping[str, list[Any]]


def introducer(actor: Actor, customer: Customer) -> str:
    """The name of who introduced them, for whoever may read it."""
    if customer.introduced_by_id is None:
        return ""
    known = about(actor, [f"customer:{customer.introduced_by_id}"])
    return known[f"customer:{customer.introduced_by_id}"].title if known else _("another customer")


def differing(customer: Customer, facts: CustomerFacts) -> Found:
    """Every fact that is typed otherwise than it stands in the file: `[file, typed]`."""
    return changes(facts_of(customer).values(), tidy(facts))


def differing_contact(contact: Contact, facts: ContactFacts) -> Found:
    """The same of a contact."""
    return changes(contact_facts_of(contact).values(), tidy_contact(facts))


def known_before(found: Found) -> Found:
    """Those of the differences that ask for a reason."""
    return {name: found[name] for name in overwritten(found)}


def in_words(kind: str, found: Found) -> list[Change]:
    """The differences as the timeline would word them."""
    words = kind_of(kind)
    return [
        Change(words.fields.get(name, name), words.value(name, before), words.value(name, after))
        for name, (before, after) in found.items()
    ]
