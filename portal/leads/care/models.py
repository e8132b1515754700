"""Tables of care: what is to be done for a customer, and what the customer says."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import IDS_FOR_EVER
from portal.customers.models import Contact, Customer
from portal.extensions import db
from portal.people.models import User

STILL_OPEN = text("done_at IS NULL")


class CareTask(db.Model):  # type: ignore[name-defined, misc]
    """Something to be done for a customer by its owner. The clock or an event opened it."""

    __tablename__ = "care_tasks"
    __table_args__ = (
        Index("ix_care_tasks_customer", "customer_id", "done_at", "due_on"),
        Index("ix_care_tasks_open", "due_on", "id", sqlite_where=STILL_OPEN,
              postgresql_where=STILL_OPEN),
        IDS_FOR_EVER,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"))
    kind: Mapped[str] = mapped_column(String(16))
    # The same fact opens one task, however often it is noticed.
    key: Mapped[str] = mapped_column(String(80), unique=True)
    due_on: Mapped[date]
    # {"warnings": […]} of a customer who may leave, {"lead": 7} of a deal that was lost.
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    opened_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    # None: it was over by itself.
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    was_dropped: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[str] = mapped_column(String(500), default="")

    customer: Mapped[Customer] = relationship()
    contact: Mapped[Contact | None] = relationship()
    done_by: Mapped[User | None] = relationship()

    @property
    def is_open(self) -> bool:
        return self.done_at is None


class Feedback(db.Model):  # type: ignore[name-defined, misc]
    """What a customer said of us. A wrong entry is voided, never changed."""

    __tablename__ = "customer_feedback"
    __table_args__ = (
        Index("ix_feedback_customer", "customer_id", "given_on"),
        Index("ix_feedback_kind", "kind", "given_on", "customer_id"),
        IDS_FOR_EVER,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"))
    kind: Mapped[str] = mapped_column(String(16))
    # 0 to 10 of NPS, 1 to 5 of satisfaction; none of complaints and praise.
    score: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text, default="")
    given_on: Mapped[date]
    # When a complaint was settled, and how.
    settled_at: Mapped[datetime | None]
    settlement: Mapped[str] = mapped_column(String(500), default="")
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(String(500), default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime]

    customer: Mapped[Customer] = relationship()
    contact: Mapped[Contact | None] = relationship()
    recorded_by: Mapped[User | None] = relationship()
