"""The words for money."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import format_decimal

from portal.core.i18n import lazy_gettext as _l
from portal.leads.money import rules

# Word and tone.
STATES: Mapping[str, tuple[Any, str]] = {
    rules.OVERDUE: (_l("Overdue"), "red"), rules.SOON: (_l("Due soon"), "amber"),
    rules.LATER: (_l("Not due yet"), "blue"), rules.PAID: (_l("Paid"), "green"),
    rules.VOID: (_l("Void"), "grey"),
}
LISTS: Mapping[str, Any] = {
    "overdue": _l("Overdue"), "open": _l("All open"), "paid": _l("Paid"),
}
FIELDS: Mapping[str, Any] = {
    "label": _l("What for"), "amount": _l("Amount"), "billed_on": _l("Billed on"),
    "due_on": _l("Due on"), "contract_amount": _l("Contract amount"), "margin": _l("Margin"),
    "signed_on": _l("Signed on"),
}
AMOUNTS = ("amount", "contract_amount", "margin")


def value_word(name: str, value: Any) -> str:
    """A fact about money in words."""
    if name in AMOUNTS and value:
        return str(format_decimal(Decimal(value), "#,##0.##"))
    return "" if value is None else str(value)
