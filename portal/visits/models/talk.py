"""Table of what colleagues say about a visit."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import IDS_FOR_EVER
from portal.extensions import db
from portal.people.models import User
from portal.visits.models.visit import Visit


class VisitComment(db.Model):  # type: ignore[name-defined, misc]
    """A remark on a visit; nothing here is changed or deleted."""

    __tablename__ = "visit_comments"
    __table_args__ = (Index("ix_visit_comments_visit", "visit_id", "id"), IDS_FOR_EVER)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

    visit: Mapped[Visit] = relationship(back_populates="comments")
    author: Mapped[User] = relationship()
