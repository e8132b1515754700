"""What an administrator decides about care."""

from portal.core.i18n import lazy_gettext as _l
from portal.leads.care.rules import Limits
from portal.options.kinds import Whole
from portal.options.queries import value
from portal.options.registry import Option

GROUP = _l("Care of customers")
OPTIONS = (
    Option("care.days_ahead", GROUP, _l("Tell of birthdays and anniversaries"), 2, Whole(0, 30),
           unit=_l("days before")),
    Option("care.training_days", GROUP, _l("Train a new customer within"), 30, Whole(1, 365),
           unit=_l("days"), hint=_l("Counted from the day the first contract was signed.")),
    Option("care.win_back_days", GROUP, _l("Try to win a lost customer back after"), 90,
           Whole(1, 730), unit=_l("days")),
    Option("care.quiet_days", GROUP, _l("Churn warning: nothing was done for"), 60, Whole(7, 730),
           unit=_l("days")),
    Option("care.renewal_days", GROUP, _l("Churn warning: the contract must be renewed within"),
           30, Whole(1, 365), unit=_l("days"),
           hint=_l("Only when no deal is open with the customer.")),
    Option("care.complaints", GROUP, _l("Churn warning: open complaints in 90 days"), 2,
           Whole(1, 50), unit=_l("complaints")),
    Option("care.nps", GROUP, _l("Churn warning: last NPS answer not above"), 6, Whole(0, 10),
           unit=_l("points")),
)


def limits() -> Limits:
    """From where on a customer may be about to leave."""
    return Limits(quiet_days=value("care.quiet_days"), renewal_days=value("care.renewal_days"),
                  complaints=value("care.complaints"), nps=value("care.nps"))
