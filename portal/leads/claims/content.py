"""What was typed and blocked, as plain values that JSON can hold, and back again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from portal.customers.content import ContactFacts, CustomerFacts
from portal.leads.content import LeadFacts, plain


@dataclass(frozen=True)
class Typed:
    """A form for a new lead as it was: the company, its people, and the deal."""

    customer: CustomerFacts
    contacts: tuple[ContactFacts, ...] = ()
    lead: LeadFacts | None = None

    def values(self) -> dict[str, Any]:
        """As a claim keeps it."""
        lead = {} if self.lead is None else {
            name: plain(getattr(self.lead, name)) for name in LeadFacts.__dataclass_fields__}
        return {"customer": self.customer.values(),
                "contacts": [contact.values() for contact in self.contacts], "lead": lead}


def typed_values(
    customer: CustomerFacts, contacts: Sequence[ContactFacts] = (), lead: LeadFacts | None = None
) -> dict[str, Any]:
    """What `open_claim` keeps of these facts."""
    return Typed(customer, tuple(contacts), lead).values()


def typed_of(values: Mapping[str, Any]) -> Typed:
    """What a claim holds. A field that is no longer known is left out."""
    customer = _known(CustomerFacts, values.get("customer") or {})
    customer["aliases"] = tuple(customer.get("aliases") or ())
    customer.setdefault("name", "")
    lead = _known(LeadFacts, values.get("lead") or {})
    return Typed(
        CustomerFacts(**customer),
        tuple(ContactFacts(**_known(ContactFacts, each)) for each in values.get("contacts") or ()
              if each.get("name")),
        _lead(lead) if lead.get("title") else None,
    )


def _lead(values: dict[str, Any]) -> LeadFacts:
    amount, close = values.get("amount"), values.get("expected_close")
    return LeadFacts(**{
        **values, "competitors": tuple(values.get("competitors") or ()),
        "amount": Decimal(str(amount)) if amount is not None else None,
        "expected_close": date.fromisoformat(close) if close else None,
    })


def _known(facts: type[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in facts.__dataclass_fields__}
