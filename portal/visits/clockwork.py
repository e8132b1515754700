"""On the evening of a visit, whoever has not written about it yet is reminded."""

from datetime import date, datetime, timedelta

from sqlalchemy import String, exists, select

from portal.core import clock, jobs
from portal.core.unit_of_work import reading_only, transaction
from portal.extensions import db
from portal.reminders.actions import remind
from portal.reminders.models import Reminder
from portal.visits import rules
from portal.visits.models import Visit
from portal.workdays.queries import calendar

REMINDER = "visit.review_due"
# A machine that stood still so long catches up; older ones wait on the start page.
LOOK_BACK = timedelta(days=14)
AT_ONCE = 500


@jobs.job("visit_reviews", every_minutes=15)
def look_for_unwritten() -> None:
    """Remind whoever has been somewhere and has not said what came of it; once for each visit."""
    now, today = clock.now(), clock.today()
    with reading_only():
        first, last = _days(now, today)
    reminded = exists().where(
        Reminder.subject == "visit:" + Visit.id.cast(String), Reminder.kind == REMINDER)
    query = select(Visit.id, Visit.owner_id).where(
        Visit.status.in_(rules.OPEN), Visit.day.between(first, last), ~reminded,
    )
    with reading_only():
        due = db.session.execute(query.order_by(Visit.id).limit(AT_ONCE)).all()
    for row in due:
        with transaction():
            ref = f"visit:{row.id}"
            remind(row.owner_id, REMINDER, ref, now, now, key=f"{ref}:review")


def _days(now: datetime, today: date) -> tuple[date, date]:
    """Of which days somebody is reminded now: of today in the evening alone, and of days gone by
    when people work."""
    is_evening = rules.review_due_at(today, clock.zone()) <= now
    first = today - LOOK_BACK if calendar().is_working(today) else today
    return first, today if is_evening else today - timedelta(days=1)
