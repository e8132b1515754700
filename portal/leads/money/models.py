"""Tables of money: what is to be paid, and what was."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import IDS_FOR_EVER
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.rules import CURRENCY
from portal.people.models import User

STILL_OPEN = text("paid_off_on IS NULL AND voided_at IS NULL")
PAID_OFF = text("paid_off_on IS NOT NULL")


class Receivable(db.Model):  # type: ignore[name-defined, misc]
    """An amount that the customer owes us for a deal, in the deal's currency, from one day on."""

    __tablename__ = "receivables"
    __table_args__ = (
        Index("ix_receivables_lead", "lead_id", "due_on"),
        Index("ix_receivables_customer", "customer_id", "due_on"),
        # All by which they are counted and added up.
        Index("ix_receivables_open", "due_on", "id", "lead_id", "customer_id", "currency",
              "amount", "paid", "paid_off_on", "voided_at",
              sqlite_where=STILL_OPEN, postgresql_where=STILL_OPEN),
        Index("ix_receivables_paid_off", "paid_off_on", "id", "lead_id", "customer_id",
              "voided_at", sqlite_where=PAID_OFF, postgresql_where=PAID_OFF),
        Index("ix_receivables_collect_by", "collect_by", "voided_at", "lead_id", "customer_id",
              "currency", "amount", "id"),
        IDS_FOR_EVER,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id"))
    # That of the deal; kept here too, so that a file is read from one index.
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    label: Mapped[str] = mapped_column(String(60), default="")
    # That of the deal, which keeps it as long as something is to be paid; for the same reason here.
    currency: Mapped[str] = mapped_column(String(3), server_default=CURRENCY)
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    # What the payments that count add up to.
    paid: Mapped[Decimal] = mapped_column(Numeric(14, 2), default=Decimal(0))
    billed_on: Mapped[date]
    due_on: Mapped[date]
    # Until then a payment counts as collected in time.
    collect_by: Mapped[date]
    # The day of the payment that made it whole.
    paid_off_on: Mapped[date | None]
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]

    lead: Mapped[Lead] = relationship()
    payments: Mapped[list["Payment"]] = relationship(
        back_populates="receivable", order_by="Payment.id"
    )

    @property
    def open_amount(self) -> Decimal:
        return self.amount - self.paid

    @property
    def ref(self) -> str:
        return f"receivable:{self.id}"


class Payment(db.Model):  # type: ignore[name-defined, misc]
    """Money that came in for a receivable. A wrong one is voided and entered again."""

    __tablename__ = "payments"
    __table_args__ = (Index("ix_payments_receivable", "receivable_id", "paid_on"), IDS_FOR_EVER)

    id: Mapped[int] = mapped_column(primary_key=True)
    receivable_id: Mapped[int] = mapped_column(ForeignKey("receivables.id"))
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    paid_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(200), default="")
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(String(500), default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]

    receivable: Mapped[Receivable] = relationship(back_populates="payments")
    created_by: Mapped[User | None] = relationship()
