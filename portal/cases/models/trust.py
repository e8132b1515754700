"""Tables of trust: who vouched for a case and when, flags on it, and whose it was before."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.case import Case
from portal.core.database import IDS_FOR_EVER
from portal.extensions import db
from portal.people.models import User

STILL_OPEN = text("resolved_at IS NULL")


class Verification(db.Model):  # type: ignore[name-defined, misc]
    """One step of trust: vouched for, taken back, or overtaken by new facts."""

    __tablename__ = "verifications"
    __table_args__ = IDS_FOR_EVER

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    # "validated", "withdrawn" or "outdated".
    act: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(500), default="")
    at: Mapped[datetime]
    # How the case stood before: what undoing the step brings back.
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    person: Mapped[User] = relationship()


class Flag(db.Model):  # type: ignore[name-defined, misc]
    """A reader's word that something about a case is wrong; whose it is answers it."""

    __tablename__ = "case_flags"
    __table_args__ = (
        # One open flag per person and case, whoever asks at the same time.
        Index("ix_case_flags_one_open", "case_id", "person_id", unique=True,
              sqlite_where=STILL_OPEN, postgresql_where=STILL_OPEN),
        Index("ix_case_flags_open", "resolved_at", "case_id"),
        IDS_FOR_EVER,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    reason: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(String(500), default="")
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    created_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # "fixed", "right", "archived", "merged", or "taken_back" by who raised it.
    resolution: Mapped[str | None] = mapped_column(String(16))
    answer: Mapped[str] = mapped_column(String(500), default="")

    case: Mapped[Case] = relationship(foreign_keys=case_id)
    duplicate_of: Mapped[Case | None] = relationship(foreign_keys=duplicate_of_id)
    person: Mapped[User] = relationship(foreign_keys=person_id)
    resolved_by: Mapped[User | None] = relationship(foreign_keys=resolved_by_id)


class Handover(db.Model):  # type: ignore[name-defined, misc]
    """A case went from one owner to another; those of one decision share its `batch`."""

    __tablename__ = "handovers"
    __table_args__ = IDS_FOR_EVER

    id: Mapped[int] = mapped_column(primary_key=True)
    batch: Mapped[str] = mapped_column(String(32), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    # The team of the case before it went; no reference, because teams are dissolved.
    team_before: Mapped[int | None]
    byline_before: Mapped[str | None] = mapped_column(String(120))
    undone_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    from_person: Mapped[User] = relationship(foreign_keys=from_id)
    to_person: Mapped[User] = relationship(foreign_keys=to_id)
