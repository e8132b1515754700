"""What the actions of the audit log are called; the code stays beside the words."""

from typing import Any

from portal.core.i18n import lazy_gettext as _l

ACTIONS: dict[str, Any] = {
    "attachment.added": _l("Attached a file"),
    "attachment.put_back": _l("Put a file back"),
    "attachment.removed": _l("Removed a file"),
    "case.archived": _l("Archived a case"),
    "case.edited": _l("Edited a case"),
    "case.recorded": _l("Recorded a case"),
    "case.unarchived": _l("Brought a case back"),
    "case.validated": _l("Validated a case"),
    "contribution.added": _l("Answered or commented"),
    "contribution.edited": _l("Edited an answer or comment"),
    "contribution.put_back": _l("Put an answer or comment back"),
    "contribution.withdrawn": _l("Withdrew an answer or comment"),
    "library.imported": _l("Imported a library"),
    "list.added": _l("Added a list entry"),
    "list.changed": _l("Changed a list entry"),
    "list.merged": _l("Merged tags"),
    "list.moved": _l("Reordered a list"),
    "people.imported": _l("Imported a list of people"),
    "person.added": _l("Added a person"),
    "person.changed": _l("Changed a person"),
    "person.deactivated": _l("Deactivated a person"),
    "person.password_changed": _l("Changed their password"),
    "person.password_reset": _l("Made a new first password"),
    "person.reactivated": _l("Reactivated a person"),
    "person.signed_in": _l("Signed in"),
    "person.signed_out": _l("Signed out"),
    "person.signed_out_elsewhere": _l("Signed out elsewhere"),
    "sample.handed_over": _l("Handed over sample records"),
    "sample.made": _l("Made the sample department"),
    "sample.password_reset": _l("Made a new sample password"),
    "sample.removed": _l("Removed the sample department"),
    "solution.accepted": _l("Accepted a solution"),
    "solution.unaccepted": _l("Took an acceptance back"),
    "team.dissolved": _l("Dissolved a team"),
    "team.saved": _l("Saved a team"),
    "template.changed": _l("Changed a template"),
}
