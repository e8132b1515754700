"""What an administrator decides about scores, besides the weights."""

from portal.core.i18n import lazy_gettext as _l
from portal.options.kinds import Whole
from portal.options.registry import Option

OPTIONS = (
    Option(
        "scoring.qualified_from", _l("Leads"), _l("A lead is qualified from"), 70, Whole(1, 100),
        unit=_l("points"),
        hint=_l("The review of channels counts these, and lists can be narrowed to them."),
    ),
)
