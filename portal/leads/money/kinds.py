"""What people are told about money."""

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.reminders.kinds import Kind

KINDS = (
    Kind("money.due", "work",
         lambda who, title: _("A payment is due today: %(title)s", title=title),
         _l("Open the deal"), "report-money"),
)
