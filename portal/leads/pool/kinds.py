"""What people are told about first contacts and idle leads."""

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.reminders.kinds import Kind

KINDS = (
    Kind("pool.answer_soon", "work",
         lambda who, title: _("The time for the first contact ends soon: %(title)s", title=title),
         _l("Open the lead"), "clock"),
    Kind("pool.answer_late", "work",
         lambda who, title: _("The first contact is late: %(title)s", title=title),
         _l("Open the lead"), "clock", urgent=True),
    Kind("pool.late_of_people", "work",
         lambda who, title: _("Nobody has contacted the customer in time: %(title)s",
                              title=title),
         _l("Open the lead"), "clock"),
    Kind("pool.idle", "work",
         lambda who, title: _("Nothing was done for long; it goes back to the pool soon: "
                              "%(title)s", title=title),
         _l("Open the lead"), "clock"),
    Kind("pool.idle_of_people", "work",
         lambda who, title: _("A lead of somebody you lead is idle and goes back to the pool soon: "
                              "%(title)s", title=title),
         _l("Open the lead"), "clock"),
    Kind("pool.taken_back", "work",
         lambda who, title: _("It went back to the pool, because nothing was done: %(title)s",
                              title=title),
         _l("See the pool"), "corner-down-right"),
)
