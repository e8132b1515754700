"""The days of a week as the plan shows them: whether people work, and why not."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from portal.extensions import db
from portal.workdays.display import ShownDay, day_of
from portal.workdays.models import CalendarDay
from portal.workdays.queries import calendar


def shown_days(days: Sequence[date]) -> list[ShownDay]:
    """Each day with what the working calendar says of it."""
    own = select(CalendarDay).where(CalendarDay.day.between(days[0], days[-1]))
    decided = {row.day: row for row in db.session.scalars(own)}
    return [day_of(day, calendar(), decided) for day in days]
