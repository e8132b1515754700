"""What an administrator decides about the check."""

from portal.core.i18n import lazy_gettext as _l
from portal.options.kinds import Whole
from portal.options.queries import value
from portal.options.registry import Option

PER_HOUR = "checking.per_hour"

OPTIONS = (
    Option(
        PER_HOUR, _l("Customers"), _l("Answers of the duplicate check for one person"), 300,
        Whole(10, 10_000), unit=_l("an hour"),
        hint=_l("The check looks over everybody's customers, so nobody may ask without end. Each "
                "pause in typing is one answer; every check stands in the audit log."),
    ),
)


def limit() -> str:
    """The limit in force, as the limiter reads it."""
    return f"{value(PER_HOUR)}/hour"
