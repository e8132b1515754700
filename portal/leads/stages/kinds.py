"""What people are told about reviews at the gates."""

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.reminders.kinds import Kind

KINDS = (
    Kind("stage.review_asked", "work",
         lambda who, title: _("%(who)s asks for your review: %(title)s", who=who, title=title),
         _l("Review"), "eye-check", urgent=True),
    Kind("stage.review_given", "work",
         lambda who, title: _("%(who)s decided the review: %(title)s", who=who, title=title),
         _l("See the decision"), "circle-check"),
)
