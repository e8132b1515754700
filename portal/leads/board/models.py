"""The table of views that people keep."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import IDS_FOR_EVER
from portal.extensions import db


class SavedView(db.Model):  # type: ignore[name-defined, misc]
    """Filters and order of a list under a name; everybody has their own."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("person_id", "name"), IDS_FOR_EVER)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(40))
    # "list" or "board".
    page: Mapped[str] = mapped_column(String(8))
    # What stands behind the question mark of the address.
    filters: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]
