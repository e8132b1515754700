"""The working calendar in force: hours and weekdays, public holidays, and the department's days."""

from collections import ChainMap
from datetime import date

from sqlalchemy import Select, event, select
from sqlalchemy.orm import Session, SessionTransaction, joinedload

from portal.core import clock
from portal.extensions import db
from portal.options.queries import value
from portal.workdays import holidays
from portal.workdays.models import CalendarDay
from portal.workdays.rules import WorkCalendar

KEPT = "work_calendar"


def calendar() -> WorkCalendar:
    """Working time as it stands now; read once in each unit of work.

    No process keeps it longer, so a change is in force everywhere at once; the many days of the
    holidays, which never change while a process lives, are kept.
    """
    kept: WorkCalendar | None = db.session.info.get(KEPT)
    if kept is None:
        rows = db.session.execute(select(CalendarDay.day, CalendarDay.working))
        days = ChainMap({row.day: row.working for row in rows}, holidays.exceptions())
        kept = WorkCalendar(
            hours=value("workdays.hours"), weekdays=value("workdays.weekdays"),
            exceptions=days, zone=clock.zone(),
        )
        db.session.info[KEPT] = kept
    return kept


def forget() -> None:
    """Read it anew: this transaction has changed a day or an option."""
    db.session.info.pop(KEPT, None)


def days_of(year: int) -> Select[CalendarDay]:
    """The days of a year that the department decided itself."""
    return (
        select(CalendarDay).options(joinedload(CalendarDay.changed_by))
        .where(CalendarDay.day >= date(year, 1, 1), CalendarDay.day <= date(year, 12, 31))
        .order_by(CalendarDay.day)
    )


@event.listens_for(Session, "after_transaction_end")
def _forget_with_transaction(session: Session, ended: SessionTransaction) -> None:
    if ended.parent is None:
        session.info.pop(KEPT, None)
