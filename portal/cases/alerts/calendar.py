"""Until when difficulty alerts must have a reply, for the calendar of whoever owes it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from portal.cases.alerts.models import Alert
from portal.cases.alerts.queries import IS_OPEN
from portal.cases.queries.cases import readable_by
from portal.core import clock
from portal.core.i18n import gettext as _
from portal.extensions import db
from portal.people.rules import Actor
from portal.reminders.calendar.sources import Entry

MOST = 200
RINGS_BEFORE = timedelta(hours=1)


def entries(actor: Actor, from_day: date, to_day: date) -> Iterator[Entry]:
    """The open alerts that wait for this person."""
    zone = clock.zone()
    query = (
        select(Alert).join(Alert.case).options(contains_eager(Alert.case))
        .where(IS_OPEN, readable_by(actor),
               func.coalesce(Alert.handed_to_id, Alert.manager_id) == actor.id,
               Alert.due_at >= datetime.combine(from_day, time.min, tzinfo=zone),
               Alert.due_at < datetime.combine(to_day, time.min, tzinfo=zone))
        .order_by(Alert.due_at, Alert.id).limit(MOST)
    )
    for alert in db.session.scalars(query):
        yield Entry(
            uid=f"alert-{alert.id}", starts=alert.due_at, made=alert.raised_at,
            summary=_("Reply to the difficulty alert “%(title)s”", title=alert.case.title),
            url=url_for("cases.show", case_id=alert.case_id, _anchor="alert"),
            changed=max(alert.raised_at, alert.level_since), alarm=RINGS_BEFORE,
        )


