"""What time does to trust: every day owners are asked, managers reminded, search told."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import select

from portal.cases.trust import rules
from portal.cases.trust.queries.due import owners_with_due, ran_out_between
from portal.cases.trust.queries.queue import Narrowed, counts
from portal.cases.trust.subjects import OVERDUE_LIST, REVIEW_QUEUE
from portal.core import clock, jobs
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User
from portal.reminders.actions import notify
from portal.reminders.queries import active_actors
from portal.search.outbox import enqueue

# A machine that stood still so long catches up.
LOOK_BACK = timedelta(days=14)


@jobs.job("verification_due", every_minutes=24 * 60, at_start=True)
def look_at_terms() -> None:
    """Tell whoever must verify or review; running it again tells nobody twice."""
    today = clock.today()
    with transaction():
        # Time alone made them overdue: no row changed that search could have noticed.
        enqueue(f"case:{number}"
                for number in ran_out_between(today - LOOK_BACK, today - timedelta(days=1)))
    with transaction():
        _ask_owners(today, clock.now())
    with transaction():
        _remind_managers(today, clock.now())


def _ask_owners(today: date, now: datetime) -> None:
    for owner_id, rows in groupby(owners_with_due(today), key=lambda row: row.owner_id):
        due = list(rows)
        if len(due) > rules.MANY:
            notify({owner_id}, "trust.due_many", OVERDUE_LIST, now,
                   key=f"due:{rules.week_of(today)}")
        else:
            _ask_about(owner_id, due, today, now)


def _ask_about(owner_id: int, due: Sequence[Any], today: date, now: datetime) -> None:
    """Each case by itself: once ahead of its day, once after it."""
    for row in due:
        when = "past" if row.verified_until < today else "ahead"
        notify({owner_id}, "trust.due", f"case:{row.id}", now,
               key=f"due:{row.id}:{row.verified_until.isoformat()}:{when}",
               detail={"anchor": "trust"})


def _remind_managers(today: date, now: datetime) -> None:
    """Once a week, who has something to review."""
    managers = select(User.id).where(User.role == "manager", User.deactivated_at.is_(None))
    for actor in active_actors(db.session.scalars(managers).all()):
        waiting = counts(actor, Narrowed(), today)
        if waiting["new"] or waiting["flagged"]:
            notify({actor.id}, "trust.review", REVIEW_QUEUE, now,
                   key=f"review:{rules.week_of(today)}")
