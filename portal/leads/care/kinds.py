"""What people are told about the care of their customers."""

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.reminders.kinds import Kind

KINDS = (
    Kind("care.day", "work",
         lambda who, title: _("Coming up: %(title)s", title=title),
         _l("Open the file"), "cake"),
    Kind("care.churn", "work",
         lambda who, title: _("This customer may be about to leave: %(title)s", title=title),
         _l("Open the file"), "heart-handshake", urgent=True),
)
