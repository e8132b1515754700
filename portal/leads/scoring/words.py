"""The words for what a score is made of."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import format_decimal

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.leads.scoring import rules

DIMENSIONS: Mapping[str, Any] = {
    rules.BUDGET: _l("Budget"), rules.CHAIN: _l("Decision chain"), rules.URGENCY: _l("Urgency"),
    rules.INDUSTRY: _l("Industry"), rules.SIZE: _l("Company size"), rules.REGION: _l("Region"),
}
# From the least to the most.
LEVELS: Mapping[str, Sequence[Any]] = {
    rules.BUDGET: (_l("No budget"), _l("Money is meant to come, no figure"),
                   _l("A figure is named"), _l("Budget is approved")),
    rules.CHAIN: (_l("Nobody knows who decides"), _l("We know one user"),
                  _l("We know who decides and who has a say"),
                  _l("We talk to whoever decides")),
    rules.URGENCY: (_l("Just looking"), _l("Some day this year"), _l("Within three months"),
                    _l("There is a date they must keep")),
}
GRADES: Mapping[int, Any] = {
    rules.GOOD: _l("Fits well"), rules.FAIR: _l("Fits fairly"), rules.POOR: _l("Fits badly"),
}


def level_word(dimension: str, level: int | None) -> str:
    """An answer in words."""
    levels = LEVELS.get(dimension, ())
    if level is None or not 0 <= level < len(levels):
        return _("not known yet")
    return str(levels[level])


def grade_word(value: int | None) -> str:
    """How well something fits, in words."""
    return _("not known yet") if value is None else str(GRADES.get(value, value))


def employees_word(employees: int) -> str:
    return _("%(count)s employees", count=format_decimal(employees))
