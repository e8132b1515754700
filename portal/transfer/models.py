"""What people told about the columns of their tables."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.extensions import db


class ColumnMapping(db.Model):  # type: ignore[name-defined, misc]
    """Which field each column was, the last time that this person imported such a table."""

    __tablename__ = "import_mappings"
    __table_args__ = (UniqueConstraint("user_id", "shape"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    shape: Mapped[str] = mapped_column(String(64))
    mapping: Mapped[list[str]] = mapped_column(JSON)
    used_at: Mapped[datetime]
