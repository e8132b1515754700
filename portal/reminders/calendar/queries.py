"""Reads of the addresses of calendars."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.people.models import User
from portal.reminders.models import CalendarFeed


def addresses_of(person_id: int) -> Sequence[CalendarFeed]:
    """Those that work, in the order in which they were made."""
    query = select(CalendarFeed).where(
        CalendarFeed.person_id == person_id, CalendarFeed.revoked_at.is_(None)
    )
    return db.session.scalars(query.order_by(CalendarFeed.id)).all()


def working_feed(token_digest: str) -> CalendarFeed | None:
    """The address with this digest, of somebody who still works here.

    Comparing digests takes a time that says nothing about tokens.
    """
    query = (
        select(CalendarFeed).join(CalendarFeed.person).options(joinedload(CalendarFeed.person))
        .where(CalendarFeed.token_digest == token_digest, CalendarFeed.revoked_at.is_(None),
               User.deactivated_at.is_(None))
    )
    return db.session.scalar(query)
