"""What a person writes about a lead, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from portal.leads.rules import CURRENCY


@dataclass(frozen=True)
class LeadFacts:
    """One deal: what they want, where it came from, and what is known of it so far.

    `channel` and `product` are codes of the editable lists; `contact_id` is one of the
    customer's contacts.
    """

    title: str
    channel: str = "other"
    product: str | None = None
    note: str = ""
    competitors: tuple[str, ...] = ()
    amount: Decimal | None = None
    currency: str = CURRENCY
    expected_close: date | None = None
    contact_id: int | None = None


# The fields of a lead that a correction may change, in the order in which they are shown.
FIELDS = ("title", "channel", "product", "amount", "currency", "expected_close", "contact_id",
          "competitors", "note")


def plain(value: Any) -> Any:
    """A value as it stands in the detail of a timeline entry."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def changes(before: LeadFacts, after: LeadFacts) -> Mapping[str, list[Any]]:
    """Field → what it was and what it is, of those that differ."""
    return {
        name: [plain(getattr(before, name)), plain(getattr(after, name))]
        for name in FIELDS if getattr(before, name) != getattr(after, name)
    }
