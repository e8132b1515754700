"""What people are told about difficulty alerts, and that an answer was found."""

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.reminders.kinds import Kind

KINDS = (
    Kind("alerts.raised", "alerts",
         lambda who, title: _("%(who)s raised a difficulty alert: %(title)s", who=who, title=title),
         _l("Answer"), "bell-ringing", urgent=True),
    Kind("alerts.escalated", "alerts",
         lambda who, title: _("A difficulty alert waits for you now; nobody answered it in time: "
                              "%(title)s", title=title),
         _l("Answer"), "bell-ringing", urgent=True),
    Kind("alerts.waiting", "alerts",
         lambda who, title: _("A difficulty alert still waits for your answer: %(title)s",
                              title=title),
         _l("Answer"), "bell-ringing", urgent=True),
    Kind("alerts.handed", "alerts",
         lambda who, title: _("%(who)s asks you to answer a difficulty alert: %(title)s",
                              who=who, title=title),
         _l("Answer"), "bell-ringing", urgent=True),
    Kind("alerts.moved", "alerts",
         lambda who, title: _("Your difficulty alert went to the next leader: %(title)s",
                              title=title),
         _l("Open the case"), "bell-ringing", urgent=True),
    Kind("alerts.answered", "alerts",
         lambda who, title: _("%(who)s answered your difficulty alert: %(title)s",
                              who=who, title=title),
         _l("See the answer"), "message", urgent=True),
    Kind("answers.found", "answers",
         lambda who, title: _("What you searched for has an answer now: %(title)s", title=title),
         _l("See the answer"), "bulb"),
)
