"""Words of the pool: what the limits allow, and why somebody cannot take a lead."""

from datetime import date
from typing import Any

from flask_babel import format_date

from portal.core.i18n import gettext as _
from portal.leads.pool import rules
from portal.leads.pool.rules import Barrier, Holding, Limits


def allowance(holding: Holding, limits: Limits) -> str:
    """What a person has used of what they may take."""
    return _("%(today)d of %(daily)d claimed today, %(held)d of %(cap)d leads held",
             today=holding.today, daily=limits.daily, held=holding.held, cap=limits.cap)


def why_not(barrier: Barrier, limits: Limits) -> str:
    """What stands in the way of a claim, and from when on it does not."""
    if barrier.why == rules.FORMER:
        return _("This lead was yours before. You may claim it again from %(day)s; until then "
                 "others come first.", day=_day(barrier.free_on))
    if barrier.why == rules.CAP:
        return _("You have %(cap)d open leads, which is the most. Close or return one first.",
                 cap=limits.cap)
    return _("You have claimed %(daily)d leads today, which is the most. The next one is possible "
             "on %(day)s.", daily=limits.daily, day=_day(barrier.free_on))


def _day(day: date | None) -> Any:
    return format_date(day, "medium") if day else ""
