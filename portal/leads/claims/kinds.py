"""What people are told about duplicate claims."""

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.reminders.kinds import Kind

KINDS = (
    Kind("claim.sent", "work",
         lambda who, title: _("%(who)s asks you to decide a duplicate claim: %(title)s", who=who,
                              title=title),
         _l("Decide"), "gavel", urgent=True),
    Kind("claim.against", "work",
         lambda who, title: _("%(who)s claims a customer of yours: %(title)s", who=who,
                              title=title),
         _l("Respond"), "gavel", urgent=True),
    Kind("claim.answered", "work",
         lambda who, title: _("%(who)s added evidence to a duplicate claim: %(title)s", who=who,
                              title=title),
         _l("Open the claim"), "gavel"),
    Kind("claim.waiting", "work",
         lambda who, title: _("A duplicate claim still waits for your decision: %(title)s",
                              title=title),
         _l("Decide"), "gavel", urgent=True),
    Kind("claim.decided", "work",
         lambda who, title: _("A duplicate claim is decided: %(title)s", title=title),
         _l("See the decision"), "gavel", urgent=True),
)
