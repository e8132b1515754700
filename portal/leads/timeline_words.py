"""How the entries about leads read in the timeline."""

from datetime import datetime

from portal.core.i18n import gettext as _
from portal.core.templating import exact
from portal.customers.timeline.kinds import Detail, Kind
from portal.leads.words import FIELDS, moved_word, value_word


def _planned(detail: Detail, text: str) -> str:
    due = detail.get("due")
    return _("Next step planned for %(time)s", time=exact(datetime.fromisoformat(due))) if due \
        else _("Next step planned")


def _moved(detail: Detail, text: str) -> str:
    return moved_word(detail.get("names") or [], detail.get("why", ""))


KINDS = (
    Kind("lead.recorded", "user-search", "deals", lambda d, t: _("New lead")),
    Kind("lead.corrected", "pencil", "corrections", lambda d, t: _("Lead corrected"),
         fields=FIELDS, value=value_word),
    Kind("lead.voided", "ban", "deals", lambda d, t: _("Lead declared void")),
    Kind("lead.restored", "restore", "deals", lambda d, t: _("Lead restored")),
    Kind("lead.given", "switch-horizontal", "deals", _moved),
    Kind("lead.returned", "corner-down-right", "deals", _moved),
    Kind("lead.next_step", "calendar-due", "deals", _planned),
    Kind("lead.step_done", "circle-check", "deals", lambda d, t: _("Next step done")),
    Kind("lead.step_dropped", "circle-x", "deals", lambda d, t: _("Next step dropped")),
)
