"""The next steps of one's leads, as rows of the start page."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from flask import url_for
from flask_babel import format_time
from sqlalchemy import String, and_, cast, literal, select
from sqlalchemy.orm import contains_eager

from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.today import Pressing, Row
from portal.extensions import db
from portal.leads.actions.steps import REMINDER
from portal.leads.models import Lead
from portal.leads.rules import OPEN
from portal.leads.words import title_of
from portal.people.rules import Actor
from portal.reminders.models import Reminder

# As many as there are reminders on that page, of which each of these takes the place of one.
MOST = 100


def rows(actor: Actor, now: datetime) -> Iterator[Row]:
    """What is due until the end of the day, what has waited longest first."""
    midnight = datetime.combine(clock.local_day(now) + timedelta(days=1), time.min,
                                tzinfo=clock.zone())
    its_reminder = and_(
        Reminder.person_id == Lead.owner_id, Reminder.kind == REMINDER,
        Reminder.subject == literal("lead:").concat(cast(Lead.id, String)),
        Reminder.done_at.is_(None),
    )
    query = (
        select(Lead, Reminder.id).join(Lead.customer).outerjoin(Reminder, its_reminder)
        .options(contains_eager(Lead.customer))
        .where(Lead.owner_id == actor.id, Lead.next_step_at < midnight, Lead.status == OPEN)
        .order_by(Lead.next_step_at, Lead.id).limit(MOST)
    )
    for lead, reminder_id in db.session.execute(query):
        yield _row(lead, reminder_id, now)


def _row(lead: Lead, reminder_id: int | None, now: datetime) -> Row:
    """One row for step and reminder: both have the key of the reminder."""
    due = lead.next_step_at or now
    late = due < now
    url = url_for("leads.show", lead_id=lead.id)
    at = format_time(due, "short")
    return Row(
        pressing=Pressing.DUE, what=_("Next step") if late else _("Today at %(time)s", time=at),
        title=lead.next_step, open=url, who=title_of(lead), since=due if late else None,
        icon="calendar-due", tone="red" if late else "blue", action=_("Open the lead"),
        target=url_for("leads.show", lead_id=lead.id, _anchor="next_step"),
        key=f"reminder:{reminder_id}" if reminder_id else f"lead-step:{lead.id}",
    )
