"""What comes next: the old reminder is closed, the new one is set, in the same form."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import exists, select

from portal.core import clock
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.actions.steps import finish_step, set_next_step
from portal.leads.models import Lead
from portal.people.rules import Actor
from portal.reminders.actions import remind, settle
from portal.reminders.models import Reminder
from portal.visits import rules
from portal.visits.content import NextStep
from portal.workdays.queries import calendar

REMINDER = "visit.next_step"
# A step for today, without a time, is due so much later.
TODAY_IN = timedelta(hours=2)


def check_step(step: NextStep, today: date) -> None:
    """Raises `Refused` for half a step, a day gone by, and one too far ahead."""
    if bool(line(step.text)) != (step.on is not None):
        raise Refused(_l("A next step needs words and a day: say what, and when.")
                      if step.on is None else _l("Say what the next step is."))
    if len(line(step.text)) > rules.LONGEST_STEP:
        raise Refused(_l("A next step has at most 200 characters."))
    if step.on is not None and step.on < today:
        raise Refused(_l("The day of the next step has passed. Choose a later one."))
    if step.on is not None and step.on > today + rules.FARTHEST:
        raise Refused(_l("The next step is more than a year ahead. Is the year right?"))


def follow_with(
    actor: Actor, customer: Customer, lead: Lead | None, step: NextStep, now: datetime
) -> None:
    """Something was done about the deal or the customer: what was to be done until now is done,
    and this comes next. An open deal keeps it itself; otherwise the person is reminded."""
    is_open = lead is not None and lead.is_open
    if not is_open or _is_due(actor, customer, now):
        settle(customer.ref, now, kinds=(REMINDER,), person_id=actor.id)
    if lead is not None and is_open and lead.next_step:
        finish_step(actor, lead, now)
    text = line(step.text)
    if not text or step.on is None:
        return
    at = due_at(step.on, now)
    if lead is not None and is_open:
        set_next_step(actor, lead, text, at, now)
    else:
        remind(actor.id, REMINDER, customer.ref, at, now, key=f"{customer.ref}:next_step",
               detail={"step": text, "note": text})


def _is_due(actor: Actor, customer: Customer, now: datetime) -> bool:
    """Whether the person's step with this customer, apart from any deal, was to be taken by today:
    what lies ahead is not done because something was done about a deal."""
    tomorrow = datetime.combine(clock.local_day(now) + timedelta(days=1), time.min, clock.zone())
    due = exists().where(
        Reminder.subject == customer.ref, Reminder.kind == REMINDER,
        Reminder.person_id == actor.id, Reminder.done_at.is_(None), Reminder.due_at < tomorrow)
    return bool(db.session.scalar(select(due)))


def due_at(day: date, now: datetime) -> datetime:
    """When work begins on that day; today, in a while."""
    at = datetime.combine(day, _opening(), tzinfo=clock.zone())
    return max(at, now + TODAY_IN) if day == clock.local_day(now) else at


def _opening() -> time:
    return calendar().opens_at
