"""Table of days that the department decided itself."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.extensions import db
from portal.people.models import User


class CalendarDay(db.Model):  # type: ignore[name-defined, misc]
    """A day that is worked, or is not, whatever weekday it is and whatever the holidays say."""

    __tablename__ = "calendar_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    label: Mapped[str] = mapped_column(String(60), default="")
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime]

    changed_by: Mapped[User | None] = relationship()
