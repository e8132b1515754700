"""Tables of what people follow, and of the cases they keep at hand."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models import Case
from portal.extensions import db
from portal.people.models import User


class Follow(db.Model):  # type: ignore[name-defined, misc]
    """A person wants to hear of this: a case ("case:12"), a tag ("tag:34", its term), or an
    entry of a list by its code ("stage:needs", "industry:it", "product:erp", "region:east")."""

    __tablename__ = "follows"
    __table_args__ = (Index("ix_follows_target", "target"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    target: Mapped[str] = mapped_column(String(80), primary_key=True)
    created_at: Mapped[datetime]
    # Kept when a person stops, so that answering there does not begin it again by itself.
    ended_at: Mapped[datetime | None]
    # The merge that made this row, or ended it: undoing the merge takes that back.
    merge_id: Mapped[int | None]


class Bookmark(db.Model):  # type: ignore[name-defined, misc]
    """A case that a person keeps at hand; nobody else sees it."""

    __tablename__ = "bookmarks"

    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, index=True)
    note: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    # The merge that made this row; a case that was merged into another is not listed.
    merge_id: Mapped[int | None]

    case: Mapped[Case] = relationship()


class FollowingChoice(db.Model):  # type: ignore[name-defined, misc]
    """Whether a person follows by themselves what they record, answer or comment."""

    __tablename__ = "following_choices"

    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    by_itself: Mapped[bool] = mapped_column(default=True)

    person: Mapped[User] = relationship()
