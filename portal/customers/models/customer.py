"""Tables of a customer itself: its facts, our people for it, its own people."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import IDS_FOR_EVER
from portal.customers.rules import is_with_owner
from portal.extensions import db
from portal.people.models import User


class Customer(db.Model):  # type: ignore[name-defined, misc]
    """One company or person we sell to. Never deleted: voided, with everything that happened.

    Without an owner it is in the pool.
    """

    __tablename__ = "customers"
    __table_args__ = (
        # The orders of the list. The first one holds all that the list is narrowed by, so that
        # counting looks at nothing else.
        Index("ix_customers_active", "voided_at", "last_activity_at", "id", "owner_id", "tier",
              "segment", "industry", "region", "next_contact_on"),
        Index("ix_customers_named", "voided_at", "name", "id"),
        Index("ix_customers_newest", "voided_at", "created_at", "id"),
        Index("ix_customers_next", "voided_at", "next_contact_on", "id", "owner_id"),
        Index("ix_customers_owner", "owner_id", "voided_at", "last_activity_at"),
        Index("ix_customers_due", "owner_id", "next_contact_on"),
        Index("ix_customers_introduced_by", "introduced_by_id"),
        IDS_FOR_EVER,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), index=True)
    # Other names it is known by; each has an identity key like the name itself.
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Unified social credit code: 18 signs, upper case.
    credit_code: Mapped[str | None] = mapped_column(String(18))
    # As typed; the keys stand in `identity_keys`.
    phone: Mapped[str] = mapped_column(String(80), default="")
    # Codes of the editable lists.
    industry: Mapped[str | None] = mapped_column(String(64))
    region: Mapped[str | None] = mapped_column(String(64))
    employees: Mapped[int | None]
    website: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    # Class (L6): A, B or C; `segment` is "vip", "sme" or empty.
    tier: Mapped[str] = mapped_column(String(1), default="C")
    segment: Mapped[str] = mapped_column(String(8), default="")
    # The day the class and what was last done propose for the next contact.
    next_contact_on: Mapped[date | None]
    introduced_by_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # Since when the owner has it, or since when it is in the pool.
    owned_since: Mapped[datetime]
    # The day of the first deal that was won.
    customer_since: Mapped[date | None] = mapped_column(index=True)
    # Until when the contract runs that must be renewed then.
    renewal_on: Mapped[date | None]
    last_activity_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(String(500), default="")
    # Raised by every correction; a form that was opened before is stale.
    version: Mapped[int] = mapped_column(default=1)
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]

    owner: Mapped[User | None] = relationship(foreign_keys=owner_id)
    introduced_by: Mapped["Customer | None"] = relationship(remote_side=id)
    people: Mapped[list["CustomerPerson"]] = relationship(
        back_populates="customer", order_by="CustomerPerson.id", cascade="all, delete-orphan"
    )
    contacts: Mapped[list["Contact"]] = relationship(
        back_populates="customer", order_by="Contact.id"
    )

    @property
    def ref(self) -> str:
        return f"customer:{self.id}"

    def is_worked_for_by(self, person_id: int | None) -> bool:
        """Whether the person is its owner, backup, or one of its team."""
        return any(each.person_id == person_id for each in self.people)

    @property
    def in_pool(self) -> bool:
        return not is_with_owner(self.owner_id) and self.voided_at is None


class CustomerPerson(db.Model):  # type: ignore[name-defined, misc]
    """One of us who works for the customer, and as what: whoever stands here reads the file.

    The owner and whoever has a deal there always stand here too.
    """

    __tablename__ = "customer_people"
    __table_args__ = (
        UniqueConstraint("customer_id", "person_id", "part"),
        Index("ix_customer_people_person", "person_id", "customer_id", "part"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    # One of `customers.rules.PARTS`.
    part: Mapped[str] = mapped_column(String(16))
    since: Mapped[datetime]

    customer: Mapped[Customer] = relationship(back_populates="people")
    person: Mapped[User] = relationship()


class Contact(db.Model):  # type: ignore[name-defined, misc]
    """A person at the customer."""

    __tablename__ = "contacts"
    __table_args__ = (
        Index("ix_contacts_customer", "customer_id", "id"),
        Index("ix_contacts_birthday", "birth_month", "birth_day"),
        IDS_FOR_EVER,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    name: Mapped[str] = mapped_column(String(80), index=True)
    job_title: Mapped[str] = mapped_column(String(80), default="")
    # As typed, maybe several; the keys stand in `identity_keys`.
    phone: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    wechat: Mapped[str] = mapped_column(String(80), default="")
    # One of the decision roles of `cases.rules`, or empty.
    decision_role: Mapped[str] = mapped_column(String(24), default="")
    # The year is often unknown.
    birth_year: Mapped[int | None]
    birth_month: Mapped[int | None]
    birth_day: Mapped[int | None]
    preferences: Mapped[str] = mapped_column(Text, default="")
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]

    customer: Mapped[Customer] = relationship(back_populates="contacts")
