"""Tables of duplicate claims: everything that was typed, the evidence, and how it was decided."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import IDS_FOR_EVER
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.claims.rules import DECIDED, SENT, TYPED
from portal.people.models import User


class Claim(db.Model):  # type: ignore[name-defined, misc]
    """Somebody typed a customer that is there already; nothing of it is lost.

    `typed` holds the form as it was (`claims.content.Typed`), `keys` what stood in the way:
    `[{"key", "verdict", "value"}]`.
    """

    __tablename__ = "claims"
    __table_args__ = (
        Index("ix_claims_claimant", "claimant_id", "state", "id"),
        Index("ix_claims_owner", "owner_id", "state", "id"),
        Index("ix_claims_decider", "decider_id", "state", "sent_at"),
        Index("ix_claims_state", "state", "sent_at", "id"),
        Index("ix_claims_customer", "customer_id", "state"),
        IDS_FOR_EVER,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    claimant_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    # What the claim is called: the name as the claimant typed it, or the phone number.
    title: Mapped[str] = mapped_column(String(120))
    typed: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    keys: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # Who had the customer when the claim was opened or sent; None: it was in the pool.
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # One of `claims.rules.STATES`, and of `OUTCOMES` once it is decided.
    state: Mapped[str] = mapped_column(String(12), default=TYPED)
    outcome: Mapped[str | None] = mapped_column(String(12))
    # Until when the decider should have decided (working hours), and the last day of a reminder.
    due_at: Mapped[datetime | None]
    reminded_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    # What came of it: the lead that the claimant has now.
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("leads.id"))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None]

    customer: Mapped[Customer] = relationship()
    claimant: Mapped[User] = relationship(foreign_keys=claimant_id)
    owner: Mapped[User | None] = relationship(foreign_keys=owner_id)
    decider: Mapped[User | None] = relationship(foreign_keys=decider_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)
    evidence: Mapped[list["ClaimEvidence"]] = relationship(
        back_populates="claim", order_by="ClaimEvidence.id"
    )

    @property
    def ref(self) -> str:
        return f"claim:{self.id}"

    @property
    def is_typed(self) -> bool:
        return self.state == TYPED

    @property
    def is_sent(self) -> bool:
        return self.state == SENT

    @property
    def is_decided(self) -> bool:
        return self.state == DECIDED


class ClaimEvidence(db.Model):  # type: ignore[name-defined, misc]
    """What one side says for itself: whom they reach there, and since when. Never changed; more
    may be added until it is decided."""

    __tablename__ = "claim_evidence"
    __table_args__ = (IDS_FOR_EVER,)

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    # Who decides at the customer and is reached by this person, and as what.
    reaches: Mapped[str] = mapped_column(String(80))
    decision_role: Mapped[str] = mapped_column(String(24), default="")
    met_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]

    claim: Mapped[Claim] = relationship(back_populates="evidence")
    person: Mapped[User] = relationship()
    photos: Mapped[list["ClaimPhoto"]] = relationship(
        back_populates="evidence", order_by="ClaimPhoto.id"
    )


class ClaimPhoto(db.Model):  # type: ignore[name-defined, misc]
    """A photo of the evidence; its bytes lie under their hash."""

    __tablename__ = "claim_photos"
    __table_args__ = (IDS_FOR_EVER,)

    id: Mapped[int] = mapped_column(primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("claim_evidence.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]

    evidence: Mapped[ClaimEvidence] = relationship(back_populates="photos")

    @property
    def claim(self) -> Claim:
        return self.evidence.claim
