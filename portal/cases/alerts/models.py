"""Tables of difficulty alerts: whom each waits for, until when, and the way it went (K3)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models import Case
from portal.core.database import IDS_FOR_EVER
from portal.extensions import db
from portal.people.models import User


class Alert(db.Model):  # type: ignore[name-defined, misc]
    """A problem that must get a manager's reply within working hours; one for each problem."""

    __tablename__ = "alerts"
    __table_args__ = (
        Index("ix_alerts_open", "answered_at", "withdrawn_at", "solved_at", "due_at"),
        IDS_FOR_EVER,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), unique=True)
    # Who raised it the last time; its asker is whoever owns the problem now.
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    raised_at: Mapped[datetime]
    # 1 is the line manager; nobody above leaves it at 1 with no manager until there is one.
    level: Mapped[int] = mapped_column(default=1)
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    # The colleague to whom the manager handed it; the manager answers for it none the less.
    handed_to_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    level_since: Mapped[datetime]
    due_at: Mapped[datetime]
    # The last day on which the top was reminded.
    reminded_on: Mapped[date | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None]
    # A solution was accepted before any manager answered.
    solved_at: Mapped[datetime | None]
    # The record it was raised from, such as "lead:7".
    source_ref: Mapped[str | None] = mapped_column(String(64), index=True)

    case: Mapped[Case] = relationship()
    manager: Mapped[User | None] = relationship(foreign_keys=manager_id)
    handed_to: Mapped[User | None] = relationship(foreign_keys=handed_to_id)
    answered_by: Mapped[User | None] = relationship(foreign_keys=answered_by_id)
    steps: Mapped[list["AlertStep"]] = relationship(
        back_populates="alert", order_by="AlertStep.id", cascade="all, delete-orphan"
    )

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.withdrawn_at is None and self.solved_at is None

    @property
    def asker(self) -> User:
        """Who waits for the answer; a problem that is handed over takes its alert along."""
        return self.case.owner

    @property
    def waits_for(self) -> User | None:
        """Who is to answer now."""
        return self.handed_to or self.manager


class AlertStep(db.Model):  # type: ignore[name-defined, misc]
    """One step of an alert's way: who did what, or what the clock did, and whom it went to."""

    __tablename__ = "alert_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(
        ForeignKey("alerts.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    # A word of `rules.STEPS`.
    what: Mapped[str] = mapped_column(String(16))
    # Who did it; nobody when the clock did.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    alert: Mapped[Alert] = relationship(back_populates="steps")
    person: Mapped[User | None] = relationship(foreign_keys=person_id)
    to: Mapped[User | None] = relationship(foreign_keys=to_id)
