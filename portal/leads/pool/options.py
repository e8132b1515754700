"""What an administrator decides about the pool: limits, the time to answer, and idle leads."""

from portal.core.i18n import lazy_gettext as _l
from portal.leads.pool.rules import IdleTerms, Limits
from portal.options.kinds import Choice, Whole
from portal.options.queries import value
from portal.options.registry import Option

_GROUP = _l("Lead pool")
OWNER_ALONE, WITH_MANAGER = "owner", "manager"

OPTIONS = (
    Option("pool.daily_limit", _GROUP, _l("Leads one person may claim in a day"), 5,
           Whole(1, 1000)),
    Option("pool.cap", _GROUP, _l("Open leads one person may have"), 50, Whole(1, 100_000),
           hint=_l("Whoever has so many can claim no more, and is skipped when leads are handed "
                   "out. What a person records stays theirs in any case.")),
    Option("pool.wait_days", _GROUP, _l("How long the former owner waits"), 7, Whole(0, 365),
           unit=_l("days"),
           hint=_l("So long who had a lead before cannot claim it again.")),
    Option("pool.answer_hours", _GROUP, _l("Time for the first contact"), 8, Whole(1, 200),
           unit=_l("working hours"),
           hint=_l("From the moment somebody is given a lead or claims it.")),
    Option("pool.soon_hours", _GROUP, _l("Remind of the first contact"), 2, Whole(0, 100),
           unit=_l("working hours before")),
    Option("pool.idle_days", _GROUP, _l("Warn when nothing was done for"), 30, Whole(1, 3650),
           unit=_l("days")),
    Option("pool.return_days", _GROUP, _l("From the warning until the lead goes back"), 7,
           Whole(1, 365), unit=_l("days")),
    Option("pool.keep_from", _GROUP, _l("Leads that never go back by themselves"), 90,
           Whole(0, 101), unit=_l("percent probability of the stage, and more"),
           hint=_l("90 is a signed contract; 101 lets every idle lead go back.")),
    Option("pool.warns", _GROUP, _l("Who is warned of an idle lead"), OWNER_ALONE,
           Choice({OWNER_ALONE: _l("The owner"),
                   WITH_MANAGER: _l("The owner and their line manager")})),
)


def limits() -> Limits:
    return Limits(value("pool.daily_limit"), value("pool.cap"), value("pool.wait_days"))


def idle_terms() -> IdleTerms:
    return IdleTerms(value("pool.idle_days"), value("pool.return_days"), value("pool.keep_from"))
