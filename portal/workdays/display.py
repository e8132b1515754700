"""A year of the working calendar as its page shows it: months, weeks, and why a day is free."""

import calendar as months_of_years
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import format_date, get_locale

from portal.core.i18n import gettext as _
from portal.workdays import holidays
from portal.workdays.models import CalendarDay
from portal.workdays.rules import WorkCalendar


@dataclass(frozen=True)
class ShownDay:
    """One day: whether it is worked, a short word for what is not usual, and the reason."""

    day: date
    working: bool
    word: str
    reason: str
    decided: bool


@dataclass(frozen=True)
class ShownMonth:
    """A small month: its name and its weeks; None fills up the first and the last."""

    name: str
    weeks: list[list[ShownDay | None]]


def year_of(
    year: int, work: WorkCalendar, decided: Mapping[date, CalendarDay]
) -> list[ShownMonth]:
    """The twelve months of a year."""
    return [
        ShownMonth(
            format_date(date(year, month, 1), "LLLL", rebase=False),
            [[day_of(date(year, month, number), work, decided) if number else None
              for number in week]
             for week in months_of_years.Calendar().monthdayscalendar(year, month)],
        )
        for month in range(1, 13)
    ]


def day_of(
    day: date, work: WorkCalendar, decided: Mapping[date, CalendarDay]
) -> ShownDay:
    """One day as it stands."""
    working, own = work.is_working(day), decided.get(day)
    usual = day.weekday() in work.weekdays
    word = ""
    if working and not usual:
        word = _("work")
    elif usual and not working:
        word = _("off")
    reason = own.label if own is not None and own.label else holidays.name_of(day)
    if own is not None and not reason:
        reason = _("decided here")
    return ShownDay(day, working, word, reason, own is not None)


def weekday_heads() -> list[str]:
    """Monday to Sunday, as short as the language allows."""
    names = get_locale().days["stand-alone"]["narrow"]
    return [names[number] for number in range(7)]


def usual_reason(day: date, work: WorkCalendar) -> tuple[bool, str]:
    """What the day is without the department's own word, and why."""
    known = holidays.exceptions().get(day)
    if known is not None:
        name = holidays.name_of(day)
        return known, _("make-up day for %(holiday)s", holiday=name) if known else name
    if day.weekday() in work.weekdays:
        return True, _("a usual working day")
    return False, _("a weekly day of rest")
