"""What the cases behind a number are called."""

from portal.cases import words
from portal.core.i18n import gettext as _
from portal.extensions import db
from portal.people.models import User


def slice_word(what: str, value: str) -> str:
    """The title of their list."""
    plain = {
        "": _("All cases"),
        "current": _("Validated and up to date"), "overdue": _("Verification overdue"),
        "not_validated": _("Not validated"), "changed": _("Changed since it was validated"),
        "flagged": _("With an open flag"), "in_vain": _("Did not help two people or more"),
        "untagged": _("Without tags"),
    }
    if what in plain:
        return plain[what]
    if what == "created":
        return _("Written in %(month)s", month=value)
    if what == "reused":
        return _("Reused in %(month)s", month=value)
    if what == "unanswered":
        return _("Problems without an answer")
    if what == "of_owner":
        owner = db.session.get(User, int(value[:9]))
        return _("Verification overdue: %(name)s", name=owner.name if owner else "–")
    word = words.language_word(value) if what == "language" else words.SOURCES[value]
    return str(word)
