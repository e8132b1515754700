"""What an administrator decides about money."""

from portal.core.i18n import lazy_gettext as _l
from portal.options.kinds import Whole
from portal.options.registry import Option

GROUP = _l("Money")
OPTIONS = (
    Option(
        "money.collect_days", GROUP, _l("Collected in time"), 60, Whole(1, 365), unit=_l("days"),
        hint=_l("Counted from the day of the bill. Receivables that are there keep their day."),
    ),
    Option(
        "money.collect_target", GROUP, _l("Share to collect in time"), 90, Whole(1, 100),
        unit=_l("%"), hint=_l("The target beside the collection rate."),
    ),
)
