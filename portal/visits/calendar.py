"""Planned visits, for a person's calendar."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.core.i18n import gettext as _
from portal.extensions import db
from portal.people.rules import SELLERS, Actor
from portal.reminders.calendar.sources import Entry
from portal.visits import rules
from portal.visits.models import Visit
from portal.visits.queries.reading import of_person
from portal.visits.words import purpose_of

MOST = 500
LASTS = timedelta(hours=1)
RINGS_BEFORE = timedelta(minutes=30)


def entries(actor: Actor, from_day: date, to_day: date) -> Iterator[Entry]:
    """One's own visits that are still to come, and those one goes along to."""
    if actor.role not in SELLERS:
        return
    query = (
        select(Visit).options(joinedload(Visit.customer), joinedload(Visit.owner))
        .where(Visit.status.in_(rules.OPEN), of_person(actor.id, from_day, to_day))
        .order_by(Visit.day, Visit.id).limit(MOST)
    )
    for visit in db.session.scalars(query):
        yield _entry(actor, visit)


def _entry(actor: Actor, visit: Visit) -> Entry:
    name = visit.customer.name
    summary = _("Visit: %(name)s", name=name) if visit.owner_id == actor.id else _(
        "Visit with %(who)s: %(name)s", who=visit.owner.name, name=name)
    starts: date | datetime = visit.day
    ends = None
    if visit.starts_at is not None:
        starts = datetime.combine(visit.day, visit.starts_at, tzinfo=clock.zone())
        ends = starts + LASTS
    return Entry(
        uid=f"visit-{visit.id}", summary=summary, starts=starts, ends=ends,
        url=url_for("visits.show", visit_id=visit.id), made=visit.created_at,
        changed=visit.changed_at, note="\n".join(filter(None, (purpose_of(visit), visit.goal))),
        alarm=RINGS_BEFORE if ends is not None else None,
    )
