"""What people are told when a deal ends."""

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.reminders.kinds import Kind

KINDS = (
    Kind("lead.closed", "work",
         lambda who, title: _("%(who)s closed a lead: %(title)s", who=who, title=title),
         _l("Open the lead"), "flag"),
    Kind("lead.retrospective", "work",
         lambda who, title: _("%(who)s closed your lead; the retrospective waits for you: "
                              "%(title)s", who=who, title=title),
         _l("Open the lead"), "pencil"),
)
