"""The words for what a lead is, and amounts as people read them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import format_decimal

from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.customers.words import listed, term_word
from portal.leads import rules
from portal.leads.models import Lead

# Word and tone.
STATUSES: Mapping[str, tuple[Any, str]] = {
    rules.OPEN: (_l("Open deal"), "blue"), rules.WON: (_l("Won"), "green"),
    rules.LOST: (_l("Lost"), "red"), rules.ABANDONED: (_l("Abandoned"), "grey"),
    rules.VOID: (_l("Void"), "grey"),
}
WHYS: Mapping[str, Any] = {
    rules.HANDED: _l("Handed over by a manager"), rules.ALLOCATED: _l("By the allocation rules"),
    rules.CLAIMED: _l("Claimed from the pool"),
    rules.ARBITRATED: _l("Decided after a duplicate claim"),
    rules.RETURNED: _l("Given back"), rules.IDLE: _l("Nothing happened for too long"),
    rules.UNANSWERED: _l("Not answered in time"), rules.LEFT: _l("The owner left"),
    rules.IMPORTED: _l("By an import"), rules.ALONG: _l("Together with the customer"),
    rules.UNDONE: _l("Taken back"),
    rules.UNDONE: _l("Taken back"),
}
FIELDS: Mapping[str, Any] = {
    "title": _l("What they want"), "channel": _l("Channel"), "product": _l("Product"),
    "amount": _l("Expected amount"), "currency": _l("Currency"),
    "expected_close": _l("Expected close"), "contact": _l("Contact"),
    "competitors": _l("Competitors"), "note": _l("Note"),
}
CURRENCY_SIGNS = {"CNY": "¥"}


def lead_title(customer: str, title: str) -> str:
    """What a lead is called where its customer is not named beside it."""
    return f"{customer} · {title}"


def title_of(lead: Lead) -> str:
    return lead_title(lead.customer.name, lead.title)


def money(amount: Decimal | None, currency: str = rules.CURRENCY) -> str:
    """An amount as people say it: with 万 and 亿 in Chinese, whole units otherwise; empty when
    nobody knows it."""
    if amount is None:
        return ""
    sign = CURRENCY_SIGNS.get(currency, f"{currency} ")
    if current_language() == "zh" and abs(amount) >= 100_000_000:
        return f"{sign}{format_decimal(amount / 100_000_000, '#,##0.##')} 亿"
    if current_language() == "zh" and abs(amount) >= 10_000:
        return f"{sign}{format_decimal(amount / 10_000, '#,##0.##')} 万"
    return f"{sign}{format_decimal(amount, '#,##0.##')}"


def value_word(name: str, value: Any) -> str:
    """A fact of a lead in words."""
    if name in ("channel", "product"):
        return term_word(name, value)
    if isinstance(value, list):
        return listed([str(each) for each in value])
    if name == "amount" and value is not None:
        return format_decimal(Decimal(value), "#,##0.##")
    return "" if value is None else str(value)


def why_word(why: str) -> str:
    return str(WHYS.get(why, why))


def moved_word(names: list[str], why: str) -> str:
    """From whom to whom a lead went, and why."""
    former, owner = [*names, "", ""][:2]
    if former and owner:
        said = _("Handed over from %(before)s to %(after)s", before=former, after=owner)
    elif owner:
        said = _("%(name)s has it now", name=owner)
    else:
        said = _("Returned to the pool by %(name)s", name=former) if former else _(
            "Returned to the pool")
    return _("%(what)s (%(why)s)", what=said, why=why_word(why)) if why else said
