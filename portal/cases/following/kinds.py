"""The sentences in which people are told of talk, answers, and what they follow."""

from portal.core.i18n import lazy_gettext as _l
from portal.reminders.kinds import Kind

MENTIONED = Kind(
    "case.mentioned", "talk",
    lambda who, title: _l("%(who)s mentioned you in “%(title)s”", who=who, title=title),
    _l("Read"), "at",
)
COMMENTED = Kind(
    "comment.added", "talk",
    lambda who, title: _l("%(who)s commented on “%(title)s”", who=who, title=title),
    _l("Read"), "message-circle",
)
ASKED = Kind(
    "case.asked", "answers",
    lambda who, title: _l("%(who)s asks you: “%(title)s”", who=who, title=title),
    _l("Answer"), "user-exclamation",
)
ANSWERED = Kind(
    "solution.proposed", "answers",
    lambda who, title: _l("%(who)s proposed a solution to “%(title)s”", who=who, title=title),
    _l("See the answer"), "bulb",
)
ACCEPTED = Kind(
    "solution.accepted", "answers",
    lambda who, title: _l("%(who)s accepted your solution to “%(title)s”", who=who, title=title),
    _l("See it"), "circle-check",
)
NEW_CASE = Kind(
    "follow.recorded", "following",
    lambda who, title: _l("New in what you follow: “%(title)s” by %(who)s", who=who, title=title),
    _l("Read"), "plus",
)
CHANGED = Kind(
    "follow.edited", "following",
    lambda who, title: _l("“%(title)s” was changed by %(who)s", who=who, title=title),
    _l("Read"), "pencil",
)
NEW_SOLUTION = Kind(
    "follow.solution", "following",
    lambda who, title: _l("“%(title)s” has a new solution by %(who)s", who=who, title=title),
    _l("Read"), "bulb",
)
NEW_COMMENT = Kind(
    "follow.comment", "following",
    lambda who, title: _l("“%(title)s” has a new comment by %(who)s", who=who, title=title),
    _l("Read"), "message-circle",
)
SOLVED = Kind(
    "follow.solved", "following",
    lambda who, title: _l("“%(title)s” is solved", title=title),
    _l("Read"), "check",
)
REMINDED = Kind(
    "case.reminder", "work",
    lambda who, title: _l("You wanted to look at “%(title)s” again", title=title),
    _l("Open it"), "clock",
)

KINDS = (MENTIONED, COMMENTED, ASKED, ANSWERED, ACCEPTED, NEW_CASE, CHANGED, NEW_SOLUTION,
         NEW_COMMENT, SOLVED, REMINDED)
