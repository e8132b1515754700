"""Takes back what people were told by, about and for the sample."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, delete, or_, select

from portal.extensions import db
from portal.reminders.models import (
    Address,
    CalendarFeed,
    Choice,
    Dispatch,
    Hours,
    Notification,
    Reminder,
)

# Databases limit the values of one statement.
AT_ONCE = 300


def forget(people: Collection[int], refs: Sequence[str]) -> None:
    """What these people were told and chose, what they did that others were told, and what was
    told about these records, which only the text of a reference names."""
    for table in (Dispatch, Reminder, CalendarFeed, Address, Choice, Hours):
        db.session.execute(delete(table).where(table.person_id.in_(people)))
    _remove(or_(Notification.person_id.in_(people), Notification.actor_id.in_(people)))
    for start in range(0, len(refs), AT_ONCE):
        some = refs[start : start + AT_ONCE]
        _remove(Notification.subject.in_(some))
        db.session.execute(delete(Reminder).where(Reminder.subject.in_(some)))


def forget_answers(cases: Collection[int]) -> None:
    """That these problems are solved is not so any more."""
    keys = [f"found:{case_id}" for case_id in sorted(cases)]
    for start in range(0, len(keys), AT_ONCE):
        _remove(Notification.key.in_(keys[start : start + AT_ONCE]))


def _remove(which: ColumnElement[bool]) -> None:
    theirs = select(Notification.id).where(which)
    db.session.execute(delete(Dispatch).where(Dispatch.notification_id.in_(theirs)))
    db.session.execute(delete(Notification).where(which))
