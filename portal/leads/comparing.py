"""Two versions of a lead side by side, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.customers.models import Customer
from portal.leads.content import LeadFacts, changes
from portal.leads.words import FIELDS, value_word


@dataclass(frozen=True)
class Difference:
    """A field that differs: as it stands, and as it was typed."""

    field: Any
    stands: str
    typed: str


def differences(stands: LeadFacts, typed: LeadFacts, customer: Customer) -> list[Difference]:
    """Every field in which they differ."""
    names = {each.id: each.name for each in customer.contacts}
    return [_difference(name, before, after, names)
            for name, (before, after) in changes(stands, typed).items()]


def _difference(name: str, stands: Any, typed: Any, contacts: Mapping[int, str]) -> Difference:
    if name == "contact_id":
        return Difference(FIELDS["contact"], contacts.get(stands, ""), contacts.get(typed, ""))
    return Difference(FIELDS[name], value_word(name, stands), value_word(name, typed))
