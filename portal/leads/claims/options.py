"""What an administrator decides about duplicate claims."""

from portal.core.i18n import lazy_gettext as _l
from portal.options.kinds import Whole
from portal.options.registry import Option

OPTIONS = (
    Option("claims.hours", _l("Duplicate claims"), _l("Time to decide a duplicate claim"), 24,
           Whole(1, 200), unit=_l("working hours"),
           hint=_l("After that whoever is to decide is reminded every working day.")),
)
