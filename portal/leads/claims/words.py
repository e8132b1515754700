"""Words of duplicate claims: their states and outcomes, and what was typed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.customers.words import (
    CONTACT_FIELDS,
    CUSTOMER_FIELDS,
    contact_value,
    customer_value,
)
from portal.leads.claims import rules
from portal.leads.claims.content import typed_of
from portal.leads.claims.models import Claim
from portal.leads.content import plain
from portal.leads.words import FIELDS, money, value_word

# Word and tone.
STATES: Mapping[str, tuple[Any, str]] = {
    rules.TYPED: (_l("Not sent yet"), "grey"), rules.SENT: (_l("Waits for a decision"), "amber"),
    rules.DECIDED: (_l("Decided"), "green"), rules.WITHDRAWN: (_l("Withdrawn"), "grey"),
}
OUTCOMES: Mapping[str, tuple[Any, str]] = {
    rules.MOVES: (_l("The customer goes to whoever claimed it"), "green"),
    rules.STAYS: (_l("The customer stays where it is"), "grey"),
    rules.TOGETHER: (_l("Both work together; the customer stays where it is"), "blue"),
    rules.BOTH: (_l("Two different companies"), "blue"),
}
KEYS: Mapping[str, Any] = {
    "name": _l("the name"), "phone": _l("the phone number"), "code": _l("the credit code"),
}
Rows = list[tuple[Any, str]]


def typed_groups(claim: Claim) -> Iterator[tuple[str, Rows]]:
    """Everything that was typed: the company, each of its people, the deal."""
    typed = typed_of(claim.typed)
    yield _("Company"), _rows(CUSTOMER_FIELDS, typed.customer.values(), customer_value)
    for contact in typed.contacts:
        yield _("Contact"), _rows(CONTACT_FIELDS, contact.values(), contact_value)
    if typed.lead is not None:
        lead = replace(typed.lead, amount=None)
        values = {name: plain(getattr(lead, name)) for name in lead.__dataclass_fields__
                  if name != "currency"}
        rows = _rows(FIELDS, values, value_word)
        if typed.lead.amount is not None:
            rows.append((FIELDS["amount"], money(typed.lead.amount, typed.lead.currency)))
        yield _("Deal"), rows


def key_words(claim: Claim) -> list[str]:
    """By what it was recognised."""
    found = dict.fromkeys(key.get("key", "") for key in claim.keys)
    return [str(KEYS[key]) for key in found if key in KEYS]


def _rows(labels: Mapping[str, Any], values: Mapping[str, Any], word: Any) -> Rows:
    return [(label, said) for name, label in labels.items()
            if (said := word(name, values.get(name)))]
