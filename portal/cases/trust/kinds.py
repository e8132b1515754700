"""The sentences in which people are told of verification, flags, and reuse."""

from portal.core.i18n import lazy_gettext as _l
from portal.reminders.kinds import Kind

DUE = Kind(
    "trust.due", "upkeep",
    lambda who, title: _l("Is “%(title)s” still right? Its verification runs out", title=title),
    _l("Still right?"), "clock-exclamation",
)
DUE_MANY = Kind(
    "trust.due_many", "upkeep",
    lambda who, title: _l("Several of your cases wait to be verified again"),
    _l("See the list"), "clock-exclamation",
)
ASKED_TO_VERIFY = Kind(
    "trust.asked", "upkeep",
    lambda who, title: _l("%(who)s asks you to verify your overdue cases", who=who),
    _l("See the list"), "clock-exclamation",
)
VALIDATED = Kind(
    "trust.validated", "upkeep",
    lambda who, title: _l("%(who)s validated “%(title)s”", who=who, title=title),
    _l("See it"), "shield-check",
)
WITHDRAWN = Kind(
    "trust.withdrawn", "upkeep",
    lambda who, title: _l("“%(title)s” is no longer validated: %(who)s says why", who=who,
                          title=title),
    _l("Mend it"), "shield-half",
)
FLAGGED = Kind(
    "trust.flagged", "upkeep",
    lambda who, title: _l("%(who)s flagged “%(title)s”", who=who, title=title),
    _l("See what is wrong"), "flag",
)
PRIVATE = Kind(
    "trust.private", "upkeep",
    lambda who, title: _l("%(who)s says that “%(title)s” names a customer or is too private",
                          who=who, title=title),
    _l("Look at once"), "flag", urgent=True,
)
RESOLVED = Kind(
    "trust.resolved", "upkeep",
    lambda who, title: _l("%(who)s answered your flag on “%(title)s”", who=who, title=title),
    _l("See it"), "check",
)
REVIEW = Kind(
    "trust.review", "upkeep",
    lambda who, title: _l("Cases wait for your review"),
    _l("Open the queue"), "shield-check",
)
HELPED = Kind(
    "trust.helped", "upkeep",
    lambda who, title: _l("You used “%(title)s”: did it help?", title=title),
    _l("Say so"), "repeat",
)
HANDED = Kind(
    "trust.handed", "upkeep",
    lambda who, title: _l("%(who)s handed over to you: %(title)s", who=who, title=title),
    _l("See it"), "user-check",
)

KINDS = (DUE, DUE_MANY, ASKED_TO_VERIFY, VALIDATED, WITHDRAWN, FLAGGED, PRIVATE, RESOLVED, REVIEW,
         HELPED, HANDED)
