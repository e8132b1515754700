"""The words of long work."""

from typing import Any

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.i18n import ngettext
from portal.tasks.kinds import kind_of
from portal.tasks.models import Task

# Word and tone of each status.
STATUSES: dict[str, tuple[Any, str]] = {
    "waiting": (_l("Waiting"), "grey"), "running": (_l("In progress"), "blue"),
    "done": (_l("Finished"), "green"), "failed": (_l("Failed"), "red"),
    "cancelled": (_l("Cancelled"), "grey"),
}
ERRORS: dict[str, Any] = {
    "interrupted": _l("The portal was stopped or restarted in the middle. What was done before is "
                      "kept. Start it again."),
    "defect": _l("The fault is the portal's, not yours. What was done before is kept. Try it once "
                 "more; if it fails again, tell your administrator the number of this task."),
    "unknown": _l("This version of the portal does not know this kind of work."),
}


def kind_label(task: Task) -> str:
    kind = kind_of(task.kind)
    return str(kind.label) if kind else task.kind


def step(task: Task) -> str:
    """What is being done now."""
    kind = kind_of(task.kind)
    return str(kind.steps.get(task.message, "")) if kind else ""


def error_words(task: Task) -> str:
    return str(ERRORS.get(task.error or "", task.error or ""))


def time_left(seconds: int | None) -> str:
    """About how long it still takes."""
    if seconds is None:
        return ""
    if seconds < 60:
        return str(_("less than a minute left"))
    minutes = round(seconds / 60)
    return str(ngettext("about %(num)d minute left", "about %(num)d minutes left", minutes))
