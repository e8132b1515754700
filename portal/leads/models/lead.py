"""Tables of a lead itself and its way through the stages."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import IDS_FOR_EVER
from portal.customers.models import Contact, Customer
from portal.extensions import db
from portal.leads.content import LeadFacts
from portal.leads.rules import CURRENCY, FIRST_STAGE, OPEN
from portal.people.models import User


class Lead(db.Model):  # type: ignore[name-defined, misc]
    """One deal with a customer. Never deleted: closed or voided, with everything that happened.

    Without an owner it is in the pool. Who reads the customer's file reads its leads.
    """

    __tablename__ = "leads"
    __table_args__ = (
        Index("ix_leads_customer", "customer_id", "id"),
        # The orders and groups in which lists and boards read leads.
        Index("ix_leads_newest", "status", "created_at", "id", "customer_id", "owner_id",
              "channel", "score"),
        Index("ix_leads_active", "status", "last_activity_at", "id", "customer_id", "owner_id"),
        Index("ix_leads_owner", "owner_id", "status", "stage", "amount", "currency"),
        Index("ix_leads_stage", "status", "stage", "amount", "id"),
        Index("ix_leads_response", "response_due_at"),
        Index("ix_leads_owner_response", "owner_id", "response_due_at", "status"),
        Index("ix_leads_next_step", "owner_id", "next_step_at"),
        # What lists are narrowed by, without looking at the leads themselves.
        Index("ix_leads_owner_active", "owner_id", "status", "last_activity_at", "id"),
        Index("ix_leads_due", "status", "next_step_at", "owner_id", "customer_id"),
        Index("ix_leads_score", "status", "score", "id"),
        Index("ix_leads_close", "status", "expected_close", "id"),
        Index("ix_leads_amount", "status", "amount", "id"),
        # All by which leads are counted and added up: their stage, whose they are, and what a
        # list is narrowed by.
        Index("ix_leads_counted", "status", "stage", "currency", "amount", "owner_id",
              "customer_id", "product", "channel", "industry", "region", "score",
              "last_activity_at", "next_step_at", "title"),
        # The pool by age and by score, with what it is filtered by; idle and warned leads.
        Index("ix_leads_pool", "owner_id", "status", "owned_since", "id", "industry", "region",
              "channel", "product"),
        Index("ix_leads_pool_score", "owner_id", "status", "score", "id", "industry", "region",
              "channel", "product"),
        Index("ix_leads_idle", "status", "idle_warned_at", "last_activity_at", "owner_id", "stage"),
        # What ended, when, whose it was, where, and what it came to: counted and added up without
        # a look at the leads.
        Index("ix_leads_closed", "status", "closed_at", "owner_id", "stage", "channel", "currency",
              "contract_amount", "amount", "customer_id"),
        IDS_FOR_EVER,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    # What they want, in the rep's words.
    title: Mapped[str] = mapped_column(String(120))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"))
    # Codes of the editable lists; industry and region are those of the customer, kept the same.
    channel: Mapped[str] = mapped_column(String(64), default="other")
    product: Mapped[str | None] = mapped_column(String(64))
    industry: Mapped[str | None] = mapped_column(String(64))
    region: Mapped[str | None] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text, default="")
    competitors: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Expected, in `currency`; then what the contract says, and its margin in the same currency.
    amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    contract_amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    margin: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    currency: Mapped[str] = mapped_column(String(3), default=CURRENCY)
    expected_close: Mapped[date | None]
    signed_on: Mapped[date | None]

    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # Since when the owner has it, or since when it is in the pool; who had it before.
    owned_since: Mapped[datetime]
    former_owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # Until when the owner must have answered the customer (working hours); None: answered.
    response_due_at: Mapped[datetime | None]
    responded_at: Mapped[datetime | None]
    idle_warned_at: Mapped[datetime | None]

    stage: Mapped[str] = mapped_column(String(64), default=FIRST_STAGE)
    stage_since: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(12), default=OPEN)
    closed_at: Mapped[datetime | None]
    # Why it was lost (a code of the list of reasons), abandoned or voided, in words.
    lost_reason: Mapped[str | None] = mapped_column(String(64))
    closing_note: Mapped[str] = mapped_column(String(500), default="")

    # Whole points of 100, and what they are made of: {dimension: 0..100}.
    score: Mapped[int] = mapped_column(default=0)
    score_parts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    next_step: Mapped[str] = mapped_column(String(200), default="")
    next_step_at: Mapped[datetime | None]
    last_activity_at: Mapped[datetime]
    # Raised by every correction; a form that was opened before is stale.
    version: Mapped[int] = mapped_column(default=1)
    import_id: Mapped[int | None] = mapped_column(index=True)
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]

    customer: Mapped[Customer] = relationship()
    contact: Mapped[Contact | None] = relationship()
    owner: Mapped[User | None] = relationship(foreign_keys=owner_id)
    former_owner: Mapped[User | None] = relationship(foreign_keys=former_owner_id)

    @property
    def ref(self) -> str:
        return f"lead:{self.id}"

    @property
    def facts(self) -> LeadFacts:
        """What was written about it, as plain values."""
        return LeadFacts(
            title=self.title, channel=self.channel, product=self.product, note=self.note,
            competitors=tuple(self.competitors), amount=self.amount, currency=self.currency,
            expected_close=self.expected_close, contact_id=self.contact_id,
        )

    @property
    def is_open(self) -> bool:
        return self.status == OPEN

    @property
    def in_pool(self) -> bool:
        return self.owner_id is None and self.is_open


class LeadMove(db.Model):  # type: ignore[name-defined, misc]
    """One step from stage to stage; the first has no stage before it."""

    __tablename__ = "lead_moves"
    __table_args__ = (
        Index("ix_lead_moves_lead", "lead_id", "id"),
        # All that the numbers of a period need, in the order in which they are added up.
        Index("ix_lead_moves_counted", "from_stage", "to_stage", "at", "stayed_seconds",
              "lead_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id"))
    from_stage: Mapped[str | None] = mapped_column(String(64))
    to_stage: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # How long it had been at the stage before.
    stayed_seconds: Mapped[int | None] = mapped_column(BigInteger)
    # Why it went back.
    reason: Mapped[str] = mapped_column(String(500), default="")
    # Why a manager let it pass although something was missing, and what that was, in words.
    passed_reason: Mapped[str] = mapped_column(String(500), default="")
    lacked: Mapped[list[Any]] = mapped_column(JSON, default=list)

    lead: Mapped[Lead] = relationship()
    actor: Mapped[User | None] = relationship()
