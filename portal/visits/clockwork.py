"""On the evening of a visit, whoever has not written about it yet is reminded."""

from datetime import timedelta

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
    reminded = exists().where(
        Reminder.subject == "visit:" + Visit.id.cast(String), Reminder.kind == REMINDER)
    query = select(Visit.id, Visit.owner_id, Visit.day).where(
        Visit.status.in_(rules.OPEN), Visit.day.between(today - LOOK_BACK, today), ~reminded,
    )
    with reading_only():
        found = db.session.execute(query.order_by(Visit.id).limit(AT_ONCE)).all()
        is_working = calendar().is_working
        due = [row for row in found if rules.review_due_at(row.day, clock.zone()) <= now
               and (is_working(today) or row.day == today)]
    for row in due:
        with transaction():
            ref = f"visit:{row.id}"
            remind(row.owner_id, REMINDER, ref, now, now, key=f"{ref}:review")
