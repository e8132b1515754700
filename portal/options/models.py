"""Table of the numbers and settings that were changed from what the portal ships with."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.extensions import db
from portal.people.models import User


class ChangedOption(db.Model):  # type: ignore[name-defined, misc]
    """The value in force of one option; without a row its default is."""

    __tablename__ = "options"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    # As its kind writes it: a text that the kind reads again.
    value: Mapped[Any] = mapped_column(JSON)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime]

    changed_by: Mapped[User | None] = relationship()
