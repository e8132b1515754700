"""Tables of the ways out of the portal, and of what each person wants of them."""

from datetime import datetime, time

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.extensions import db


class Gateway(db.Model):  # type: ignore[name-defined, misc]
    """The service that delivers one medium (mail, chat or SMS), set up by an administrator."""

    __tablename__ = "gateways"

    medium: Mapped[str] = mapped_column(String(8), primary_key=True)
    # An address of Apprise with `{address}` where the person's own belongs. It holds secrets.
    url: Mapped[str] = mapped_column(Text)
    # What people call the service, and what they must enter as their address.
    label: Mapped[str] = mapped_column(String(80), default="")
    hint: Mapped[str] = mapped_column(String(200), default="")
    active: Mapped[bool] = mapped_column(default=True)
    changed_at: Mapped[datetime]


class Address(db.Model):  # type: ignore[name-defined, misc]
    """Under what name a gateway knows a person; mail goes to the address of the account."""

    __tablename__ = "channel_addresses"
    __table_args__ = (Index("ix_channel_addresses_person", "person_id", "medium", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    medium: Mapped[str] = mapped_column(String(8))
    address: Mapped[str] = mapped_column(String(200))


class Choice(db.Model):  # type: ignore[name-defined, misc]
    """Which channels a person wants for one category; no row means the usual ones."""

    __tablename__ = "channel_choices"
    __table_args__ = (Index("ix_channel_choices_person", "person_id", "category", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    category: Mapped[str] = mapped_column(String(16))
    first: Mapped[str] = mapped_column(String(8))
    second: Mapped[str] = mapped_column(String(8))


class Hours(db.Model):  # type: ignore[name-defined, misc]
    """When a person wants quiet and when the digest; no row means the usual hours."""

    __tablename__ = "channel_hours"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("users.id"), primary_key=True, autoincrement=False
    )
    # Times of the portal's zone; both are empty for who wants no quiet hours.
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    digest_at: Mapped[time]
    # 0 is Monday; None means every day.
    digest_day: Mapped[int | None]
