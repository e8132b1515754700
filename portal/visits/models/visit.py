"""Tables of a visit: whom, when and why, who goes along, and whom one met."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import IDS_FOR_EVER
from portal.customers.models import Contact, Customer
from portal.extensions import db
from portal.leads.models import Lead
from portal.people.models import User
from portal.visits.rules import OPEN, PLANNED, VISIT

if TYPE_CHECKING:
    from portal.visits.models.review import VisitReview
    from portal.visits.models.talk import VisitComment


class Visit(db.Model):  # type: ignore[name-defined, misc]
    """One visit of one of us to a customer, planned or gone to, or a call, message or mail.

    Never deleted: what does not take place is cancelled, what is wrong is corrected or voided,
    each with a reason. Who reads the customer's file reads it, and whoever goes along.
    """

    __tablename__ = "visits"
    __table_args__ = (
        Index("ix_visits_week", "owner_id", "day", "id"),
        # What is still open of a person, whatever lies behind.
        Index("ix_visits_open", "owner_id", "status", "day"),
        # Of everybody: what nobody has written about yet.
        Index("ix_visits_unwritten", "status", "day"),
        Index("ix_visits_customer", "customer_id", "day", "id"),
        Index("ix_visits_lead", "lead_id", "day", "id"),
        IDS_FOR_EVER,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("leads.id"))
    # Whose visit it is.
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    # One of `visits.rules.KINDS` and `STATUSES`.
    kind: Mapped[str] = mapped_column(String(8), default=VISIT)
    status: Mapped[str] = mapped_column(String(12), default=PLANNED)
    # In the portal's zone; the time may be open.
    day: Mapped[date]
    starts_at: Mapped[time | None]
    # A code of `PURPOSES` or none, own words, and what is to be reached.
    purpose: Mapped[str] = mapped_column(String(24), default="")
    why: Mapped[str] = mapped_column(String(200), default="")
    goal: Mapped[str] = mapped_column(String(300), default="")
    arrived_at: Mapped[datetime | None]
    reviewed_at: Mapped[datetime | None]
    # Cancelled or void: when, and why.
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(String(500), default="")
    # "7:2026-W48" of a copy of the visit 7 into that week, as long as it stands: nothing is
    # copied twice.
    copy_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    # Raised by every change of the plan; a form that was opened before is stale.
    version: Mapped[int] = mapped_column(default=1)
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    customer: Mapped[Customer] = relationship()
    lead: Mapped[Lead | None] = relationship()
    owner: Mapped[User] = relationship(foreign_keys=owner_id)
    people: Mapped[list["VisitPerson"]] = relationship(
        back_populates="visit", order_by="VisitPerson.id"
    )
    contacts: Mapped[list["VisitContact"]] = relationship(
        back_populates="visit", order_by="VisitContact.contact_id", cascade="all, delete-orphan"
    )
    reviews: Mapped[list["VisitReview"]] = relationship(
        back_populates="visit", order_by="VisitReview.number"
    )
    comments: Mapped[list["VisitComment"]] = relationship(
        back_populates="visit", order_by="VisitComment.id"
    )

    @property
    def ref(self) -> str:
        return f"visit:{self.id}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_follow_up(self) -> bool:
        return self.kind != VISIT

    @property
    def review(self) -> "VisitReview | None":
        """The newest version of what was written about it."""
        return self.reviews[-1] if self.reviews else None

    @property
    def companions(self) -> list[User]:
        """The colleagues who go along."""
        return [each.person for each in self.people if each.left_at is None]


class VisitPerson(db.Model):  # type: ignore[name-defined, misc]
    """A colleague who goes along: sees the visit in the own week, reads it, and comments."""

    __tablename__ = "visit_people"
    __table_args__ = (
        UniqueConstraint("visit_id", "person_id"),
        Index("ix_visit_people_person", "person_id", "left_at", "visit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime]
    left_at: Mapped[datetime | None]

    visit: Mapped[Visit] = relationship(back_populates="people")
    person: Mapped[User] = relationship(foreign_keys=person_id)


class VisitContact(db.Model):  # type: ignore[name-defined, misc]
    """A person of the customer whom one wants to see, and whether one did."""

    __tablename__ = "visit_contacts"
    __table_args__ = (Index("ix_visit_contacts_contact", "contact_id"),)

    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), primary_key=True)
    met: Mapped[bool] = mapped_column(default=False)

    visit: Mapped[Visit] = relationship(back_populates="contacts")
    contact: Mapped[Contact] = relationship()
