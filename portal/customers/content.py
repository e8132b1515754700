"""What a customer's file says, as plain values: forms, imports and corrections use the same."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from portal.customers.models import Contact, Customer


@dataclass(frozen=True)
class CustomerFacts:
    """The facts of a customer as somebody gave them; codes are those of the editable lists."""

    name: str
    aliases: tuple[str, ...] = ()
    credit_code: str | None = None
    phone: str = ""
    industry: str | None = None
    region: str | None = None
    employees: int | None = None
    website: str = ""
    address: str = ""
    note: str = ""
    tier: str = "C"
    segment: str = ""
    introduced_by_id: int | None = None

    def values(self) -> dict[str, Any]:
        """Field by field, as the row keeps them."""
        return {**asdict(self), "aliases": list(self.aliases)}


@dataclass(frozen=True)
class ContactFacts:
    """What is known of a person at a customer."""

    name: str
    job_title: str = ""
    phone: str = ""
    email: str = ""
    wechat: str = ""
    decision_role: str = ""
    birth_year: int | None = None
    birth_month: int | None = None
    birth_day: int | None = None
    preferences: str = ""

    def values(self) -> dict[str, Any]:
        """Field by field, as the row keeps them."""
        return asdict(self)


def facts_of(customer: Customer) -> CustomerFacts:
    """What the file says now."""
    kept: Mapping[str, Any] = {
        name: getattr(customer, name) for name in CustomerFacts.__dataclass_fields__
    }
    return CustomerFacts(**{**kept, "aliases": tuple(customer.aliases)})


def contact_facts_of(contact: Contact) -> ContactFacts:
    """What is known of the person now."""
    return ContactFacts(**{
        name: getattr(contact, name) for name in ContactFacts.__dataclass_fields__
    })
