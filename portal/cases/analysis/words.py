"""What the dimensions of the analysis and their values are called."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from flask_babel import format_date

from portal.cases import words
from portal.cases.analysis.counting import UNSAID
from portal.cases.analysis.periods import Period
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.templating import day
from portal.lists.queries import vocabulary

NAMES: Mapping[str, Any] = {
    "outcome": _l("Outcome"), "product": _l("Product"), "industry": _l("Industry"),
    "region": _l("Region"), "competitor": _l("Competitor"), "stage": _l("Stage reached"),
    "amount": _l("Amount"), "reason": _l("Main reason"), "also": _l("Contributing reason"),
    "role": _l("Whom we reached"), "gap": _l("Price gap"), "month": _l("Month"),
    "quarter": _l("Quarter"), "year": _l("Year"), "cycle": _l("Sales cycle"),
}
OUTCOMES: Mapping[str, Any] = {"win": _l("Won"), "loss": _l("Lost")}
PERIODS: Mapping[str, Any] = {
    "12m": _l("Last 12 months"), "month": _l("This month"), "quarter": _l("This quarter"),
    "half": _l("This half-year"), "year": _l("This year"), "all": _l("All time"),
    "custom": _l("From … to …"),
}
GAPS: Mapping[str, Any] = {
    "below": _l("At least 5 % below theirs"), "same": _l("Less than 5 % apart"),
    "to10": _l("5 to 10 % above theirs"), "to20": _l("10 to 20 % above theirs"),
    "above20": _l("At least 20 % above theirs"),
}
FIXED: Mapping[str, Mapping[str, Any]] = {
    "outcome": OUTCOMES, "gap": GAPS, "amount": words.AMOUNT_BANDS, "role": words.DECISION_ROLES,
    "cycle": {"known": _l("Days stated")},
}
LISTS: Mapping[str, str] = {
    "product": "product", "industry": "industry", "region": "region", "stage": "stage",
    "reason": "reason", "also": "reason",
}


def word(dimension: str, value: str, spellings: Mapping[str, str]) -> str:
    """A value in the reader's language."""
    if value == UNSAID:
        return _("None named") if dimension in ("competitor", "also", "role") else _("Not stated")
    if dimension in LISTS:
        entry = vocabulary()[LISTS[dimension]].get(value)
        return entry.label(current_language()) if entry else value
    if dimension in FIXED:
        return str(FIXED[dimension].get(value, value))
    if dimension == "month":
        return _month(current_language(), value)
    return spellings.get(value, value) if dimension == "competitor" else value


@lru_cache(maxsize=1024)
def _month(language: str, code: str) -> str:
    try:
        first = date.fromisoformat(f"{code}-01")
    except ValueError:
        return code
    return str(format_date(first, "yyyy年M月" if language == "zh" else "MMM yyyy", rebase=False))


def span(period: Period) -> str:
    """The days of a span, in words."""
    if period.name == "all":
        return _("All time")
    return _("%(first)s to %(last)s", first=day(period.start), last=day(period.last))
