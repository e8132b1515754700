"""What people are told about their leads."""

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.reminders.kinds import Kind

KINDS = (
    # The reminder carries the step in place of a person.
    Kind("lead.next_step", "work",
         lambda who, title: _("Next step: %(step)s (%(title)s)", step=who, title=title),
         _l("Open the lead"), "calendar-due"),
    Kind("lead.given", "work",
         lambda who, title: _("%(who)s gave you a lead: %(title)s", who=who, title=title) if who
         else _("You have a new lead: %(title)s", title=title),
         _l("Open the lead"), "user-search", urgent=True),
    Kind("lead.taken", "work",
         lambda who, title: _("%(who)s gave your lead to a colleague: %(title)s", who=who,
                              title=title) if who
         else _("Your lead went to a colleague: %(title)s", title=title),
         _l("Your leads"), "switch-horizontal"),
)
