"""The one table that decides whether two customers are the same (L4)."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.customers.models.customer import Customer
from portal.extensions import db


class IdentityKey(db.Model):  # type: ignore[name-defined, misc]
    """One thing by which a customer is known; nobody else can have the same.

    `kind` is "name" (the value is the core of a name or an alias, with its region and branch),
    "phone" (E.164, `;ext=` and the extension) or "code" (unified social credit code).
    """

    __tablename__ = "identity_keys"
    __table_args__ = (
        UniqueConstraint("kind", "value", "region", "branch"),
        Index("ix_identity_keys_customer", "customer_id"),
        Index("ix_identity_keys_sound", "sound"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    # Ordered by code points, so that the index finds the beginnings of names.
    value: Mapped[str] = mapped_column(
        String(160).with_variant(String(160, collation="C"), "postgresql")
    )
    region: Mapped[str] = mapped_column(String(80), default="")
    branch: Mapped[str] = mapped_column(String(80), default="")
    # How a name is spoken, without tones; other names sound the same.
    sound: Mapped[str] = mapped_column(String(80), default="")
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))

    customer: Mapped[Customer] = relationship()
