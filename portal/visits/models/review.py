"""Table of what was written about a visit, every version of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import IDS_FOR_EVER
from portal.extensions import db
from portal.people.models import User
from portal.visits.models.visit import Visit


class VisitReview(db.Model):  # type: ignore[name-defined, misc]
    """One version of a review. The newest counts, the others stay; from the second on each says
    why it was written. Of a follow-up only `words` are filled: what came of it."""

    __tablename__ = "visit_reviews"
    __table_args__ = (UniqueConstraint("visit_id", "number"), IDS_FOR_EVER)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"))
    # 1, 2, 3 …
    number: Mapped[int] = mapped_column(default=1)
    # One of `visits.rules.RESULTS`; empty for a follow-up.
    result: Mapped[str] = mapped_column(String(8), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    worked: Mapped[str] = mapped_column(Text, default="")
    not_worked: Mapped[str] = mapped_column(Text, default="")
    next_step: Mapped[str] = mapped_column(String(200), default="")
    next_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(500), default="")
    written_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    written_at: Mapped[datetime]

    visit: Mapped[Visit] = relationship(back_populates="reviews")
    written_by: Mapped[User] = relationship()
