"""Words of the pool: what the limits allow, and why somebody cannot take a lead."""

from datetime import date, datetime

from flask_babel import format_date

from portal.cases.alerts.words import left_word as hours_word
from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext
from portal.core.templating import exact
from portal.customers.words import listed, term_word
from portal.leads.models import Lead
from portal.leads.pool import rules
from portal.leads.pool.models import AllocationRule, PoolStep
from portal.leads.pool.options import idle_terms
from portal.leads.pool.rules import Barrier, Holding, Limits
from portal.leads.rules import RETURNED
from portal.leads.words import why_word
from portal.people.models import User
from portal.workdays.queries import calendar


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


def former_waits(person: User, day: date) -> str:
    """Why a manager cannot give a lead of the pool to who had it last."""
    return _("%(name)s had it before and may have it again from %(day)s.", name=person.name,
             day=_day(day))


def _day(day: date | None) -> str:
    return format_date(day, "medium") if day else ""


def due_word(lead: Lead) -> str:
    """Until when the customer must have been contacted."""
    return exact(lead.response_due_at) if lead.response_due_at else ""


def left_word(lead: Lead, now: datetime) -> str:
    """How much working time is left for the first contact, or by how much it is late."""
    if lead.response_due_at is None:
        return ""
    return hours_word(calendar().hours_between(now, lead.response_due_at))


def back_word(step: PoolStep | None) -> str:
    """Why a lead is in the pool."""
    if step is None:
        return _("New in the pool")
    if step.what == rules.IDLE:
        days = int(step.before.get("days", 0))
        return ngettext("Nothing was done for %(num)d day", "Nothing was done for %(num)d days",
                        days)
    return step.reason or why_word(step.before.get("why", RETURNED))


def goes_back_word(lead: Lead) -> str:
    """The day on which an idle lead goes back unless something is done."""
    if lead.idle_warned_at is None:
        return ""
    day = rules.goes_back_on(clock.local_day(lead.idle_warned_at), idle_terms().return_days)
    return _day(day)


def rule_word(rule: AllocationRule) -> str:
    """What a rule asks for, in a line."""
    asked = [
        listed([term_word(name, code) for code in codes])
        for name, codes in (("region", rule.regions), ("industry", rule.industries),
                            ("channel", rule.channels), ("product", rule.products)) if codes
    ]
    return " · ".join(asked) if asked else _("Every lead")


def traits_word(lead: Lead) -> str:
    """What rules look at, in a line."""
    return " · ".join(term_word(name, getattr(lead, name))
                      for name in ("region", "industry", "channel", "product")
                      if getattr(lead, name))
