"""What an administrator decides about difficulty alerts."""

from portal.core.i18n import lazy_gettext as _l
from portal.options.kinds import Whole
from portal.options.registry import Option

OPTIONS = (
    Option(
        "alerts.hours", _l("Difficulty alerts"), _l("Time to answer a difficulty alert"), 24,
        Whole(1, 200), unit=_l("working hours"),
        hint=_l("Whoever is silent so long loses the alert to the next leader above. Alerts that "
                "are open follow the new number at once."),
    ),
)
