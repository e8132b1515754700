"""The dates of open reminders, for a person's calendar."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from portal.core import clock
from portal.extensions import db
from portal.people.rules import Actor
from portal.reminders import queries
from portal.reminders.calendar.sources import Entry
from portal.reminders.models import Reminder

MOST = 500
RINGS_BEFORE = timedelta(minutes=10)


def entries(actor: Actor, from_day: date, to_day: date) -> Iterator[Entry]:
    """What the person wants to be reminded of, as far as they may read it."""
    zone = clock.zone()
    query = select(Reminder).where(
        Reminder.person_id == actor.id, Reminder.done_at.is_(None),
        Reminder.due_at >= datetime.combine(from_day, time.min, tzinfo=zone),
        Reminder.due_at < datetime.combine(to_day, time.min, tzinfo=zone) + timedelta(days=1),
    )
    rows = db.session.scalars(query.order_by(Reminder.due_at, Reminder.id).limit(MOST)).all()
    for item in queries.items_of(actor, rows) if rows else ():
        if item.url is not None:
            row = item.row
            yield Entry(
                uid=f"reminder-{row.id}", summary=item.sentence, starts=row.due_at, url=item.url,
                made=row.created_at, changed=row.changed_at or row.created_at,
                note=str(row.detail.get("note", "")), alarm=RINGS_BEFORE,
            )
