"""The days on which one's cases must be verified, for a person's calendar."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from sqlalchemy import select

from portal.cases.models import Case
from portal.core.i18n import gettext as _
from portal.extensions import db
from portal.people.rules import Actor
from portal.reminders.calendar.sources import Entry

MOST = 500


def entries(actor: Actor, from_day: date, to_day: date) -> Iterator[Entry]:
    """One's own validated cases, each on the day until which it counts as verified."""
    query = (
        select(Case)
        .where(Case.owner_id == actor.id, Case.confidence == "validated",
               Case.verified_until >= from_day, Case.verified_until <= to_day)
        .order_by(Case.verified_until, Case.id).limit(MOST)
    )
    for case in db.session.scalars(query):
        if case.verified_until is not None:
            yield Entry(
                uid=f"verify-{case.id}", starts=case.verified_until, made=case.created_at,
                summary=_("Is this still right? “%(title)s”", title=case.title),
                url=url_for("cases.show", case_id=case.id),
                changed=max(case.updated_at, case.validated_at or case.updated_at),
            )
