"""What forbids a merge, in words."""

from typing import Any

from portal.core.i18n import lazy_gettext as _l

OBSTACLES: dict[str, Any] = {
    "same": _l("These are one and the same case. Choose another one."),
    "gone_merged": _l("This case was merged already."),
    "kept_merged": _l("The case to keep was itself merged into another one. Choose that one."),
    "gone_not_live": _l("Only a published case can be merged, no draft and none of the archive."),
    "kept_not_live": _l("The case to keep is a draft or archived. Publish it or bring it back "
                        "first, or choose another one."),
    "retrospective": _l("A retrospective stands for one deal and counts as such; it merges only "
                        "with one of the same kind."),
    "solutions": _l("A problem with solutions or a difficulty alert merges only with another "
                    "problem."),
    "alert": _l("Its difficulty alert still waits for an answer, and the other problem is not "
                "solved either. Answer the alert first."),
    "audience": _l("More people may read the case to keep. They would then read the comments and "
                   "files that were meant for fewer. Keep the other case, or change first who may "
                   "read one of them."),
    "kept_owner": _l("Whose case it would become may not read this one."),
    "gone_owner": _l("Who owns the merged case could no longer read it: the other one is not open "
                     "to them."),
}
