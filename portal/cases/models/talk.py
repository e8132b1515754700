"""Tables of what people add to a case: solutions, comments, and the word that it helped."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.case import Case
from portal.core.database import IDS_FOR_EVER
from portal.extensions import db
from portal.people.models import User


class Contribution:
    """What solutions and comments share: a text under a case, by somebody, perhaps withdrawn."""

    id: Mapped[int] = mapped_column(primary_key=True)
    # Every text is known by name outside of the portal too, so that files find it again.
    ref: Mapped[str | None] = mapped_column(
        String(140), unique=True, default=lambda: f"t-{secrets.token_hex(6)}"
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    byline: Mapped[str | None] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    if TYPE_CHECKING:
        author: Mapped[User]
        case: Mapped[Case]

    @property
    def author_name(self) -> str:
        return (self.byline or self.author.name).split(" <")[0]


class Solution(Contribution, db.Model):  # type: ignore[name-defined, misc]
    """An answer to a problem."""

    __tablename__ = "solutions"
    __table_args__ = IDS_FOR_EVER

    helped: Mapped[int] = mapped_column(default=0)
    case: Mapped[Case] = relationship(foreign_keys="Solution.case_id")
    author: Mapped[User] = relationship()


class Comment(Contribution, db.Model):  # type: ignore[name-defined, misc]
    """A remark in the discussion of a case."""

    __tablename__ = "comments"
    __table_args__ = IDS_FOR_EVER

    case: Mapped[Case] = relationship()
    author: Mapped[User] = relationship()


class Helped(db.Model):  # type: ignore[name-defined, misc]
    """A person's word that a case, or one of its solutions, helped them."""

    __tablename__ = "helped"
    __table_args__ = (UniqueConstraint("user_id", "case_id", "solution_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    # 0 stands for the case itself: a NULL would escape the unique constraint.
    solution_id: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]


class Reuse(db.Model):  # type: ignore[name-defined, misc]
    """A case answered somebody's question instead of a new one being written."""

    __tablename__ = "reuses"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    # Where it happened: "capture", while a new case was being written.
    occasion: Mapped[str] = mapped_column(String(16))
    # What the person was about to write.
    note: Mapped[str] = mapped_column(String(200), default="")
    reused_at: Mapped[datetime] = mapped_column(index=True)
    # The record it was used for, such as "lead:12" or "case:3".
    source_ref: Mapped[str | None] = mapped_column(String(64), index=True)
    # The review (K8): "helped" or "not_helped", and why.
    outcome: Mapped[str | None] = mapped_column(String(16))
    outcome_note: Mapped[str] = mapped_column(String(500), default="")
    outcome_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    person: Mapped[User] = relationship()
