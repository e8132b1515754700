"""Table of the addresses from which calendars read a person's dates."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.extensions import db
from portal.people.models import User


class CalendarFeed(db.Model):  # type: ignore[name-defined, misc]
    """One address for one calendar; who has it reads the person's dates until it is revoked."""

    __tablename__ = "calendar_feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    label: Mapped[str] = mapped_column(String(80))
    # Only a digest is kept: a stolen copy of the database opens no calendar.
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    # What was given last, so that a calendar that has it already is told so.
    content_digest: Mapped[str | None] = mapped_column(String(64))
    content_changed_at: Mapped[datetime | None]

    person: Mapped[User] = relationship()
