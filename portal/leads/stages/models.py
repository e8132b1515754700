"""Tables of the stage map: its versions, what each lead answered, and the reviews at gates."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import IDS_FOR_EVER
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.stages.rules import ASKED
from portal.people.models import User

IS_ASKED = text("status = 'asked'")


class StageVersion(db.Model):  # type: ignore[name-defined, misc]
    """What an administrator said about a stage; the newest holds, none: what the portal ships
    with. Nothing here is changed: going back to an older one is a new one."""

    __tablename__ = "stage_versions"
    __table_args__ = (UniqueConstraint("code", "number"), IDS_FOR_EVER)

    id: Mapped[int] = mapped_column(primary_key=True)
    # The code in the list of stages.
    code: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    made_by: Mapped[User | None] = relationship()


class StageAnswer(db.Model):  # type: ignore[name-defined, misc]
    """What was answered about a lead at a stage. The newest of an item counts; the older ones
    stay. Empty: taken back."""

    __tablename__ = "stage_answers"
    __table_args__ = (Index("ix_stage_answers_lead", "lead_id", "id"), IDS_FOR_EVER)

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id"))
    stage: Mapped[str] = mapped_column(String(64))
    item: Mapped[str] = mapped_column(String(40))
    # As the item was worded then: {"zh": …, "en": …}.
    words: Mapped[dict[str, Any]] = mapped_column(JSON)
    kind: Mapped[str] = mapped_column(String(8))
    value: Mapped[str] = mapped_column(Text)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime]

    lead: Mapped[Lead] = relationship()
    answered_by: Mapped[User | None] = relationship()


class StageReview(db.Model):  # type: ignore[name-defined, misc]
    """A review asked for at a gate, and what came of it."""

    __tablename__ = "stage_reviews"
    __table_args__ = (
        Index("ix_stage_reviews_lead", "lead_id", "id"),
        Index("ix_stage_reviews_reviewer", "status", "reviewer_id"),
        Index("ix_stage_reviews_asker", "status", "asked_by_id"),
        # One at a time for each gate of a lead.
        Index("uq_stage_reviews_asked", "lead_id", "stage", "gate", unique=True,
              sqlite_where=IS_ASKED, postgresql_where=IS_ASKED),
        IDS_FOR_EVER,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id"))
    # The stage that waits behind the gate.
    stage: Mapped[str] = mapped_column(String(64))
    gate: Mapped[str] = mapped_column(String(40))
    words: Mapped[dict[str, Any]] = mapped_column(JSON)
    # One of `stages.rules.STATES`; "expired": passed once, but the lead went back since.
    status: Mapped[str] = mapped_column(String(12), default=ASKED)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text, default="")
    # Where the proposal or the contract lies: an address.
    link: Mapped[str] = mapped_column(String(500), default="")
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(500), default="")

    lead: Mapped[Lead] = relationship()
    asked_by: Mapped[User] = relationship(foreign_keys=asked_by_id)
    reviewer: Mapped[User] = relationship(foreign_keys=reviewer_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)

    @property
    def ref(self) -> str:
        return f"stage-review:{self.id}"

    @property
    def is_open(self) -> bool:
        return self.status == ASKED
