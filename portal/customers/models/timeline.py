"""Everything that happened with a customer, in one table that only grows (L7, L10)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import IDS_FOR_EVER
from portal.customers.models.customer import Customer
from portal.extensions import db
from portal.people.models import User


class TimelineEntry(db.Model):  # type: ignore[name-defined, misc]
    """One thing that happened. Nothing here is changed or deleted: what was wrong is corrected by
    a new entry with a reason, which names the one it corrects."""

    __tablename__ = "timeline_entries"
    __table_args__ = (
        Index("ix_timeline_customer", "customer_id", "at", "id"),
        Index("ix_timeline_lead", "lead_id", "at", "id"),
        Index("ix_timeline_subject", "subject"),
        # Hardly any entry corrects another: the others would only mislead who plans a question.
        Index("ix_timeline_corrects", "corrects_id",
              sqlite_where=text("corrects_id IS NOT NULL"),
              postgresql_where=text("corrects_id IS NOT NULL")),
        # Who wrote here, and about which deals: what the timeline may be narrowed by.
        Index("ix_timeline_choices", "customer_id", "actor_id", "lead_id"),
        IDS_FOR_EVER,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    # A deal of a room above: a plain number, so that this room need not know it.
    lead_id: Mapped[int | None]
    # Such as "lead.moved"; rooms say how each of their kinds reads.
    kind: Mapped[str] = mapped_column(String(40))
    # When it happened, and when it was written down.
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    # None: the clock did it.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # The record behind it, such as "visit:7"; empty when there is none.
    subject: Mapped[str] = mapped_column(String(64), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    # Plain values for the words of its kind; {"changes": {field: [before, after]}} of a correction.
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    reason: Mapped[str] = mapped_column(String(500), default="")
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("timeline_entries.id"))

    actor: Mapped[User | None] = relationship()
    customer: Mapped[Customer] = relationship()
