"""Words of difficulty alerts: how much time is left, and the steps of their way."""

from datetime import datetime
from typing import Any

from flask_babel import format_date, format_time

from portal.cases.alerts import rules
from portal.cases.alerts.models import Alert
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.workdays.rules import WorkCalendar

SHOWN_WORDS = {rules.OPEN: _l("Open"), rules.DONE: _l("Answered"), rules.EVERY: _l("All")}

# Who did it stands before, whom it went to behind these words.
STEP_WORDS: dict[str, Any] = {
    rules.RAISED: _l("raised the alert"), rules.AGAIN: _l("raised the alert again"),
    rules.SILENT: _l("No answer in time: it went to the next leader"),
    rules.LEFT: _l("The person it waited for no longer leads here: it moved on"),
    rules.FOUND: _l("There is somebody to answer now"),
    rules.HANDED: _l("handed it on"), rules.RETURNED: _l("It is back with the manager"),
    rules.ANSWERED: _l("answered"), rules.SOLVED: _l("accepted a solution: it is settled"),
    rules.MERGED: _l("merged the problem into another one"),
    rules.REOPENED: _l("opened the problem again"), rules.WITHDRAWN: _l("withdrew the alert"),
    rules.PUT_BACK: _l("put the alert back"),
}


def hours_left(alert: Alert, calendar: WorkCalendar, now: datetime) -> float:
    """Working hours until the time to answer has passed; negative beyond."""
    return calendar.hours_between(now, alert.due_at)


def left_word(hours: float) -> str:
    """“5.5 working hours left”, or by how much it is late."""
    if hours <= 0:
        late = -hours
        if late < 1:
            return _("time to answer is over")
        return _("late by %(hours)s working hours", hours=_number(late))
    if hours < 1:
        return _("%(minutes)d working minutes left", minutes=max(1, round(hours * 60)))
    return _("%(hours)s working hours left", hours=_number(hours))


def moment_word(moment: datetime) -> str:
    """A day and a time, to the minute."""
    return f"{format_date(moment, 'medium')} {format_time(moment, 'short')}"


def level_word(level: int) -> str:
    """How high it has gone."""
    if level == 1:
        return _("line manager")
    return _("level %(level)d", level=level)


def _number(hours: float) -> str:
    rounded = round(hours * 2) / 2
    return f"{rounded:.0f}" if rounded == int(rounded) else f"{rounded:.1f}"
