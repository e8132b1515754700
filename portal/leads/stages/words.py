"""The words for what a stage asks for, who reviews, and how a review stands."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import format_decimal

from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.templating import day
from portal.customers.words import PARTS as PART_WORDS
from portal.customers.words import term_word
from portal.leads.stages import rules
from portal.leads.stages.rules import Words

KINDS: Mapping[str, Any] = {
    rules.TICK: _l("Done or not"), rules.TEXT: _l("Words"), rules.AMOUNT: _l("Amount"),
    rules.DATE: _l("Day"), rules.FIELD: _l("A field of the lead"),
}
FIELDS: Mapping[str, Any] = {
    "contact_id": _l("Contact"), "product": _l("Product"), "amount": _l("Expected amount"),
    "expected_close": _l("Expected close"), "competitors": _l("Competitors"),
    "contract_amount": _l("Contract amount"), "margin": _l("Margin"),
    "signed_on": _l("Signed on"),
}
GROUPS: Mapping[str, Any] = {rules.CHECK: _l("To be done"), rules.OUTPUT: _l("To hand over")}
ROLES: Mapping[str, Any] = {
    "rep": _l("Sales rep"), "manager": _l("Manager"), "product_expert": _l("Product expert"),
    "delivery_manager": _l("Delivery manager"),
}
# Word and tone.
STATES: Mapping[str, tuple[Any, str]] = {
    rules.ASKED: (_l("asked"), "blue"), rules.PASSED: (_l("passed"), "green"),
    rules.REFUSED: (_l("refused"), "red"), rules.WITHDRAWN: (_l("withdrawn"), "grey"),
    rules.EXPIRED: (_l("no longer valid: the lead went back"), "grey"),
}


def worded(words: Mapping[str, str] | None) -> str:
    """Words as they are stored, in the reader's language."""
    return Words(**(words or {})).in_(current_language())


def answer_word(kind: str, value: str) -> str:
    """A stored answer as people read it."""
    if not value:
        return _("taken back")
    if kind == rules.TICK:
        return _("completed")
    if kind == rules.AMOUNT:
        return str(format_decimal(value, "#,##0.##"))
    return day_word(value) if kind == rules.DATE else value


def day_word(value: str) -> str:
    """A stored day as people read it."""
    return day(date.fromisoformat(value))


def stage_word(code: str | None) -> str:
    return term_word("stage", code)


def part_word(part: str) -> str:
    return str(PART_WORDS.get(part, part))
