"""What people are told about visits."""

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.reminders.kinds import Kind

KINDS = (
    Kind("visit.joined", "work",
         lambda who, title: _("%(who)s asks you to come along: %(title)s", who=who, title=title),
         _l("See the visit"), "map-pin"),
    Kind("visit.changed", "work",
         lambda who, title: _("%(who)s moved a visit you go along to: %(title)s", who=who,
                              title=title),
         _l("See the visit"), "calendar-due"),
    Kind("visit.cancelled", "work",
         lambda who, title: _("%(who)s cancelled a visit you wanted to go along to: %(title)s",
                              who=who, title=title),
         _l("See the visit"), "circle-x"),
    Kind("visit.commented", "talk",
         lambda who, title: _("%(who)s commented on a visit: %(title)s", who=who, title=title),
         _l("See the comment"), "message"),
    Kind("visit.review_due", "work",
         lambda who, title: _("Write down what came of your visit: %(title)s", title=title),
         _l("Write it"), "clipboard-text"),
    Kind("visit.next_step", "work",
         lambda who, title: _("Your next step with %(title)s is due", title=title),
         _l("Open the file"), "calendar-due"),
)
