"""What an administrator decides about verification."""

from portal.cases.rules import DAYS_INTEL, DAYS_OTHER
from portal.core.i18n import lazy_gettext as _l
from portal.options.kinds import Whole
from portal.options.registry import Option

GROUP = _l("Trust in cases")

OPTIONS = (
    Option(
        "trust.days_intel", GROUP, _l("Market and competitor facts stay verified for"),
        DAYS_INTEL, Whole(1, 3650), unit=_l("days"),
        hint=_l("Prices and competitors change fast. A new number counts from the next "
                "verification on."),
    ),
    Option(
        "trust.days_other", GROUP, _l("All other cases stay verified for"), DAYS_OTHER,
        Whole(1, 3650), unit=_l("days"),
        hint=_l("Afterwards the owner is asked whether the case is still right. It ranks lower "
                "in search until somebody says so, and never vanishes."),
    ),
)
