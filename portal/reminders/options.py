"""What the department says about how long a message may stay unnoticed."""

from portal.core.i18n import lazy_gettext as _l
from portal.options.kinds import Whole
from portal.options.registry import Option

GROUP = _l("Messages")

OPTIONS = (
    Option(
        "reminders.escalate_minutes", GROUP, _l("Second channel after"), 10, Whole(1, 600),
        hint=_l("So long a message may stay unnoticed before the second channel is tried."),
        unit=_l("minutes"),
    ),
)
