"""What the department says about its working time."""

from portal.core.i18n import lazy_gettext as _l
from portal.options.registry import Option
from portal.workdays.hours import Hours, Weekdays

GROUP = _l("Working time")

OPTIONS = (
    Option(
        "workdays.hours", GROUP, _l("Working hours"), ((540, 720), (810, 1080)), Hours(),
        hint=_l("Deadlines in working hours run only inside them. Such as 09:00-12:00, "
                "13:30-18:00."),
    ),
    Option(
        "workdays.weekdays", GROUP, _l("Days worked in a week"), frozenset(range(5)), Weekdays(),
        hint=_l("Holidays and make-up days are in the working calendar."),
    ),
)
