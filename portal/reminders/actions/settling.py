"""Say that the work is done: nobody is told of it any more."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select, update

from portal.extensions import db
from portal.reminders.models import Dispatch, Notification, Reminder


def settle(
    subject: str, now: datetime, *, kinds: Collection[str] = (), person_id: int | None = None
) -> None:
    """The work on `subject` is done, all of it or that of these kinds, for everybody or for one
    person: notifications become handled, reminders done, what was not sent stays unsent."""
    handle(_about(Notification, subject, kinds, person_id), now)
    finished = (
        update(Reminder)
        .where(_about(Reminder, subject, kinds, person_id), Reminder.done_at.is_(None))
        .values(done_at=now)
    )
    db.session.execute(finished)


def handle(which: ColumnElement[bool], now: datetime) -> int:
    """Nothing is left to do about these notifications; how many there were."""
    open_ones = select(Notification.id).where(which, Notification.handled_at.is_(None))
    ids = db.session.scalars(open_ones.order_by(Notification.id).with_for_update()).all()
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        unsent = and_(Dispatch.notification_id.in_(some), Dispatch.ended_at.is_(None))
        db.session.execute(
            update(Dispatch).where(unsent).values(outcome="cancelled", ended_at=now)
        )
        db.session.execute(
            update(Notification).where(Notification.id.in_(some)).values(handled_at=now)
        )
    return len(ids)


def _about(
    table: type[Notification] | type[Reminder], subject: str, kinds: Collection[str],
    person_id: int | None,
) -> ColumnElement[bool]:
    conditions = [table.subject == subject]
    if kinds:
        conditions.append(table.kind.in_(kinds))
    if person_id is not None:
        conditions.append(table.person_id == person_id)
    return and_(*conditions)
