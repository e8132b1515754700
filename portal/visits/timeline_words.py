"""How visits and follow-ups read in the timeline of a customer."""

from datetime import date
from typing import Any

from portal.cases.words import kind_word
from portal.core.i18n import gettext as _
from portal.customers.timeline.kinds import Detail, Kind
from portal.visits.words import (
    FIELD_WORDS,
    KIND_WORDS,
    PURPOSE_WORDS,
    RESULT_WORDS,
    weekday_of,
)


def _day(text: Any) -> str:
    try:
        return weekday_of(date.fromisoformat(str(text)))
    except ValueError:
        return str(text)


def _planned(detail: Detail, text: str) -> str:
    purpose = PURPOSE_WORDS.get(detail.get("purpose", ""))
    if purpose:
        return _("Visit planned for %(day)s: %(purpose)s", day=_day(detail.get("day")),
                 purpose=purpose)
    return _("Visit planned for %(day)s", day=_day(detail.get("day")))


def _moved(detail: Detail, text: str) -> str:
    before, after = (f"{_day(detail.get(name))} {detail.get(f'{name}_at', '')}".strip()
                     for name in ("before", "after"))
    return _("Visit moved from %(before)s to %(after)s", before=before, after=after)


def _reviewed(detail: Detail, text: str) -> str:
    said = _("Visit: %(result)s", result=RESULT_WORDS.get(detail.get("result", ""), ""))
    return _met(said, detail)


def _followed_up(detail: Detail, text: str) -> str:
    channel = KIND_WORDS.get(detail.get("channel", ""), "")
    return _met(_("Follow-up: %(channel)s", channel=channel), detail)


def _met(said: str, detail: Detail) -> str:
    names = ", ".join(map(str, detail.get("met", ())))
    return _("%(said)s; met %(names)s", said=said, names=names) if names else said


def _value(name: str, value: Any) -> str:
    return str(RESULT_WORDS.get(value, value)) if name == "result" else str(value or "")



TIMELINE = (
    Kind("visit.planned", "calendar-event", "visits", _planned),
    Kind("visit.moved", "calendar-due", "visits", _moved),
    Kind("visit.changed", "calendar-event", "visits",
         lambda detail, text: _("Plan of a visit changed")),
    Kind("visit.cancelled", "circle-x", "visits",
         lambda detail, text: _("Visit of %(day)s cancelled", day=_day(detail.get("day")))),
    Kind("visit.restored", "calendar-plus", "visits",
         lambda detail, text: _("Visit planned again for %(day)s",
                                day=_day(detail.get("day")))),
    Kind("visit.arrived", "map-pin", "visits", lambda detail, text: _("Arrived at the customer's")),
    Kind("visit.arrival_undone", "arrow-back-up", "visits",
         lambda detail, text: _("Checked in by mistake")),
    Kind("visit.reviewed", "clipboard-check", "visits", _reviewed),
    Kind("follow_up.recorded", "phone-call", "visits", _followed_up),
    Kind("visit.corrected", "pencil", "corrections",
         lambda detail, text: _("Visit or follow-up corrected"), fields=FIELD_WORDS, value=_value),
    Kind("visit.voided", "ban", "corrections",
         lambda detail, text: _("Visit or follow-up of %(day)s declared void",
                                day=_day(detail.get("day")))),
    Kind("visit.case", "bulb", "cases",
         lambda detail, text: _("Case recorded from a visit: %(kind)s",
                                kind=kind_word(str(detail.get("case_kind", ""))))),
    Kind("visit.joined", "user-plus", "visits",
         lambda detail, text: _("%(name)s is asked to come along", name=detail.get("name", ""))),
    Kind("visit.parted", "user-off", "visits",
         lambda detail, text: _("%(name)s does not come along after all",
                                name=detail.get("name", ""))),
)
