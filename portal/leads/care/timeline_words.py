"""How the entries about care read in the timeline."""

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.customers.timeline.kinds import Detail, Kind
from portal.leads.care.words import feedback_word, task_word

FIELDS = {"renewal_on": _l("Contract runs until")}


def _task(detail: Detail) -> str:
    return task_word(detail.get("task", ""), detail.get("name", ""))


def _said(detail: Detail) -> str:
    return feedback_word(detail.get("feedback", ""), detail.get("score"))


KINDS = (
    Kind("care.done", "circle-check", "care",
         lambda d, t: _("Care: %(what)s", what=_task(d))),
    Kind("care.dropped", "circle-x", "care",
         lambda d, t: _("Care dropped: %(what)s", what=_task(d))),
    Kind("care.reopened", "arrow-back-up", "care",
         lambda d, t: _("Not done after all: %(what)s", what=_task(d))),
    Kind("care.feedback", "message-2", "care",
         lambda d, t: _("The customer says: %(what)s", what=_said(d))),
    Kind("care.settled", "check", "care", lambda d, t: _("Complaint settled")),
    Kind("care.feedback_voided", "ban", "care",
         lambda d, t: _("Declared void: %(what)s", what=_said(d))),
    Kind("care.renewal", "calendar-due", "corrections", lambda d, t: _("Renewal"), fields=FIELDS),
)
