"""What a person does with what they are told: wave aside, put off, take back."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, select, update

from portal.extensions import db
from portal.reminders.actions.planning import send_soon
from portal.reminders.actions.reminding import remind
from portal.reminders.actions.settling import handle
from portal.reminders.models import Dispatch, Notification, Reminder


def handle_one(notification: Notification, now: datetime) -> None:
    """Nothing is left to do about it; what was not sent yet stays unsent."""
    handle(Notification.id == notification.id, now)


def handle_subject(person_id: int, subject: str, now: datetime) -> int:
    """The person has the record before them: what they were told about it is handled."""
    return handle(
        and_(Notification.person_id == person_id, Notification.subject == subject), now
    )


def handle_all(person_id: int, now: datetime) -> int:
    """Everything up to now; how many there were."""
    return handle(
        and_(Notification.person_id == person_id, Notification.created_at <= now), now
    )


def put_off(notification: Notification, until: datetime, now: datetime) -> None:
    """Out of sight until then, when it comes back as a reminder."""
    detail = dict(notification.detail)
    if notification.actor is not None:
        detail["who"] = notification.actor.name
    remind(notification.person_id, notification.kind, notification.subject, until, now,
           key=_later(notification), detail=detail)
    handle_one(notification, now)


def reopen(notification: Notification) -> None:
    """As if nothing had been done about it."""
    if notification.handled_at is None:
        return
    later = select(Reminder).where(
        Reminder.person_id == notification.person_id, Reminder.key == _later(notification)
    )
    for reminder in db.session.scalars(later):
        db.session.delete(reminder)
    _reopen(Notification.id == notification.id, notification.handled_at)


def reopen_all(person_id: int, handled_at: datetime) -> None:
    """What the person handled in one go at this moment is open again."""
    _reopen(Notification.person_id == person_id, handled_at)


def finish(reminder: Reminder, now: datetime) -> None:
    """It is done; its notification, if there is one, is handled."""
    reminder.done_at = now
    handle(_told_by(reminder), now)


def unfinish(reminder: Reminder) -> None:
    """It is not done after all."""
    if reminder.done_at is not None:
        _reopen(_told_by(reminder), reminder.done_at)
        reminder.done_at = None


def _told_by(reminder: Reminder) -> ColumnElement[bool]:
    return and_(
        Notification.person_id == reminder.person_id,
        Notification.key.startswith(f"reminder:{reminder.id}:", autoescape=True),
    )


def _reopen(which: ColumnElement[bool], handled_at: datetime) -> None:
    """Open these again that were handled at that moment, with the messages that stopped then."""
    handled = and_(which, Notification.handled_at == handled_at)
    ids = db.session.scalars(select(Notification.id).where(handled)).all()
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        stopped = and_(Dispatch.notification_id.in_(some), Dispatch.outcome == "cancelled",
                       Dispatch.ended_at == handled_at)
        db.session.execute(update(Dispatch).where(stopped).values(
            outcome=None, ended_at=None, claim=None, claimed_at=None
        ))
        db.session.execute(
            update(Notification).where(Notification.id.in_(some)).values(handled_at=None)
        )
    send_soon()


def _later(notification: Notification) -> str:
    return f"later:{notification.id}"
