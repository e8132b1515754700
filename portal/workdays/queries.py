"""The working calendar in force: hours and weekdays, public holidays, and the department's days."""

from collections import ChainMap
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.core.once import once
from portal.extensions import db
from portal.options.queries import value
from portal.workdays import holidays
from portal.workdays.models import CalendarDay
from portal.workdays.rules import WorkCalendar


@once()
def calendar() -> WorkCalendar:
    """Working time as it stands now; read once in each unit of work.

    The many days of the holidays, which never change while a process lives, are kept longer.
    """
    rows = db.session.execute(select(CalendarDay.day, CalendarDay.working))
    days = ChainMap({row.day: row.working for row in rows}, holidays.exceptions())
    return WorkCalendar(
        hours=value("workdays.hours"), weekdays=value("workdays.weekdays"),
        exceptions=days, zone=clock.zone(),
    )


def forget() -> None:
    """Read it anew: this transaction has changed a day or an option."""
    calendar.forget()


def days_of(year: int) -> Select[CalendarDay]:
    """The days of a year that the department decided itself."""
    return (
        select(CalendarDay).options(joinedload(CalendarDay.changed_by))
        .where(CalendarDay.day >= date(year, 1, 1), CalendarDay.day <= date(year, 12, 31))
        .order_by(CalendarDay.day)
    )
