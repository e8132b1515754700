"""Tables of what a person is told: at once, on a date, and through which channel."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.extensions import db
from portal.people.models import User

OPEN = text("handled_at IS NULL")
WAITING = text("ended_at IS NULL")


class Notification(db.Model):  # type: ignore[name-defined, misc]
    """A fact that concerns one person; it is put into words when it is shown or sent."""

    __tablename__ = "notifications"
    __table_args__ = (
        # The same fact is told once, however often it is reported.
        Index("ix_notifications_key", "person_id", "key", unique=True),
        # The count on every page is read from the index alone, whatever has piled up before.
        Index("ix_notifications_open", "person_id", "subject", "handled_at",
              sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_notifications_newest", "person_id", "created_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(64))
    # What it is about, like `case:12`.
    subject: Mapped[str] = mapped_column(String(64), index=True)
    key: Mapped[str] = mapped_column(String(200))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime]
    # Opened, answered, put off or waved aside: nothing is left to do.
    handled_at: Mapped[datetime | None] = mapped_column(index=True)

    person: Mapped[User] = relationship(foreign_keys=person_id)
    actor: Mapped[User | None] = relationship(foreign_keys=actor_id)


class Dispatch(db.Model):  # type: ignore[name-defined, misc]
    """One message that leaves the portal: a notification, or a person's digest of many.

    It waits until `ended_at`; then `outcome` is `sent`, `cancelled` or `failed`.
    """

    __tablename__ = "dispatches"
    __table_args__ = (
        Index("ix_dispatches_waiting", "due_at", "id",
              sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_dispatches_ended", "outcome", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Of two processes that plan the same message one wins.
    key: Mapped[str] = mapped_column(String(80), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    # None: a digest.
    notification_id: Mapped[int | None] = mapped_column(
        ForeignKey("notifications.id"), index=True, info={"belongs": True}
    )
    medium: Mapped[str] = mapped_column(String(8))
    # 1 is the first channel, 2 the one after nobody reacted.
    step: Mapped[int] = mapped_column(default=1)
    digest: Mapped[bool] = mapped_column(default=False)
    urgent: Mapped[bool] = mapped_column(default=False)
    due_at: Mapped[datetime]
    # Who sends it has it until then; after a crash it is free again.
    claim: Mapped[str | None] = mapped_column(String(32))
    claimed_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(500))
    outcome: Mapped[str | None] = mapped_column(String(16))
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    person: Mapped[User] = relationship()
    notification: Mapped[Notification | None] = relationship()


class Reminder(db.Model):  # type: ignore[name-defined, misc]
    """Something a person has to do from a date on; it becomes a notification when it is due."""

    __tablename__ = "reminders"
    __table_args__ = (
        Index("ix_reminders_key", "person_id", "key", unique=True),
        Index("ix_reminders_open", "person_id", "done_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(64), index=True)
    key: Mapped[str] = mapped_column(String(200))
    due_at: Mapped[datetime] = mapped_column(index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime]
    # When the date was moved; calendars want to know.
    changed_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]

    person: Mapped[User] = relationship()
