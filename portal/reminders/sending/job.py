"""The jobs: send what is due, tell of reminders that came due, remove what is long done."""

import logging
import threading
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import OperationalError

from portal.core import clock, jobs
from portal.core.unit_of_work import reading_only, transaction
from portal.extensions import db
from portal.reminders import queries
from portal.reminders.actions.notifying import notify
from portal.reminders.actions.planning import SEND
from portal.reminders.models import Dispatch, Notification, Reminder
from portal.reminders.rules import KEPT, after_quiet
from portal.reminders.sending import claims
from portal.reminders.sending.gateway import NotDelivered, deliver
from portal.reminders.sending.wording import Message, message_of

log = logging.getLogger(__name__)
# One thread of a process sends; further ones would only keep other jobs waiting.
_sending = threading.Lock()


@dataclass(frozen=True)
class Letter:
    """All that sending needs, read in one go: nothing of the database is open meanwhile."""

    template: str
    address: str
    message: Message


@jobs.job(SEND, every_minutes=1, at_start=True)
def send_messages() -> None:
    """Send every message that is due. A gateway that hangs rests until the next run, so that it
    holds up nobody else."""
    if not _sending.acquire(blocking=False):
        return
    try:
        resting: set[str] = set()
        while batch := claims.claim_due(clock.now()):
            for message in batch:
                _send(message, resting)
    finally:
        _sending.release()


def _send(message: claims.Claimed, resting: set[str]) -> None:
    now = clock.now()
    if message.medium in resting:
        claims.postpone(message, claims.soon(now))
        return
    try:
        letter = _letter(message, now)
    except Exception:
        # One message that cannot be worded holds up no other.
        log.exception("message %s cannot be put into words", message.id)
        claims.fail(message, "it cannot be put into words; the log says why", now)
        return
    if isinstance(letter, datetime):
        claims.postpone(message, letter)
    elif letter is None:
        claims.finish(message, "cancelled", now)
    else:
        _deliver(message, letter, resting)


def _deliver(message: claims.Claimed, letter: Letter, resting: set[str]) -> None:
    try:
        deliver(letter.template, letter.address, letter.message.title, letter.message.body)
    except NotDelivered as refusal:
        log.warning("message %s was not delivered: %s", message.id, refusal.reason)
        if refusal.hangs:
            resting.add(message.medium)
        claims.fail(message, refusal.reason, clock.now())
    else:
        claims.finish(message, "sent", clock.now())


def _letter(message: claims.Claimed, now: datetime) -> Letter | datetime | None:
    """What to send; or until when it has to wait; or nothing, when there is no need any more."""
    with reading_only():
        dispatch = db.session.get(Dispatch, message.id)
        if dispatch is None or dispatch.ended_at is not None or not dispatch.person.is_active:
            return None
        if not dispatch.urgent:
            quiet = after_quiet(now, queries.times_of(dispatch.person_id), clock.zone())
            if quiet > now:
                return quiet
        gateway = queries.gateways().get(dispatch.medium)
        address = queries.addresses_of([dispatch.person_id]).get(dispatch.person_id, {})
        if gateway is None or dispatch.medium not in address:
            return None
        words = message_of(dispatch)
        return Letter(gateway.url, address[dispatch.medium], words) if words else None


@jobs.job("remind", every_minutes=1, at_start=True)
def remind_those_due() -> None:
    """Reminders that came due become notifications."""
    now = clock.now()
    due = select(Reminder.id).where(
        Reminder.due_at <= now, Reminder.told_at.is_(None), Reminder.done_at.is_(None)
    ).order_by(Reminder.due_at, Reminder.id)
    with reading_only():
        waiting = db.session.scalars(due.limit(500)).all()
    for reminder_id in waiting:
        try:
            with transaction():
                _tell_of(reminder_id, now)
        except OperationalError:
            # The database is busy: the next run finds the rest.
            raise
        except Exception:
            # One that cannot be told holds up no other.
            log.exception("reminder %s cannot be told", reminder_id)


def _tell_of(reminder_id: int, now: datetime) -> None:
    """Nothing, when another process just did or the date was moved."""
    still = (Reminder.id == reminder_id, Reminder.due_at <= now, Reminder.told_at.is_(None),
             Reminder.done_at.is_(None))
    query = select(Reminder).where(*still).with_for_update(skip_locked=True)
    reminder = db.session.scalar(query)
    if reminder is None:
        return
    reminder.told_at = now
    notify([reminder.person_id], reminder.kind, reminder.subject, now,
           key=f"reminder:{reminder.id}:{reminder.due_at:%Y%m%d%H%M%S}", detail=reminder.detail)


@jobs.job("tidy_reminders", every_minutes=360)
def tidy() -> None:
    """Remove what was handled, done or sent half a year ago."""
    before = clock.now() - KEPT
    old = select(Notification.id).where(Notification.handled_at < before)
    with transaction():
        db.session.execute(delete(Dispatch).where(
            Dispatch.notification_id.in_(old) | (Dispatch.ended_at < before)
        ))
        db.session.execute(delete(Notification).where(Notification.handled_at < before))
        db.session.execute(delete(Reminder).where(Reminder.done_at < before))
