"""“Remind me about this case on …”: dated reminders of one person about a case."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from portal.cases.following.kinds import REMINDED
from portal.cases.models import Case
from portal.core import clock
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.extensions import db
from portal.people.rules import Actor
from portal.reminders import actions as reminders
from portal.reminders.models import Reminder

MORNING = time(9, 0)
FURTHEST = timedelta(days=366 * 2)
MOST = 20
LONGEST_NOTE = 120


def proposed(now: datetime) -> tuple[date, time]:
    """Tomorrow morning."""
    return clock.local_day(now) + timedelta(days=1), MORNING


def reminders_about(actor: Actor, case_id: int) -> Sequence[Reminder]:
    """What the person still wants to be reminded of here, the next first."""
    query = (
        select(Reminder)
        .where(Reminder.person_id == actor.id, Reminder.subject == f"case:{case_id}",
               Reminder.kind == REMINDED.name, Reminder.done_at.is_(None))
        .order_by(Reminder.due_at, Reminder.id)
    )
    return db.session.scalars(query.limit(MOST)).all()


def look_again(
    actor: Actor, case: Case, day: date, at: time, note: str, now: datetime
) -> Reminder:
    """Remind the person of the case then; the same moment only changes the note.

    Raises `Refused` for a moment that has passed or is years away, and for the 21st reminder.
    """
    due = datetime.combine(day, at.replace(second=0, microsecond=0), tzinfo=clock.zone())
    if due <= now:
        raise Refused(_l("This moment has passed. Choose a later one."))
    if due - now > FURTHEST:
        raise Refused(_l("A reminder lies at most two years ahead."))
    if len(reminders_about(actor, case.id)) >= MOST:
        raise Refused(_l("You have 20 reminders about this case already."))
    return reminders.remind(
        actor.id, REMINDED.name, f"case:{case.id}", due, now,
        key=f"look:{case.id}:{due.astimezone(clock.zone()):%Y-%m-%dT%H:%M}",
        detail={"note": line(note)[:LONGEST_NOTE]} if note else None,
    )


def cancel(reminder: Reminder, now: datetime) -> None:
    """The person does not want it any more."""
    if reminder.done_at is None:
        reminder.done_at = now


def restore(reminder: Reminder) -> None:
    """Undo `cancel`."""
    reminder.done_at = None
