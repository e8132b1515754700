"""Reminders that are due, as rows of the start page."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from portal.core.i18n import gettext as _
from portal.core.today import Pressing, Row
from portal.extensions import db
from portal.people.rules import Actor
from portal.reminders import queries


def rows(actor: Actor, now: datetime) -> Iterator[Row]:
    """What is longest due comes first; what the person may not read (any more) is left out."""
    due = db.session.scalars(queries.due_reminders(actor.id, now)).all()
    for item in queries.items_of(actor, due) if due else ():
        if item.url is not None:
            reminder = item.row
            yield Row(
                pressing=Pressing.DUE, what=_("Reminder"), title=item.sentence, open=item.url,
                who=item.who, since=reminder.due_at, icon="bell", tone="blue",
                action=_("Done"), post=True, key=f"reminder:{reminder.id}",
                target=url_for("reminders.finish", reminder_id=reminder.id),
            )
