"""The words for care."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.i18n import ngettext
from portal.core.templating import day as day_word
from portal.leads.care import rules

# Word and icon.
KINDS: Mapping[str, tuple[Any, str]] = {
    rules.BIRTHDAY: (_l("Birthday"), "cake"),
    rules.ANNIVERSARY: (_l("Anniversary"), "gift"),
    rules.TRAINING: (_l("Train the new customer"), "school"),
    rules.REPORT: (_l("Quarterly industry report"), "report-analytics"),
    rules.WIN_BACK: (_l("Win the customer back"), "heart-handshake"),
}
FEEDBACK: Mapping[str, Any] = {
    rules.NPS: _l("NPS: would recommend us"), rules.SATISFACTION: _l("Satisfaction"),
    rules.COMPLAINT: _l("Complaint"), rules.PRAISE: _l("Praise"),
}
WARNINGS: Mapping[str, Any] = {
    rules.QUIET: _l("nothing was done for long"),
    rules.RENEWAL: _l("the contract must be renewed soon, and no deal is open"),
    rules.COMPLAINTS: _l("open complaints"),
    rules.UNHAPPY: _l("would not recommend us"),
}


DONE = _l("Done")


def kind_word(kind: str) -> str:
    return str(KINDS[kind][0]) if kind in KINDS else kind


def task_word(kind: str, name: str) -> str:
    """A task, with the contact whose day it is."""
    word = kind_word(kind)
    return _("%(what)s: %(name)s", what=word, name=name) if name else word


def feedback_word(kind: str, score: int | None) -> str:
    """Such as “NPS: would recommend us, 9”."""
    word = str(FEEDBACK.get(kind, kind))
    return word if score is None else _("%(what)s, %(score)d", what=word, score=score)


def warning_words(names: list[str]) -> str:
    """What warns that a customer may leave."""
    return "; ".join(str(WARNINGS[name]) for name in names if name in WARNINGS)


def due_word(due_on: date, today: date) -> str:
    """How far away a day is."""
    days = (due_on - today).days
    if days == 0:
        return _("today")
    if days < 0:
        return ngettext("%(num)d day late", "%(num)d days late", -days)
    if days <= 14:
        return ngettext("in %(num)d day", "in %(num)d days", days)
    return day_word(due_on)
